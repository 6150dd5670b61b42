"""A clock with no cleverness: it walks day by day and minute by minute, and the real one must agree with it.

Written from the law's words, it shares with the clock only the calendar's answer "which weekday's hours".
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from qyzmet.clock import ALMATY, Calendar, Hours, Suspension

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


class Walker:
    """One door on one calendar, walked."""

    def __init__(self, calendar: Calendar, hours: Hours) -> None:
        self.calendar, self.hours = calendar, hours

    def works(self, day: date) -> bool:
        weekday = self.calendar.works_as(day, self.hours.week)
        return weekday is not None and self.hours.days[weekday] is not None

    def open_at(self, moment: datetime) -> bool:
        """Whether the minute that begins now is working time."""
        weekday = self.calendar.works_as(moment.date(), self.hours.week)
        today = None if weekday is None else self.hours.days[weekday]
        if today is None:
            return False
        face = moment.time()
        return today.opens <= face < today.closes and not any(a <= face < b for a, b in today.breaks)

    def opening(self, day: date) -> datetime:
        return self._face(day, "opens")

    def closing(self, day: date) -> datetime:
        return self._face(day, "closes")

    def _face(self, day: date, which: str) -> datetime:
        weekday = self.calendar.works_as(day, self.hours.week)
        assert weekday is not None
        return datetime.combine(day, getattr(self.hours.days[weekday], which), ALMATY)

    def registered(self, received: datetime) -> datetime:
        day = received.date()
        if self.works(day) and received < self.opening(day):
            return self.opening(day)
        if self.works(day) and received.replace(second=0, microsecond=0) <= self.closing(day):
            return received
        day += DAY
        while not self.works(day):
            day += DAY
        return self.opening(day)

    def day_due(self, count: int, start: datetime, suspensions: list[Suspension]) -> datetime:
        """Walk to the due day, then move it a working day for each working day a suspension took."""
        day = start.date()
        for _ in range(count):
            day = self._next_working(day)
        taken: set[date] = set()
        for stop in sorted(suspensions, key=lambda each: each.start):
            assert stop.end is not None
            if stop.start >= self.closing(day):
                continue
            lost = stop.start.date() + DAY
            while lost <= stop.end.date():
                if self.works(lost) and lost > start.date() and lost not in taken:
                    taken.add(lost)
                    day = self._next_working(day)
                lost += DAY
        return self.closing(day)

    def _next_working(self, day: date) -> date:
        day += DAY
        while not self.works(day):
            day += DAY
        return day

    def minute_due(self, minutes: int, start: datetime, suspensions: list[Suspension]) -> datetime:
        """Step a minute at a time (start and suspensions on whole minutes) until all have run."""
        now = start
        while minutes:
            stopped = any(stop.start <= now < (stop.end or now) for stop in suspensions)
            if self.open_at(now) and not stopped:
                minutes -= 1
            now += MINUTE
            if not self.works(now.date()):
                now = datetime.combine(now.date() + DAY, time.min, ALMATY)
        return now

    def minutes_between(self, begin: datetime, end: datetime) -> int:
        count = 0
        while begin < end:
            count += self.open_at(begin)
            begin += MINUTE
        return count
