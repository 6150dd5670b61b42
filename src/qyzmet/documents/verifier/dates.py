"""Every stored date again: from the listed days, the days from the calendar, the calendar from its hash."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

from qyzmet.documents.verifier.bundle import Files
from qyzmet.documents.verifier.report import Report

DATES = "dates.json"
# Kazakhstan went to one zone on 1 March 2024; before, Almaty kept six hours.
ONE_ZONE = datetime(2024, 2, 29, 18, tzinfo=UTC)


@dataclass(frozen=True)
class OpenDay:
    """One weekday of a door; the words of its `repr` are what the hash of hours is made over."""

    opens: time
    closes: time
    breaks: tuple[tuple[time, time], ...] = ()


@dataclass(frozen=True)
class Door:
    """Hours seen with a calendar: the rule of each day of the week they hold for."""

    week: str
    days: tuple[OpenDay | None, ...]
    rules: dict[str, dict[str, Any]]

    def open_day(self, day: date) -> OpenDay | None:
        """The hours of a day, None when it is off; a make-up day has those of the day it replaces."""
        rule = self.rules.get(day.isoformat())
        if rule and rule["kind"] == "works" and rule["other"]:
            return self.days[date.fromisoformat(rule["other"]).weekday()]
        if rule and rule["kind"] == "off":
            return None
        weekday = day.weekday()
        return self.days[weekday] if weekday < (5 if self.week == "five" else 6) else None


def check_dates(files: Files, report: Report) -> None:
    """Check every deadline of `dates.json`."""
    said = files.json(DATES)
    if said is None:
        return
    hours = {key: _hours(key, each, report) for key, each in said["hours"].items()}
    calendars = {key: _rules(files, key, name, report) for key, name in said["calendars"].items()}
    for each in said["deadlines"]:
        basis = each["basis"]
        open_days, rules = hours.get(basis.get("hours_hash")), calendars.get(basis.get("calendar"))
        if not basis.get("days"):
            continue  # it rests on another date of the list
        if open_days is None or rules is None:
            report.add(None, DATES, "date", "date-unknown", subject=each["subject"])
            continue
        week = str(open_days[0])
        door = Door(week, open_days[1], {r["day"]: r for r in rules if week in r["weeks"]})
        fault = _fault(each, basis, door)
        facts = {"subject": each["subject"], "term": basis["term"], **(fault[1] if fault else {})}
        report.add(fault is None, DATES, "date", fault[0] if fault else "date-good", **facts)


def _fault(each: dict[str, Any], basis: dict[str, Any], door: Door) -> tuple[str, dict[str, Any]] | None:
    count, unit = _term(basis["term"])
    start, due = _almaty(basis["start"]), _almaty(basis["due"])
    days = [date.fromisoformat(day["date"]) for day in basis["days"]]
    first = start.date() + timedelta(days=1) if unit == "day" else start.date()
    if days != [first + timedelta(days=n) for n in range(len(days))] or days[-1] != due.date():
        return "date-days", {}
    if each["due"] is not None and _almaty(each["due"]) != due:
        return "date-due", {}
    counted = [day for day in basis["days"] if day["counted"]]
    minutes = sum(float(day["facts"].get("minutes", 0)) for day in counted)
    if unit == "day" and len(counted) != count:
        return "date-count", {"counted": len(counted)}
    if unit == "minute" and abs(minutes - count) > 0.1 * len(counted):
        return "date-count", {"counted": f"{minutes:g} min"}
    for day in basis["days"]:
        if not _as_calendar(day, door, basis["suspensions"]):
            return "date-day", {"day": day["date"]}
    last = door.open_day(due.date())
    if last is None or (due.time() != last.closes if unit == "day" else not _within(due.time(), last)):
        return "date-due", {}
    return None


def _term(words: str) -> tuple[int, str]:
    found = re.fullmatch(r"(\d+) (working day|hour|minute)s?", words)
    if found is None:
        return 1, "pick-up"
    count = int(found[1])
    return {"working day": (count, "day"), "hour": (60 * count, "minute")}.get(found[2], (count, "minute"))


def _within(face: time, day: OpenDay) -> bool:
    return day.opens <= face <= day.closes


def _as_calendar(day: dict[str, Any], door: Door, suspensions: list[Any]) -> bool:
    """Whether the calendar says of a day what the explanation says."""
    works = door.open_day(date.fromisoformat(day["date"])) is not None
    if day["counted"]:
        return works
    if day["code"] in {"suspended", "resumed"}:
        held = ((_almaty(a).date(), _almaty(b).date() if b else date.max) for a, b, _ in suspensions)
        return works and any(a <= date.fromisoformat(day["date"]) <= b for a, b in held)
    return works == (day["code"] in {"no-minutes", "no-pick-up"})


def _almaty(words: str) -> datetime:
    moment = datetime.fromisoformat(words)
    return moment.astimezone(timezone(timedelta(hours=6 if moment < ONE_ZONE else 5)))


def _hours(key: str, said: dict[str, Any], report: Report) -> tuple[str, tuple[OpenDay | None, ...]] | None:
    days = tuple(None if each is None else _open_day(each) for each in said["days"])
    written = repr((said["name"], said["week"], days, said["any_time"])).encode()
    if hashlib.sha256(written).hexdigest() == key:
        return str(said["week"]), days
    report.add(False, DATES, "hours", "calendar-other", what=said["name"])
    return None


def _open_day(said: dict[str, Any]) -> OpenDay:
    face = time.fromisoformat
    pauses = tuple((face(a), face(b)) for a, b in said["breaks"])
    return OpenDay(face(said["opens"]), face(said["closes"]), pauses)


def _rules(files: Files, key: str, name: str, report: Report) -> list[dict[str, Any]] | None:
    data = files.read(name)
    if data is None:
        return None
    same = hashlib.sha256(data).hexdigest() == key
    report.add(same, name, "calendar", "calendar-good" if same else "calendar-other", what=name)
    found: list[dict[str, Any]] = json.loads(data)["rules"]
    return found if same else None
