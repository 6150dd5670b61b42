"""The shipped packages by service, and the sampler."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from qyzmet.regulation.loader import load_package, load_tree
from qyzmet.regulation.model import Package

SAMPLER = Path(__file__).parents[2] / "regulations" / "sampler" / "2024-01-10-n1" / "service.yaml"


@lru_cache(maxsize=1)
def _tree() -> dict[str, Package]:
    found = {name: loaded.package for (name, _), loaded in load_tree().items()}
    return {name: package for name, package in found.items() if package is not None and not package.abstract}


SERVICES = sorted(_tree())
"""Every service and piece of general law that is not just a base of others."""


@lru_cache(maxsize=1)
def sampler() -> Package:
    """The fictional service that uses every construct."""
    package = load_package(SAMPLER).package
    assert package is not None
    return package


def shipped(service: str) -> Package:
    """A shipped package by its service."""
    return sampler() if service == "sampler" else _tree()[service]
