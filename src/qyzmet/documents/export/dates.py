"""Every date of the case with what it rests on, so that it can be counted again: days, calendar, hours."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from qyzmet import clock
from qyzmet.cases import rows
from qyzmet.cases.dates import calendars, clocks
from qyzmet.cases.models import CalendarAct, Deadline
from qyzmet.documents.export.members import Member, as_json
from qyzmet.documents.export.scope import Scope

__all__ = ["DATES", "date_members", "told_dates"]

DATES = "dates.json"


def date_members(scope: Scope) -> Iterator[Member]:
    """`dates.json` and each calendar it rests on, as the bytes its hash is over."""
    deadlines = told_dates(scope)
    books = {d["basis"].get("calendar") for d in deadlines} - {None}
    named = {key: found for key in sorted(books) if (found := _calendar(key)) is not None}
    files = {key: f"law/calendar-{key[:16]}.json" for key in named}
    said = {
        "v": 1,
        "deadlines": deadlines,
        "calendars": files,
        "hours": _hours(d["basis"] for d in deadlines),
    }
    yield Member(DATES, "dates", "dates", as_json(said))
    for key, found in named.items():
        yield Member(files[key], "law", "calendar", _calendar_bytes(found), about={"hash": key})


def told_dates(scope: Scope) -> list[dict[str, Any]]:
    """The deadlines of the case, each listed day with its reason in three languages."""
    found = rows.select(Deadline, "WHERE case_id = %s ORDER BY id", [scope.case.pk])
    return [
        {
            "subject": each.subject,
            "duty": each.duty,
            "due": each.due.isoformat() if each.due else None,
            "state": each.state,
            "met_at": each.met_at.isoformat() if each.met_at else None,
            "basis": each.basis,
            "why": [_why(day) for day in each.basis.get("days", ())],
        }
        for each in found
    ]


def _why(day: dict[str, Any]) -> dict[str, str]:
    reason = clock.DayReason.restored(day)
    return {language: reason.why(language) for language in clock.LANGUAGES}


def _calendar(key: str) -> clock.Calendar | None:
    """The calendar with this hash: the one in use, or one before a calendar act of this deployment."""
    current = calendars.current()
    if current.hash == key:
        return current
    earlier = (calendars.before(act) for act in CalendarAct.objects.order_by("-no"))
    return next((each for each in earlier if each.hash == key), None)


def _calendar_bytes(calendar: clock.Calendar) -> bytes:
    """The bytes `Calendar.hash` is made over."""
    said = {"years": calendar.years, "rules": [asdict(rule) for rule in calendar.rules()]}
    return json.dumps(said, sort_keys=True, default=str).encode()


def _hours(bases: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The hours named by hash, where those in use still have it."""
    book, found = clocks.calendar().hours, {}
    for basis in bases:
        name, key = basis.get("hours"), basis.get("hours_hash")
        hours = book[str(name)] if name in book else None
        if hours is not None and hours.hash == key:
            days = [None if each is None else _open_day(each) for each in hours.days]
            said = {"name": name, "week": hours.week, "days": days, "any_time": hours.any_time}
            found[key] = {**said, "cite": hours.cite}
    return found


def _open_day(day: clock.OpenDay) -> dict[str, Any]:
    breaks = [[a.isoformat(), b.isoformat()] for a, b in day.breaks]
    return {"opens": day.opens.isoformat(), "closes": day.closes.isoformat(), "breaks": breaks}
