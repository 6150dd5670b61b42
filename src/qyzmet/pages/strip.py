"""The strip that says why a date is what it is: `pages/strip.html` draws what these give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qyzmet import clock
from qyzmet.clock import DayReason
from qyzmet.pages.words import current_language, say

__all__ = ["Day", "days", "left", "stored_days"]

MOST = 120


@dataclass(frozen=True, slots=True)
class Day:
    """One box: `state` is counted, skipped or suspended."""

    date: date
    weekday: str
    state: str
    why: str


def days(reasons: Iterable[DayReason], language: str | None = None) -> list[Day]:
    """The days of `clock.due(..., explain=True)` or of `DeadlineFacts`."""
    words: Any = language or current_language()
    return [
        Day(
            each.date,
            clock.weekday_name(each.date, words),
            "counted" if each.counted else "suspended" if each.code == "suspended" else "skipped",
            each.why(words),
        )
        for each in list(reasons)[:MOST]
    ]


def stored_days(basis: Mapping[str, Any]) -> list[Day]:
    """The days a stored deadline keeps in its `basis`; none where it rests on another date."""
    return days(DayReason.restored(each) for each in basis.get("days", ()))


def left(due: datetime, now: datetime, door: clock.Schedule) -> str:
    """How much working time is left, in words, or by how much the date has passed."""
    spent = clock.time_spent(door, now, due)
    if due < now:
        late, today = -spent.working_days, clock.local(due).date() == clock.local(now).date()
        if late:
            return say("strip.late-days", count=late)
        return say("strip.late") if today else say("strip.late-since")
    if spent.working_days:
        return say("strip.left-days", count=spent.working_days)
    minutes = int(spent.working.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return say("strip.left-minutes", minutes=rest)
    if not rest:
        return say("strip.left-whole", hours=hours)
    return say("strip.left-hours", hours=hours, minutes=rest)
