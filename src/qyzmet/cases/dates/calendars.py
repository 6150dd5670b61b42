"""The calendar in use: the national one of the product with this deployment's calendar acts laid over it, and
the office hours of its `hours.yaml`.

Acts lie in the database in their order, so every process judges by the same days and a backup holds them. A
process asks for new ones every few seconds; `recompute` begins only when all of them know.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from qyzmet import clock
from qyzmet.cases.deployment import overlays
from qyzmet.cases.models import CalendarAct

__all__ = [
    "KEPT",
    "WEEKDAYS",
    "before",
    "current",
    "entry_of",
    "forget",
    "missing_year",
    "own_hours",
    "rules_as_data",
    "rules_from_data",
]

KEPT = 5.0
AHEAD = timedelta(days=366)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_kept: dict[int, clock.Calendar] = {}
_newest: list[tuple[float, int]] = []


def current() -> clock.Calendar:
    """The calendar as known now."""
    # Monotonic time only ages what is kept; it is no legal time.
    if not _newest or time.monotonic() - _newest[0][0] > KEPT:
        _newest[:] = [(time.monotonic(), _last())]
        _with_hours(_hours())
    return _after(_newest[0][1])


def missing_year(now: datetime) -> int | None:
    """The year that begins within twelve months and has no calendar yet; None while all of them are known."""
    coming = clock.local(now).date() + AHEAD
    return coming.year if coming.year not in current().years else None


def before(act: CalendarAct) -> clock.Calendar:
    """The calendar an act changed."""
    return _after(act.no - 1)


def forget() -> None:
    """Ask anew at the next question: after a calendar act, and between tests."""
    _newest.clear()
    _kept.clear()
    _hours.cache_clear()


def own_hours() -> Path:
    """The file of the deployment's own office hours."""
    return Path(settings.QYZMET_DATA) / "hours.yaml"


def entry_of(hours: clock.Hours) -> dict[str, Any]:
    """Hours as hours.yaml writes them."""
    days = {name: _day(day) for name, day in zip(WEEKDAYS, hours.days, strict=True) if day is not None}
    said: dict[str, Any] = {"week": hours.week, "days": days, "cite": hours.cite}
    return {**said, "receives": "any-time"} if hours.any_time else said


def _day(day: clock.OpenDay) -> dict[str, Any]:
    said: dict[str, Any] = {"opens": f"{day.opens:%H:%M}", "closes": f"{day.closes:%H:%M}"}
    if day.breaks:
        said["break"] = [f"{face:%H:%M}" for pause in day.breaks for face in pause]
    return said


def rules_as_data(rules: Iterable[clock.DayRule]) -> list[dict[str, Any]]:
    """Rules as they are stored and journaled."""
    return [
        {
            **asdict(rule),
            "day": rule.day.isoformat(),
            "other": rule.other.isoformat() if rule.other else None,
            "weeks": list(rule.weeks),
        }
        for rule in rules
    ]


def rules_from_data(stored: Iterable[Mapping[str, Any]]) -> tuple[clock.DayRule, ...]:
    """The rules that `rules_as_data` wrote."""
    return tuple(
        clock.DayRule(
            **{
                **each,
                "day": date.fromisoformat(each["day"]),
                "other": date.fromisoformat(each["other"]) if each["other"] else None,
                "weeks": tuple(each["weeks"]),
            }
        )
        for each in stored
    )


def _last() -> int:
    return CalendarAct.objects.order_by("-no").values_list("no", flat=True).first() or 0


def _after(no: int) -> clock.Calendar:
    """The calendar after the act with this number; 0 is the national one."""
    if no not in _kept:
        laid = clock.national_calendar().with_hours(_hours())
        for act in CalendarAct.objects.filter(no__lte=no).order_by("no"):
            laid = laid.amended(rules_from_data(act.rules))
        _kept[no] = laid
    return _kept[no]


def _read_hours() -> clock.HoursBook:
    return clock.hours_book().overlaid(own_hours())


_hours = overlays.Kept(_read_hours, own_hours)


def _with_hours(book: clock.HoursBook) -> None:
    """Calendars made with hours that have changed since are made again."""
    if any(made.hours is not book for made in _kept.values()):
        _kept.clear()
