"""What the checks look at: one package with its places and all it may refer to."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from pydantic import BaseModel

from qyzmet.regulation.checker.graph import Graph, Plan, build, plan
from qyzmet.regulation.checker.parts import parts
from qyzmet.regulation.checker.situations import Situation, situations
from qyzmet.regulation.findings import Finding, Place
from qyzmet.regulation.loader import Loaded
from qyzmet.regulation.model import Package
from qyzmet.regulation.places import Path, Places, spoken

__all__ = ["Others", "Resolver", "Subject"]


class Resolver(Protocol):
    """The acts by name; `resolve` raises LookupError for a citation that finds no clause."""

    def __contains__(self, act: object, /) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...
    def resolve(self, cite: str) -> object: ...


Others = Mapping[tuple[str, str], Loaded]
"""Every package at hand by service and edition."""


@dataclass(frozen=True)
class Subject:
    """One package under the checker's eyes. `parameters` holds the names of dated values."""

    package: Package
    places: Places
    acts: Resolver
    parameters: Container[str]
    others: Others = field(default_factory=dict)
    own_functions: tuple[str, ...] = ()
    """Functions the deployment adds to the product's."""

    @cached_property
    def parts(self) -> tuple[tuple[Path, BaseModel], ...]:
        """Every part of the package with its path."""
        return tuple(parts(self.package))

    @cached_property
    def situations(self) -> tuple[Situation, ...]:
        """The situations a case can be filed in."""
        return situations(self.package, self.parts)

    @cached_property
    def plan(self) -> Plan:
        """The package with its conditions compiled."""
        return plan(self.package)

    @cached_property
    def graphs(self) -> tuple[tuple[Situation, Graph], ...]:
        """What can follow what, in each situation."""
        return tuple((situation, build(self.plan, situation)) for situation in self.situations)

    def error(self, code: str, path: Path, message: str, place: Place | None = None) -> Finding:
        """An error at the value of a path, or at a place found otherwise."""
        return Finding(*(place or self.places.value(path)), "error", code, message, at=spoken(path))

    def notice(self, code: str, path: Path, message: str, at: str = "") -> Finding:
        """A notice at the key of a path; `at` names what `known` can acknowledge, the path by default."""
        return Finding(*self.places.key(path), "notice", code, message, at=at or spoken(path))

    def package_of(self, service: str) -> Package | None:
        """A package of another service, its latest edition at hand."""
        found = [o.package for (name, _), o in sorted(self.others.items()) if name == service and o.package]
        return self.package if service == self.package.service else (found[-1] if found else None)
