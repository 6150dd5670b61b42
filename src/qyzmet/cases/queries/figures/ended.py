"""What ended in a period: how long it took with and without suspension, and whether it was in time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from qyzmet import clock
from qyzmet.cases.dates import clocks
from qyzmet.cases.models import Suspension
from qyzmet.cases.queries.figures.reach import Period, Reach

__all__ = ["Ended", "Group", "Middle", "Times", "ended", "grouped", "middle", "times"]

Group = tuple[int, str]
"""A provider and a service."""

HOUR = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Ended:
    """One case that ended. Days and hours are of the provider's working time from registration to the end;
    `net` leaves out what was suspended. `in_time` is None where no date stood: the law sets no term, or it
    ended while suspended."""

    id: int
    provider: int
    service: str
    edition: int
    exit: str
    ended_at: datetime
    in_time: bool | None
    breached: bool
    gross_days: int
    net_days: int
    gross_hours: float
    net_hours: float

    @property
    def group(self) -> Group:
        return self.provider, self.service


class Middle(NamedTuple):
    """The middle of a list of numbers, and what nine in ten do not exceed."""

    median: float
    ninetieth: float


@dataclass(frozen=True, slots=True)
class Times:
    """How long the cases of a group took, and how many were in time."""

    count: int
    in_time: int
    late: int
    undated: int
    gross_days: Middle
    net_days: Middle
    gross_hours: Middle
    net_hours: Middle

    @property
    def share(self) -> float | None:
        """The share in time of those that had a date, 0 to 1."""
        dated = self.in_time + self.late
        return self.in_time / dated if dated else None


def ended(reach: Reach, period: Period) -> list[Ended]:
    """The cases that ended in a period, in the order of their ids."""
    stops = _suspensions(reach, period)
    found = reach.ended(period).order_by("id").values_list(*_Row._fields)
    return [_ended(_Row(*row), stops.get(row[0], [])) for row in found.iterator(5_000)]


class _Row(NamedTuple):
    id: int
    provider_id: int
    service: str
    edition_id: int
    exit: str | None
    registered_at: datetime
    ended_at: datetime
    due: datetime | None
    breach: list[str]


def _suspensions(reach: Reach, period: Period) -> dict[int, list[clock.Suspension]]:
    kept: dict[int, list[clock.Suspension]] = {}
    found = Suspension.objects.filter(case_id__in=reach.ended(period).order_by().values("id"))
    for case, since, until in found.values_list("case_id", "effective_at", "until"):
        kept.setdefault(case, []).append(clock.Suspension(since, until))
    return kept


def _ended(row: _Row, stops: Sequence[clock.Suspension]) -> Ended:
    door, begin, end = clocks.door_of(row.provider_id), row.registered_at, row.ended_at
    days = net_days = door.first_after(clock.local(end)) - door.first_after(clock.local(begin))
    hours = net_hours = (door.worked_until(end) - door.worked_until(begin)) / HOUR
    if stops:
        spent = clock.time_spent(door, begin, end, stops, now=end)
        net_days, net_hours = spent.working_days, spent.working.total_seconds() / 3600
    return Ended(
        id=row.id,
        provider=row.provider_id,
        service=row.service,
        edition=row.edition_id,
        exit=row.exit or "",
        ended_at=end,
        in_time=None if row.due is None else end <= row.due,
        breached=bool(row.breach),
        gross_days=days,
        net_days=net_days,
        gross_hours=hours,
        net_hours=net_hours,
    )


def grouped(cases: Sequence[Ended]) -> dict[Group, list[Ended]]:
    """Cases by provider and service, in order."""
    found: dict[Group, list[Ended]] = {}
    for case in cases:
        found.setdefault(case.group, []).append(case)
    return dict(sorted(found.items()))


def times(cases: Sequence[Ended]) -> Times:
    """The figures of some cases; there has to be at least one."""
    judged = [case.in_time for case in cases]
    middles = (middle(list(_numbers(cases, name))) for name in Times.__slots__[4:])
    return Times(len(cases), judged.count(True), judged.count(False), judged.count(None), *middles)


def _numbers(cases: Sequence[Ended], name: str) -> Iterator[float]:
    return (getattr(case, name) for case in cases)


def middle(numbers: Sequence[float]) -> Middle:
    """By nearest rank: the smallest number that half, or nine in ten, do not exceed."""
    ordered = sorted(numbers)
    at = [ordered[math.ceil(part * len(ordered) / 10) - 1] for part in (5, 9)]
    return Middle(round(at[0], 2), round(at[1], 2))
