"""The calendar: its days off and make-up days with their acts, and a new act laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse

from qyzmet.cases.acts.change_calendar import change_calendar
from qyzmet.cases.dates import calendars
from qyzmet.cases.models import CalendarAct
from qyzmet.cases.refusals import refused
from qyzmet.clock import DayRule, local, weekday_name
from qyzmet.clock.national import act_names, day_names
from qyzmet.config import clock
from qyzmet.office.administering import moving
from qyzmet.office.administering.changing import Change, Given, Preview, carry_out
from qyzmet.office.administering.fields import field
from qyzmet.office.administering.gate import administrator
from qyzmet.office.administering.history import events, said
from qyzmet.office.administering.listing import Cell, Listing, draw_list, listing, tag
from qyzmet.office.administering.views.hours import done
from qyzmet.pages.words import LANGUAGES, current_language, say
from qyzmet.regulation.model import Field

__all__ = ["acts", "new", "year_missing"]

PAGE = "admin-calendar"
HOME = "/office/admin/calendar/"
SIGNS = {"off": "held", "works": "open", "ordinary": "past"}


@administrator
def acts(request: HttpRequest) -> HttpResponse:
    """The days of a year that differ from the week (`?year=`), and the acts of this deployment."""
    calendar, this_year = calendars.current(), local(clock.now()).year
    asked = request.GET.get("year", "")
    year = int(asked) if asked in {str(each) for each in calendar.years} else this_year
    rules = _together(rule for rule in calendar.rules() if rule.day.year == year)
    title = say(f"{PAGE}.of-year", year=year)
    found = listing(
        PAGE,
        ("day", "weekday", "kind", "named", "week", "basis"),
        (("", _cells(rule)) for rule in rules),
        title=title,
    )
    near = [each for each in (year - 1, year + 1) if each in calendar.years]
    links = [(say(f"{PAGE}.of-year", year=each), f"?year={each}") for each in near]
    past = events("system", {"calendar.changed", "calendar.recomputed"})
    actions = [(say(f"{PAGE}.new"), f"{HOME}new"), *links]
    missing = year_missing(clock.now())
    said_ = missing or say(f"{PAGE}.known", year=calendar.years[-1])
    sign = "warning" if missing else ""
    return draw_list(
        request, PAGE, found, actions=actions, beside=[_acts()], events=past, said=said_, said_sign=sign
    )


def year_missing(now: datetime) -> str:
    """What to do about a year that begins within twelve months and has no calendar; empty while none does."""
    year = calendars.missing_year(now)
    return say(f"{PAGE}.year-missing", year=year) if year else ""


@administrator
def new(request: HttpRequest) -> HttpResponse:
    """A calendar act: first which open dates move, then the act."""

    def preview(given: Given) -> Preview:
        return moving.of_days(_rules(given), given.now)

    def do(given: Given) -> None:
        change_calendar(given.actor, given.clean["name"], _rules(given), reason=given.reason, now=given.now,
                        seen=given.entry, key=given.key)  # fmt: skip

    last = CalendarAct.objects.order_by("-no").values_list("no", flat=True).first() or 0
    fields = {"name": field(PAGE, "name"), "days": field(PAGE, "days", "rows", of=_columns())}
    return carry_out(request, Change(PAGE, "new", HOME, fields, do, preview=preview, seen=str(last)))


def _columns() -> dict[str, Field]:
    def choice(name: str, keys: tuple[str, ...]) -> Field:
        words = {key: {lang: say(f"{PAGE}.{key}", lang) for lang in LANGUAGES} for key in keys}
        return field(PAGE, name, "choice", choices=words)

    return {
        "day": field(PAGE, "day", "date"),
        "kind": choice("kind", ("off", "works", "ordinary")),
        "other": field(PAGE, "other", "date", required=False),
        "week": choice("week", ("both", "five", "six")),
    }


def _rules(given: Given) -> tuple[DayRule, ...]:
    """The rows as rules. Raises ActRefused `calendar-past`, `calendar-other`."""
    today = local(given.now).date()
    return tuple(_rule(row, given.clean["name"], today) for row in given.clean["days"])


def _rule(row: Mapping[str, Any], basis: str, today: date) -> DayRule:
    day = date.fromisoformat(row["day"])
    other = date.fromisoformat(row["other"]) if row.get("other") else None
    if day < today:
        raise refused("calendar-past", day=day, hint={"field": "days"})
    if row["kind"] == "works" and other is None:
        raise refused("calendar-other", day=day, hint={"field": "days"})
    weeks: Any = ("five", "six") if row["week"] == "both" else (row["week"],)
    name = "exchanged" if row["kind"] == "off" and other is not None else ""
    return DayRule(day=day, kind=row["kind"], basis=basis, name=name, other=other, weeks=weeks)


def _together(rules: Iterable[DayRule]) -> Iterator[DayRule]:
    """A rule that is the same for both weeks once."""
    for _, found in groupby(rules, key=lambda rule: rule.day):
        both = list(found)
        same = len(both) == 2 and replace(both[0], weeks=()) == replace(both[1], weeks=())
        yield from [replace(both[0], weeks=("five", "six"))] if same else both


def _cells(rule: DayRule) -> tuple[str | Cell, ...]:
    kind = say(f"{PAGE}.{rule.kind}")
    named = day_names().get(rule.name, {}).get(current_language(), "")
    if rule.other is not None:
        named = f"{named} ({said(rule.other.isoformat())})"
    weeks = say(f"{PAGE}.{'both' if len(rule.weeks) == 2 else rule.weeks[0]}")
    act = act_names().get(rule.basis, {}).get(current_language(), rule.basis)
    basis = f"{act} – {say(f'{PAGE}.unconfirmed')}" if rule.unconfirmed else act
    weekday = weekday_name(rule.day, current_language())  # type: ignore[arg-type]
    return said(rule.day.isoformat()), weekday, tag(kind, SIGNS[rule.kind]), named.strip(), weeks, basis


def _acts() -> Listing:
    rows = CalendarAct.objects.order_by("-no")
    heads = ("no", "act", "days", "applied", "dates")
    return listing(PAGE, heads, _rows(rows), title=say(f"{PAGE}.acts"), empty=say(f"{PAGE}.no-acts"))


def _rows(rows: Any) -> Iterator[tuple[str, tuple[str | Cell, ...]]]:
    for each in rows:
        days = ", ".join(said(rule["day"]) for rule in each.rules[:10])
        yield "", (str(each.no), each.name, days, said(each.applied_at.isoformat()), done(each))
