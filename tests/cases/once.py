"""The repository's own packages, read once in a process, and their bytes worked out once: tests publish the same few
packages hundreds of times. Packages are frozen, and nobody writes to these files while tests run."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from qyzmet.regulation import canon
from qyzmet.regulation.loader import load_package
from qyzmet.regulation.model import Package
from qyzmet.regulation.sharing import SHIPPED

__all__ = ["package_at", "remember_bytes"]

OURS = (SHIPPED, Path(__file__).resolve().parents[1] / "regulations")
_shared: dict[int, Package] = {}
_written: dict[tuple[int, canon.Side], bytes] = {}
_plainly = canon._bytes


def package_at(path: Path) -> Package:
    """The package of a file, which has to be right; one that a test writes is read each time."""
    return _kept(path) if any(path.is_relative_to(each) for each in OURS) else _read(path)


def remember_bytes() -> None:
    """From now on the bytes of what `package_at` keeps are kept too."""
    canon._bytes = _once  # type: ignore[assignment]


@cache
def _kept(path: Path) -> Package:
    package = _read(path)
    _shared[id(package)] = package
    return package


def _read(path: Path) -> Package:
    loaded = load_package(path)
    assert loaded.package is not None, [str(f) for f in loaded.findings]
    return loaded.package


def _once(package: Package, side: canon.Side) -> bytes:
    if _shared.get(id(package)) is not package:
        return _plainly(package, side)
    key = (id(package), side)
    if key not in _written:
        _written[key] = _plainly(package, side)
    return _written[key]
