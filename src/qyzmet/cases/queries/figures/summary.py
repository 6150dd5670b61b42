"""The figures in one shape, so that two ways of counting them can be laid side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, NamedTuple

from qyzmet.cases.models import CaseState
from qyzmet.cases.queries.figures.ended import Group, Times, ended, grouped, times
from qyzmet.cases.queries.figures.load import open_steps
from qyzmet.cases.queries.figures.reach import Period, Reach
from qyzmet.cases.queries.figures.refusals import Ground, at_the_window, refusals
from qyzmet.cases.queries.figures.waits import Waits, by_group, turns

__all__ = ["Difference", "Standing", "Summary", "differing", "summary"]


class Standing(NamedTuple):
    """Open cases of a group: all, those past their overall term, those suspended, those in breach of the
    hearing clause."""

    open: int
    late: int
    suspended: int
    breached: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything a recount of the journal has to come to as well. `taken`: open steps by who has taken
    them (IIN); `breaches`: ended cases in breach of the hearing clause; `waits`: at the windows, by body and
    service."""

    standing: dict[Group, Standing]
    taken: dict[str, int]
    times: dict[Group, Times]
    breaches: dict[Group, int]
    refusals: dict[Ground, int]
    window: dict[Ground, int]
    waits: dict[tuple[int, str], Waits]


class Difference(NamedTuple):
    """A figure that came out differently. `figure`: its name in `Summary`, `key`: of what, as plain
    values."""

    figure: str
    key: Any
    counted: Any
    recounted: Any


def summary(reach: Reach, period: Period, now: datetime) -> Summary:
    """The figures as the pages count them, from the tables."""
    cases = ended(reach, period)
    groups = grouped(cases)
    return Summary(
        standing=standing(reach, now),
        taken=_taken(reach),
        times={group: times(of) for group, of in groups.items()},
        breaches={g: count for g, of in groups.items() if (count := sum(case.breached for case in of))},
        refusals=dict(refusals(cases)),
        window=dict(at_the_window(reach, period)),
        waits=_waits(reach, period, now),
    )


def _waits(reach: Reach, period: Period, now: datetime) -> dict[tuple[int, str], Waits]:
    found = by_group(turns(reach, period, now), "service")
    return {(int(str(body)), str(service)): of for (body, service), of in found.items()}


def standing(reach: Reach, now: datetime) -> dict[Group, Standing]:
    """How the open cases of each provider and service stand."""
    counted: dict[Group, Counter[str]] = {}
    names = ("provider_id", "service", "state", "due", "breach")
    for provider, service, state, due, breach in reach.open().order_by().values_list(*names):
        here = counted.setdefault((provider, service), Counter())
        here["open"] += 1
        here["late"] += due is not None and due < now
        here["suspended"] += state == CaseState.SUSPENDED
        here["breached"] += bool(breach)
    return {group: Standing(*(c[name] for name in Standing._fields)) for group, c in sorted(counted.items())}


def _taken(reach: Reach) -> dict[str, int]:
    taken = open_steps(reach).filter(assignee__isnull=False)
    return dict(Counter(taken.order_by().values_list("assignee__number", flat=True)))


def differing(counted: Summary, recounted: Summary) -> list[Difference]:
    """What is not equal, figure by figure; empty when all is."""
    found: list[Difference] = []
    for each in fields(Summary):
        here, there = getattr(counted, each.name), getattr(recounted, each.name)
        found += [
            Difference(each.name, key, here.get(key), there.get(key))
            for key in sorted({*here, *there}, key=str)
            if here.get(key) != there.get(key)
        ]
    return found
