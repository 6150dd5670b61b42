"""Each day of a term with its reason, from the facts that gave the due moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from qyzmet.clock.explanation import DayReason, day_off
from qyzmet.clock.schedule import Schedule
from qyzmet.clock.suspensions import Suspension
from qyzmet.clock.terms import Term
from qyzmet.clock.zone import at, local

_DAY = timedelta(days=1)


def reasons(
    door: Schedule, term: Term, start: datetime, held: Sequence[Suspension], moment: datetime
) -> tuple[DayReason, ...]:
    """The days of the term in order: for a term in days from the day after the start, else from its day."""
    first, last = local(start).date(), local(moment).date()
    if term.unit == "working-day":
        return tuple(_counted_days(door, term.count, held, first + _DAY, last))
    if term.unit == "pick-up":
        return tuple(_pick_up_days(door, first, last, moment))
    return tuple(_minute_days(door, start, held, moment))


def _dates(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _DAY


def _off(door: Schedule, day: date) -> DayReason:
    weekly = door.calendar.works_as(day, door.hours.week) is None
    return day_off(day, door.calendar.rule(day, door.hours.week), weekly)


def _counted_days(
    door: Schedule, count: int, held: Sequence[Suspension], first: date, last: date
) -> Iterator[DayReason]:
    passed = 0
    for day in _dates(first, last):
        if not door.is_working(day):
            yield _off(door, day)
        elif stop := next((each for each in held if each.first_day < day <= each.last_day), None):
            closes_term = day == last and passed == count
            ground = {"ground": stop.ground} if stop.ground else {}
            yield DayReason(day, False, "resumed" if closes_term else "suspended", ground)
        else:
            passed += 1
            yield _counted(door, day, {"n": passed, "of": count})


def _counted(door: Schedule, day: date, facts: dict[str, Any]) -> DayReason:
    rule = door.calendar.rule(day, door.hours.week)
    if rule and rule.kind == "works" and rule.other:
        return DayReason(day, True, "works-as", {**facts, "other": rule.other}, rule.basis, rule.unconfirmed)
    return DayReason(day, True, "counted", facts)


def _minute_days(
    door: Schedule, start: datetime, held: Sequence[Suspension], moment: datetime
) -> Iterator[DayReason]:
    for day in _dates(local(start).date(), local(moment).date()):
        begin, end = max(start, at(day, _MIDNIGHT)), min(moment, at(day + _DAY, _MIDNIGHT))
        ran = _ran(door, begin, end)
        stopped = sum(_ran(door, max(begin, each.start), min(end, each.end or end)) for each in held)
        if not door.is_working(day):
            yield _off(door, day)
        elif ran > stopped:
            yield DayReason(day, True, "minutes", {"minutes": _whole(ran - stopped)})
        else:
            yield DayReason(day, False, "suspended" if stopped else "no-minutes")


def _ran(door: Schedule, begin: datetime, end: datetime) -> int:
    return door.worked_until(end) - door.worked_until(begin) if begin < end else 0


def _whole(microseconds: int) -> int | float:
    minutes = microseconds / 60_000_000
    return int(minutes) if minutes.is_integer() else round(minutes, 1)


def _pick_up_days(door: Schedule, first: date, last: date, moment: datetime) -> Iterator[DayReason]:
    for day in _dates(first, last):
        if not door.is_working(day):
            yield _off(door, day)
        elif day == last:
            yield DayReason(day, True, "pick-up", {"time": f"{moment:%H:%M}"})
        else:
            yield DayReason(day, False, "no-pick-up")


_MIDNIGHT = datetime.min.time()
