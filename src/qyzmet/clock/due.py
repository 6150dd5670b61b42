"""When is it due, and why: a term from its start, on a schedule, past the suspensions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from qyzmet.clock.calendar import Calendar
from qyzmet.clock.errors import TermUnreadable
from qyzmet.clock.explanation import DayReason
from qyzmet.clock.hours import Hours
from qyzmet.clock.reasons import reasons
from qyzmet.clock.schedule import Schedule, schedule
from qyzmet.clock.suspensions import Suspension, united
from qyzmet.clock.terms import Term, parse_term
from qyzmet.clock.zone import local

_MICROSECONDS_A_MINUTE = 60_000_000


@dataclass(slots=True)
class Due:
    """A due moment with what it was judged by.

    moment: aware, on the Almaty clock face. provisional: a suspension is open, and the moment holds only if
    it resumes at `now`. days: the explanation, when asked for.
    """

    moment: datetime
    calendar_hash: str
    hours_hash: str
    provisional: bool = False
    days: tuple[DayReason, ...] = ()


def due(
    term: Term | str,
    start: datetime,
    hours: Hours | str,
    calendar: Calendar,
    suspensions: Sequence[Suspension] = (),
    *,
    explain: bool = False,
    now: datetime | None = None,
) -> Due:
    """When a term that starts at `start` is due at that door, and with `explain` each day counted or skipped.

    `start` is the moment of registration, or of the step's opening (aware). `now` is needed only while a
    suspension is open: the answer is then the date *if resumed at now*, marked provisional.
    Raises CalendarMissing, TermUnreadable, HoursUnknown, ClockError.
    """
    door = schedule(hours, calendar)
    length = parse_term(term) if isinstance(term, str) else term
    held = united(suspensions, now) if suspensions else ()
    moment = due_on(door, length, start, held)
    days = reasons(door, length, start, held, moment) if explain else ()
    return Due(moment, calendar.hash, door.hours.hash, any(each.end is None for each in suspensions), days)


def due_on(door: Schedule, term: Term, start: datetime, held: Sequence[Suspension] = ()) -> datetime:
    """The bare due moment on a schedule; `held` are suspensions already united. The fast path of `due`."""
    if term.unit == "working-day":
        return _days(door, term.count, start, held) if held else door.days_after(start, term.count)
    if term.unit == "pick-up":
        return _pick_up(door, term, start, held)
    return _minutes(door, term.minutes * _MICROSECONDS_A_MINUTE, start, held)


def _days(door: Schedule, count: int, start: datetime, held: Sequence[Suspension]) -> datetime:
    first = door.first_after(local(start))
    number = first + count - 1
    for each in held:
        if each.start < door.closing(number):
            number += len(suspended_numbers(door, each, first))
    return door.closing(number)


def suspended_numbers(door: Schedule, suspension: Suspension, first: int = 0) -> range:
    """Numbers of the working days a suspension takes: after its first day, up to and including its last."""
    begin = max(first, door.first_after(suspension.first_day))
    return range(begin, max(begin, door.first_after(suspension.last_day)))


def _minutes(door: Schedule, total: int, start: datetime, held: Sequence[Suspension]) -> datetime:
    left, begun = total, start
    for each in held:
        if each.end is None or each.end <= begun:
            continue
        ran = max(0, door.worked_until(each.start) - door.worked_until(begun))
        if ran >= left:
            break
        left -= ran
        begun = each.end
    return door.when_worked(door.worked_until(begun) + left)


def _pick_up(door: Schedule, term: Term, start: datetime, held: Sequence[Suspension]) -> datetime:
    begun = local(start)
    while True:
        moment = _next_pick_up(door, term, begun)
        stop = next((each for each in held if each.end and each.start <= moment < each.end), None)
        if stop is None or stop.end is None:
            return moment
        begun = local(stop.end)


def _next_pick_up(door: Schedule, term: Term, begun: datetime) -> datetime:
    number = door.first_from(begun)
    for later in range(number, number + 8):
        opening, closing = door.opening(later), door.closing(later)
        for face in term.times:
            moment = opening.replace(hour=face.hour, minute=face.minute)
            if opening <= moment <= closing and moment >= begun:
                return moment
    raise TermUnreadable(
        f"the {term} never falls within the hours of {door.hours.name}; give a time when it is open"
    )


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """Between two moments: `gross` by the clock on the wall, `working` in working time, not suspended."""

    gross: timedelta
    working: timedelta
    working_days: int


def time_spent(
    door: Schedule,
    begin: datetime,
    end: datetime,
    suspensions: Sequence[Suspension] = (),
    now: datetime | None = None,
) -> TimeSpent:
    """Time from `begin` to `end` (negative when it lies behind): for "time left" and for statistics.

    `working_days` are the working days after the day of `begin` up to and including the day of `end`.
    """
    if end < begin:
        back = time_spent(door, end, begin, suspensions, now)
        return TimeSpent(-back.gross, -back.working, -back.working_days)
    # Two moments of one zone subtract as clock faces, which is an hour wrong across 1 March 2024.
    gross = end.astimezone(UTC) - begin.astimezone(UTC)
    working = door.worked_until(end) - door.worked_until(begin)
    first, last = door.first_after(local(begin)), door.first_after(local(end))
    taken: set[int] = set()
    for each in united(suspensions, now):
        low, high = max(each.start, begin), min(each.end or end, end)
        working -= max(0, door.worked_until(high) - door.worked_until(low)) if low < high else 0
        taken |= {number for number in suspended_numbers(door, each, first) if number < last}
    return TimeSpent(gross, timedelta(microseconds=working), last - first - len(taken))
