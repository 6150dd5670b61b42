"""The legal clock: when something is due, and why. Pure functions; `now` is always an argument.

    from qyzmet import clock

    calendar = clock.national_calendar()  # 2012-2027; `amended` lays an act over it
    door = clock.schedule("system", calendar)  # calendar x hours: working days and time
    registered = door.registered_at(received)  # starts the overall term
    answer = clock.due("3 working days", registered, "system", calendar, explain=True)
    answer.moment, answer.days[0].why("kk")
    facts = clock.deadline("3 working days", registered, "system", calendar)   # to store: facts.stored()
    changes = clock.differences(calendar, newer)
    clock.recompute(facts, newer, changes)  # -> old, new, because
    clock.hearing_window(door, answer.moment, now)  # latest notice, latest hearing, breached

Moments go in aware and come back aware on the Almaty clock face. `hours` is a name from hours.yaml (system,
portal, provider, state-corporation, duty-department, authorised-body, centre) or a deployment's own `Hours`.
Every refusal is a `ClockError` whose text is one sentence.

Where to look: calendar.py (days), hours.py (doors), schedule.py (the two together), terms.py,
suspensions.py, due.py (the answer), reasons.py and explanation.py (why), hearing.py, deadlines.py (stored
dates), national.py (files).
"""

from __future__ import annotations

from datetime import datetime

from qyzmet.clock.calendar import Calendar, DayChange, DayRule, differences
from qyzmet.clock.deadlines import DeadlineFacts, Recomputed, deadline, recompute
from qyzmet.clock.due import Due, TimeSpent, due, due_on, time_spent
from qyzmet.clock.errors import (
    CalendarInvalid,
    CalendarMissing,
    ClockError,
    HoursUnknown,
    SuspensionReversed,
    TermUnreadable,
    TimeWithoutZone,
)
from qyzmet.clock.explanation import LANGUAGES, DayReason, Language, weekday_name
from qyzmet.clock.hearing import HearingWindow, hearing_window, latest_hearing
from qyzmet.clock.hours import Hours, HoursBook, OpenDay, hours_book
from qyzmet.clock.national import national_calendar, read_calendar, read_rules
from qyzmet.clock.schedule import Schedule, schedule
from qyzmet.clock.suspensions import Suspension, united
from qyzmet.clock.terms import Term, parse_term
from qyzmet.clock.zone import ALMATY, at, local

__all__ = [
    "ALMATY",
    "LANGUAGES",
    "Calendar",
    "CalendarInvalid",
    "CalendarMissing",
    "ClockError",
    "DayChange",
    "DayReason",
    "DayRule",
    "DeadlineFacts",
    "Due",
    "HearingWindow",
    "Hours",
    "HoursBook",
    "HoursUnknown",
    "Language",
    "OpenDay",
    "Recomputed",
    "Schedule",
    "Suspension",
    "SuspensionReversed",
    "Term",
    "TermUnreadable",
    "TimeSpent",
    "TimeWithoutZone",
    "at",
    "deadline",
    "differences",
    "due",
    "due_on",
    "hearing_window",
    "hours_book",
    "latest_hearing",
    "local",
    "national_calendar",
    "parse_term",
    "read_calendar",
    "read_rules",
    "recompute",
    "registered_at",
    "schedule",
    "time_spent",
    "united",
    "weekday_name",
]


def registered_at(received: datetime, hours: Hours | str, calendar: Calendar) -> datetime:
    """When a filing received at that door counts as registered; see Schedule.registered_at for the rule."""
    return schedule(hours, calendar).registered_at(received)
