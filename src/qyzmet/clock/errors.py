"""What the clock refuses to answer, each as one sentence that says what to do next."""

from __future__ import annotations


class ClockError(ValueError):
    """The question cannot be answered; the text is a sentence for the person who asked."""


class CalendarMissing(ClockError):
    """A day lies in a year for which no calendar is held: no year, no answer."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"there is no calendar of working days for {year}; add the year to the calendars, "
            "or ask about a year that is held"
        )
        self.year = year


class CalendarInvalid(ClockError):
    """A calendar, act or hours file says something that cannot be true."""


class TermUnreadable(ClockError):
    """The words of a term are not of a form the law's terms have."""


class HoursUnknown(ClockError):
    """No office hours are held under this name."""


class SuspensionReversed(ClockError):
    """A suspension ends before it starts."""


class TimeWithoutZone(ClockError):
    """A moment came without a time zone, so it could mean several instants."""

    def __init__(self) -> None:
        super().__init__("a moment needs its time zone; give it as an aware datetime")
