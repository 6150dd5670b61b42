"""Packages as files of this machine: the product's own, and the deployment's in `packages` of its folder."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from qyzmet.regulation.loader import package_files
from qyzmet.regulation.sharing import SHIPPED

__all__ = ["file_of", "found", "is_base"]


def found() -> dict[tuple[str, str], Path]:
    """(service, edition) → its file; the deployment's own goes before the product's."""
    own = Path(settings.QYZMET_DATA) / "packages"
    paths = [*package_files(Path(SHIPPED)), *(package_files(own) if own.is_dir() else ())]
    return {(path.parts[-3], path.parts[-2]): path for path in paths}


def file_of(service: str, edition: str) -> Path | None:
    """The file of an edition, looked up by name and never put together from an address."""
    return found().get((service, edition))


def is_base(path: Path) -> bool:
    """Whether others are made from the file and it is never published; a list of many files parses none."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        return any(line.rstrip() == "abstract: true" for line in lines)
