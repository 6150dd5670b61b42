"""Working time without a calendar: days counted from registration, minutes into a day of eight hours.

The same arithmetic as the clock's on a week without days off: N working days end at the closing of the N-th
day after the one they start on; minutes and hours run inside days, what does not fit goes on next morning. A
pick-up N times a day is waited for at most one N-th of a day.
"""

from __future__ import annotations

from typing import NamedTuple

from qyzmet.clock import parse_term

__all__ = ["DAY", "START", "Moment", "after", "spoken"]

DAY = 480
"""Minutes of a working day."""


class Moment(NamedTuple):
    """Day 0 is the day of registration; `minute` runs from 0, opening, to `DAY`, closing."""

    day: int
    minute: int


START = Moment(0, 0)


def after(moment: Moment, term: str, pick_ups: int = 1) -> Moment:
    """When a term that starts at a moment ends. Raises ClockError for an unreadable term."""
    parsed = parse_term(term)
    if parsed.unit == "working-day":
        return Moment(moment.day + parsed.count, DAY)
    minutes = parsed.minutes if parsed.unit != "pick-up" else DAY // max(pick_ups, 1)
    total = moment.minute + minutes
    if total <= DAY:
        return Moment(moment.day, total)
    return Moment(moment.day + (total - 1) // DAY, (total - 1) % DAY + 1)


def spoken(moment: Moment) -> str:
    """`the end of day 5`, or `day 6, 0:30 after opening`, for people."""
    if moment.day < 0:
        return "a day before the case is registered"
    if moment.minute == DAY:
        return f"the end of day {moment.day}"
    return f"day {moment.day}, {moment.minute // 60}:{moment.minute % 60:02} after opening"
