"""What a rehearsal plays: a package, the services it needs or opens, the general law, its own parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from qyzmet import clock
from qyzmet.regulation.loader import FILE, load_package
from qyzmet.regulation.model import Dated, Package
from qyzmet.regulation.sharing import SHIPPED

__all__ = ["CannotRehearse", "Script", "Stuck", "read_script"]

SETTLED = timedelta(weeks=4)
"""A rehearsal begins when an edition has been in force for a while."""


class CannotRehearse(Exception):
    """What was asked for cannot be played; one sentence that says why and what can."""


class Stuck(CannotRehearse):
    """A case that could be begun and does not come to its end: the package or the house is at fault."""


@dataclass(frozen=True)
class Script:
    """`others`: by service. `parameters`: a folder laid over the product's. `made_up`: the law is not one of
    ours, so its posts and bodies are made up too."""

    package: Package
    others: dict[str, Package]
    general: tuple[Package, ...]
    parameters: Path | None
    made_up: bool

    @property
    def packages(self) -> tuple[Package, ...]:
        """Everything that is published for the rehearsal."""
        return (self.package, *self.others.values(), *self.general)

    def of(self, service: str) -> Package:
        """The package of a service that plays a part."""
        return self.package if service == self.package.service else self.others[service]

    def opens_at(self) -> datetime:
        """The first working Monday, 10:00, when the edition has been in force for four weeks."""
        days = [_first_day(p) for p in (self.package, *self.others.values())]
        day = max(days) + SETTLED
        door = clock.schedule("system", clock.national_calendar())
        while day.weekday() or not door.is_working(day):
            day += timedelta(1)
        return datetime.combine(day, time(10), clock.ALMATY)


def _first_day(package: Package) -> date:
    life = package.life
    for known in (life.in_force.from_, life.adopted):
        if isinstance(known, Dated) and known.on is not None:
            return known.on
    raise CannotRehearse(f"{package.service} does not say when it was adopted; name a moment with --at")


def read_script(path: Path) -> Script:
    """The script of a package file. Raises CannotRehearse when something it leans on does not load."""
    package = _load(path)
    if package.attach is not None:
        raise CannotRehearse(
            f"{package.service} is general law, nobody files for it; rehearse a service it runs beside"
        )
    others: dict[str, Package] = {}
    _gather(path, package, others)
    general = tuple(_load(each) for each in sorted((SHIPPED / "general").rglob(FILE)))
    return Script(package, others, general, _parameters(path), not path.resolve().is_relative_to(SHIPPED))


def _gather(path: Path, package: Package, others: dict[str, Package]) -> None:
    for service in _named(package):
        if service not in others and service != package.service:
            found = _find(path, service)
            others[service] = _load(found)
            _gather(found, others[service], others)


def _named(package: Package) -> Iterator[str]:
    yield from (need.service for need in package.needs)
    yield from (step.service for step in package.steps.values() if step.service)


def _find(path: Path, service: str) -> Path:
    for folder in (*list(path.resolve().parents)[:4], SHIPPED):
        found = sorted(folder.glob(f"{service}/*/{FILE}"))
        if found:
            return found[-1]
    raise CannotRehearse(
        f"{path} needs the service {service}, which stands neither beside it nor among the shipped ones"
    )


def _parameters(path: Path) -> Path | None:
    folders = [parent / "parameters" for parent in list(path.resolve().parents)[:3]]
    return next((f for f in folders if f.is_dir() and not f.is_relative_to(SHIPPED)), None)


def _load(path: Path) -> Package:
    loaded = load_package(path)
    if loaded.package is None or loaded.package.abstract:
        first = loaded.findings[0] if loaded.findings else f"{path} is a base with gaps to fill"
        raise CannotRehearse(f"{first}; qyzmet check {path} lists everything")
    return loaded.package
