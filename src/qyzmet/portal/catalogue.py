"""The services of the catalogue: which edition takes filings today, and what to say of its act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from qyzmet import clock, identity
from qyzmet.cases.filing.editions import edition_for, latest
from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.models import Edition
from qyzmet.cases.refusals import ActRefused
from qyzmet.portal import finding
from qyzmet.regulation.acts import load_acts
from qyzmet.regulation.model import Dated, Package, Text

__all__ = ["STATES", "Listed", "bodies", "events", "find", "listed", "nearest", "search"]

STATES = ("in-force", "opened", "closed")


@dataclass(frozen=True, slots=True)
class Listed:
    """A service as the catalogue shows it.

    `state`: `in-force`, `opened` (not in force, opened by name with `ground`) or `closed` (with `why`).
    `act`: the act's own status, where it is known; `last`: the last day in force, where it has one.
    """

    law: Law
    state: str
    ground: dict[str, str]
    why: dict[str, str]
    act: Text | None
    first: date | None
    last: date | None
    unconfirmed: bool
    day: date

    @property
    def package(self) -> Package:
        return self.law.package

    @property
    def phase(self) -> str:
        """`ahead` of the edition's first day, `current`, `ended` after its last; `unknown` without one."""
        if self.first is None:
            return "unknown"
        if self.day < self.first:
            return "ahead"
        return "ended" if self.last is not None and self.last < self.day else "current"

    @property
    def open(self) -> bool:
        """Whether an application can be filed today."""
        return self.state != "closed"


def listed(now: datetime) -> list[Listed]:
    """Every published service: those in force first, then those opened, each by its Kazakh name."""
    services = Edition.objects.filter(general=False).values_list("service", flat=True).distinct()
    found = [each for each in (find(service, now) for service in sorted(services)) if each]
    return sorted(found, key=lambda each: (STATES.index(each.state), identity.sort_key(each.package.name.kk)))


def find(service: str, now: datetime) -> Listed | None:
    """One service, in the edition that takes filings today or else the latest; None when there is none."""
    editions = latest(service)
    if not editions:
        return None
    try:
        chosen = edition_for(service, now)
    except ActRefused as refusal:
        law = max(map(law_of, editions), key=lambda each: each.package.edition)
        return _listed(law, "closed", now, why=refusal.text)
    return _listed(chosen.law, "opened" if chosen.opening else "in-force", now, ground=chosen.opening)


def _listed(
    law: Law,
    state: str,
    now: datetime,
    ground: dict[str, str] | None = None,
    why: dict[str, str] | None = None,
) -> Listed:
    force = law.package.life.in_force
    dated = [each for each in (force.from_, force.to) if isinstance(each, Dated)]
    return Listed(
        law=law,
        state=state,
        ground=ground or {},
        why=why or {},
        act=_status(law.package),
        first=_day(force.from_),
        last=_day(force.to),
        unconfirmed=any("unconfirmed" in each.basis for each in dated),
        day=today(now),
    )


def _day(dated: Dated | str | None) -> date | None:
    return dated.on if isinstance(dated, Dated) else None


def _status(package: Package) -> Text | None:
    """What is known of the act a package rests on first."""
    act = load_acts().get(package.sources[0].act)
    return act.status if act else None


def search(found: Iterable[Listed], words: str = "", event: str = "", body: str = "") -> list[Listed]:
    """Those with every word typed, of a life event, of a kind of body; what takes filings first, then the
    closest answer to the words."""
    kept = [
        each for each in _of(found, event, body) if not words.strip() or finding.rate(each.package, words)
    ]
    return sorted(kept, key=lambda each: (not each.open, -finding.rate(each.package, words)))


def nearest(found: Iterable[Listed], words: str) -> list[Listed]:
    """Where no service has every word: those with the most of them, at most five."""
    near = [(finding.close(each.package, words), each) for each in found]
    most = max((count for count, _ in near), default=0)
    return [each for count, each in near if most and count == most][:5]


def _of(found: Iterable[Listed], event: str, body: str) -> list[Listed]:
    return [
        each
        for each in found
        if (not event or event in each.package.life_events) and (not body or body == _body(each.package)[0])
    ]


def events(found: Iterable[Listed]) -> dict[str, int]:
    """The life events there are, and how many services each has; those of most services first."""
    counted = Counter(event for each in found for event in each.package.life_events)
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def bodies(found: Iterable[Listed]) -> dict[str, Text]:
    """The kinds of body that deliver, with what the law calls them."""
    return dict(sorted({_body(each.package) for each in found}, key=lambda pair: pair[0]))


def _body(package: Package) -> tuple[str, Text]:
    role = package.organisations.get("provider") or next(iter(package.organisations.values()))
    return role.kind, role.name


def today(now: datetime) -> date:
    """The day in Almaty."""
    return clock.local(now).date()
