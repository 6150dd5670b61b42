"""How long people waited at the windows and were served there, against the limits of the law of the day.

A turn counts on the day it was given. Its wait ends when service begins; who was called and did not come, or
left before, waited for nothing that can be measured and is counted apart. Cites: M262 private §10(1);
M262 private §10(2); A120 §9(1) intake; A120 §5(6).
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from qyzmet import clock
from qyzmet.cases.models import Ticket
from qyzmet.cases.queries.figures.reach import Period, Reach
from qyzmet.people.directory import bodies

__all__ = ["BY", "Spread", "Turn", "Waits", "by_group", "halls", "turns", "waits"]


class Turn(NamedTuple):
    """One turn. `wait` and `service`: seconds, None where it did not come to that; limits in minutes.
    `fate`: `served`, `sent-on`, `not-come`, `left` (the day ended first) or `open`."""

    body: int
    window: int | None
    service: str
    hour: int
    fate: str
    wait: float | None
    service_time: float | None
    wait_limit: int | None
    serve_limit: int | None


class Spread(NamedTuple):
    """Minutes: average and median, and how many of those an act limits kept to it."""

    measured: int = 0
    average: float | None = None
    median: float | None = None
    within: int = 0
    judged: int = 0

    @property
    def share(self) -> float | None:
        """The part that kept to the limit; None where no act sets one."""
        return self.within / self.judged if self.judged else None

    @property
    def over(self) -> int:
        """How many passed their limit."""
        return self.judged - self.within


class Waits(NamedTuple):
    """The turns of a group: how many, what became of them, and both spreads."""

    tickets: int
    served: int
    not_come: int
    left: int
    wait: Spread
    service: Spread


Key = tuple[int | str | None, ...]
BY: dict[str, Callable[[Turn], Key]] = {
    "body": lambda turn: (turn.body,),
    "window": lambda turn: (turn.body, turn.window),
    "service": lambda turn: (turn.body, turn.service),
    "hour": lambda turn: (turn.hour,),
}
"""What turns are put together by."""


def halls(reach: Reach) -> frozenset[int]:
    """The bodies whose windows one watches: one's own and those below it."""
    own = reach.actor.organisation
    return frozenset(b.id for b in bodies() if own in (b.id, b.parent) and reach.provider in (None, b.id))


def turns(reach: Reach, period: Period, now: datetime) -> list[Turn]:
    """The turns given in the period, from the table."""
    found = Ticket.objects.filter(
        organisation_id__in=halls(reach), issued_at__gte=period.since, issued_at__lt=period.until
    )
    kept = reach.service or reach.actor.service
    found = found.filter(service=kept) if kept else found
    today = clock.local(now).date()
    return [
        Turn(
            each.organisation_id,
            each.window.number if each.window else None,
            each.service,
            clock.local(each.issued_at).hour,
            _fate(each, over=each.day < today),
            _seconds(each.issued_at, each.started_at),
            _seconds(each.started_at, each.ended_at),
            each.wait_limit,
            each.serve_limit,
        )
        for each in found.select_related("window").order_by("id")
    ]


def _fate(ticket: Ticket, *, over: bool) -> str:
    ended = {"served": "served", "transferred": "sent-on", "no-show": "not-come"}
    return ended.get(ticket.state) or ("left" if over else "open")


def _seconds(since: datetime | None, until: datetime | None) -> float | None:
    return (until - since).total_seconds() if since and until else None


def by_group(of: Iterable[Turn], by: str) -> dict[Key, Waits]:
    """The turns put together by `body`, `window`, `service` or `hour`."""
    groups: dict[Key, list[Turn]] = {}
    for turn in of:
        groups.setdefault(BY[by](turn), []).append(turn)
    return {key: waits(groups[key]) for key in sorted(groups, key=str)}


def waits(of: Sequence[Turn]) -> Waits:
    """What some turns come to."""
    fates = [turn.fate for turn in of]
    return Waits(
        len(of),
        fates.count("served"),
        fates.count("not-come"),
        fates.count("left"),
        _spread([(t.wait, t.wait_limit) for t in of]),
        _spread([(t.service_time, t.serve_limit) for t in of]),
    )


def _spread(measured: list[tuple[float | None, int | None]]) -> Spread:
    known = [(seconds, limit) for seconds, limit in measured if seconds is not None]
    if not known:
        return Spread()
    minutes = [seconds / 60 for seconds, _ in known]
    judged = [seconds <= limit * 60 for seconds, limit in known if limit is not None]
    average, median = statistics.fmean(minutes), statistics.median(minutes)
    return Spread(len(known), round(average, 1), round(median, 1), sum(judged), len(judged))
