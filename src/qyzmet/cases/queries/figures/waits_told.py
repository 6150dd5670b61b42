"""The waits at the windows a second time, from the streams of the queues alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from qyzmet import clock
from qyzmet.cases.journal.entry_rows import Said
from qyzmet.cases.queries.figures.reach import Period, Reach
from qyzmet.cases.queries.figures.waits import Spread, Waits, halls

__all__ = ["HallTold"]

Number = tuple[int, str, int]
"""A body, a day and the number given on it."""


@dataclass
class _Turn:
    """A turn as the entries read so far tell it."""

    body: int
    day: str
    service: str
    limits: Mapping[str, Any]
    issued: datetime
    begun: datetime | None = None
    ended: datetime | None = None
    fate: str = ""


@dataclass
class HallTold:
    """A fold over the entries of `queue:<body>` streams; `read` takes them in order, `waits` is the end."""

    turns: list[_Turn] = field(default_factory=list)
    last: dict[Number, _Turn] = field(default_factory=dict)

    def read(self, entry: Said, data: Mapping[str, Any]) -> None:
        """Take in one entry."""
        kind, _, where = entry.stream.partition(":")
        if kind != "queue" or not entry.act.startswith("ticket."):
            return
        at, number = datetime.fromisoformat(entry.occurred), (int(where), data["day"], int(data["no"]))
        turn = self.last.get(number)
        if turn is not None and entry.act == "ticket.begun":
            turn.begun = at
        if turn is not None and entry.act in ENDS:
            turn.ended, turn.fate = at, ENDS[entry.act]
        if entry.act in ("ticket.issued", "ticket.transferred"):
            made = _Turn(int(where), data["day"], data["service"], data["limits"], at)
            self.last[number] = made
            self.turns.append(made)

    def waits(self, reach: Reach, period: Period, now: datetime) -> dict[tuple[int, str], Waits]:
        """The same figures as `waits.by_group(…, "service")`."""
        kept, mine, today = reach.service or reach.actor.service, halls(reach), clock.local(now).date()
        groups: dict[tuple[int, str], list[_Turn]] = {}
        for turn in self.turns:
            if turn.body in mine and kept in ("", turn.service) and period.holds(turn.issued):
                groups.setdefault((turn.body, turn.service), []).append(turn)
        return {key: _counted(of, today) for key, of in groups.items()}


ENDS = {"ticket.served": "served", "ticket.transferred": "sent-on", "ticket.not-come": "not-come"}


def _counted(of: list[_Turn], today: date) -> Waits:
    left = sum(not turn.fate and date.fromisoformat(turn.day) < today for turn in of)
    wait = [(t.begun - t.issued, t.limits["wait"]) for t in of if t.begun]
    service = [(t.ended - t.begun, t.limits["serve"]) for t in of if t.begun and t.ended]
    return Waits(
        len(of),
        sum(turn.fate == "served" for turn in of),
        sum(turn.fate == "not-come" for turn in of),
        left,
        _middle([(each.total_seconds(), limit) for each, limit in wait]),
        _middle([(each.total_seconds(), limit) for each, limit in service]),
    )


def _middle(measured: list[tuple[float, int | None]]) -> Spread:
    if not measured:
        return Spread()
    ordered = sorted(seconds / 60 for seconds, _ in measured)
    half = len(ordered) // 2
    median = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    judged = [(seconds, limit) for seconds, limit in measured if limit is not None]
    within = sum(1 for seconds, limit in judged if seconds <= limit * 60)
    average = sum(ordered) / len(ordered)
    return Spread(len(ordered), round(average, 1), round(median, 1), within, len(judged))
