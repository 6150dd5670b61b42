"""A schedule is a calendar seen through one door's hours: the central object of the clock.

Everything a question needs is laid out once (working days by number, openings, closings, running totals of
working time), so that an answer is an index or a bisection.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate

from qyzmet.clock.calendar import Calendar
from qyzmet.clock.errors import CalendarInvalid, CalendarMissing
from qyzmet.clock.hours import Hours, OpenDay
from qyzmet.clock.zone import at, local, microseconds

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Stretches of working time.

    The start moments; then in microseconds: starts, ends, totals before and after, and the
    calendar's own begin and end.
    """

    opened: list[datetime]
    starts: list[int]
    ends: list[int]
    before: list[int]
    after: list[int]
    begin: int
    end: int


class Schedule:
    """Working days and working time of one door. Moments come back on the Almaty clock face, aware."""

    def __init__(self, calendar: Calendar, hours: Hours) -> None:
        self.calendar = calendar
        self.hours = hours
        self._origin = date(calendar.years[0], 1, 1).toordinal()
        self._end = date(calendar.years[-1], 12, 31).toordinal() + 1
        # For each day of the calendar: how many working days lie before it. One more entry closes the list.
        self._rank: list[int] = [0]
        self._days: list[int] = []
        self.openings: list[datetime] = []
        self.closings: list[datetime] = []
        for ordinal in range(self._origin, self._end):
            self._lay(date.fromordinal(ordinal))

    def _lay(self, day: date) -> None:
        if open_day := self.open_day(day):
            self._days.append(day.toordinal())
            self.openings.append(at(day, open_day.opens))
            self.closings.append(at(day, open_day.closes))
        self._rank.append(len(self._days))

    def open_day(self, day: date) -> OpenDay | None:
        """The hours of that day, or None when off. A make-up day has the hours of the day it replaces."""
        weekday = self.calendar.works_as(day, self.hours.week)
        if weekday is None:
            return None
        rule = self.calendar.rule(day, self.hours.week)
        found = self.hours.days[weekday]
        if found is None and rule and rule.kind == "works":
            raise CalendarInvalid(
                f"{day} works in place of a day when {self.hours.name} is closed; mend the calendar"
            )
        return found

    def first_after(self, day: date | datetime) -> int:
        """The number of the first working day after `day`. Raises CalendarMissing outside the years held."""
        place = day.toordinal() - self._origin
        if place < 0 or place + 1 >= len(self._rank):
            raise CalendarMissing(day.year)
        return self._rank[place + 1]

    def first_from(self, day: date | datetime) -> int:
        """The number of the first working day on or after `day`."""
        place = day.toordinal() - self._origin
        if place < 0 or place + 1 >= len(self._rank):
            raise CalendarMissing(day.year)
        return self._rank[place]

    def opening(self, number: int) -> datetime:
        """Opening of the working day with that number."""
        return self.openings[self._checked(number)]

    def closing(self, number: int) -> datetime:
        """Closing of the working day with that number."""
        return self.closings[self._checked(number)]

    def _checked(self, number: int) -> int:
        if number < 0:
            raise CalendarMissing(self.calendar.years[0] - 1)
        if number >= len(self._days):
            raise CalendarMissing(self.calendar.years[-1] + 1)
        return number

    def is_working(self, day: date) -> bool:
        """Whether the door works that day."""
        return self.first_after(day) > self.first_from(day)

    def registered_at(self, received: datetime) -> datetime:
        """When a filing received then counts as registered.

        Inside hours, break and the whole closing minute included: that moment. Before opening: the opening.
        Otherwise the next working day's opening. It starts the overall term and is never set by hand.
        """
        moment = local(received)
        number = self.first_from(moment)
        if self.is_working(moment.date()):
            if moment < self.openings[number]:
                return self.openings[number]
            if moment < self.closings[number] + _MINUTE:
                return moment
            number += 1
        return self.opening(number)

    def days_after(self, start: datetime, count: int) -> datetime:
        """Closing of the `count`-th working day after the day of `start`: the fast path of every due date."""
        place = local(start).toordinal() - self._origin + 1
        if place > 0:
            try:
                return self.closings[self._rank[place] + count - 1]
            except IndexError:
                pass
        raise CalendarMissing(self.calendar.years[-1] + 1 if place > 0 else start.year)

    @cached_property
    def _stretches(self) -> _Stretches:
        opened: list[datetime] = []
        ends: list[int] = []
        for ordinal in self._days:
            day = date.fromordinal(ordinal)
            open_day = self.open_day(day)
            for first, last in open_day.intervals if open_day else ():
                opened.append(at(day, first))
                ends.append(microseconds(at(day, last)))
        starts = [microseconds(moment) for moment in opened]
        after = list(accumulate(end - start for start, end in zip(starts, ends, strict=True)))
        years = self.calendar.years
        begin, end = (at(date(year, 1, 1), time.min) for year in (years[0], years[-1] + 1))
        return _Stretches(
            opened, starts, ends, [0, *after[:-1]], after, microseconds(begin), microseconds(end)
        )

    def worked_until(self, moment: datetime) -> int:
        """Microseconds of working time from the calendar's first day to that moment."""
        laid, now = self._stretches, microseconds(moment)
        if not laid.begin <= now < laid.end:
            raise CalendarMissing(local(moment).year)
        number = bisect_right(laid.starts, now) - 1
        return laid.before[number] + min(now, laid.ends[number]) - laid.starts[number] if number >= 0 else 0

    def when_worked(self, total: int) -> datetime:
        """The earliest moment by which that much working time has passed (12:40 and 20 minutes is 13:00)."""
        laid = self._stretches
        number = bisect_left(laid.after, total)
        if number == len(laid.after):
            raise CalendarMissing(self.calendar.years[-1] + 1)
        return laid.opened[number] + timedelta(microseconds=total - laid.before[number])


def schedule(hours: Hours | str, calendar: Calendar) -> Schedule:
    """The schedule of these hours on this calendar, laid out once and kept with the calendar.

    A name means what the calendar's `hours` say.
    """
    door = calendar.hours[hours] if isinstance(hours, str) else hours
    found = calendar.schedules.get(door.hash)
    if found is None:
        found = calendar.schedules[door.hash] = Schedule(calendar, door)
    return found
