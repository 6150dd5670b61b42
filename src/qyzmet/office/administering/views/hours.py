"""Office hours: the product's by the acts, the deployment's laid over them, and the dates a change moves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from qyzmet.cases.acts import administering as acts
from qyzmet.cases.acts.administering.change_hours import own_entries
from qyzmet.cases.dates import calendars
from qyzmet.cases.deployment import overlays
from qyzmet.cases.models import HoursAct
from qyzmet.cases.refusals import refused
from qyzmet.clock import Hours, OpenDay
from qyzmet.office.administering import moving
from qyzmet.office.administering.changing import Change, Given, Preview, carry_out
from qyzmet.office.administering.fields import field
from qyzmet.office.administering.gate import administrator
from qyzmet.office.administering.history import events, said
from qyzmet.office.administering.hours_names import hours_name
from qyzmet.office.administering.listing import Cell, Listing, Thing, draw_list, draw_thing, listing, tag
from qyzmet.pages.templatetags.words import clause
from qyzmet.pages.words import LANGUAGES, current_language, say
from qyzmet.people.models import Organisation
from qyzmet.regulation.model import Field

__all__ = ["change", "hours", "named", "new"]

PAGE = "admin-hours"
HOME = "/office/admin/hours/"
SPAN = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})\s*[-–—]\s*([0-9]{1,2})[:.]([0-9]{2})", re.ASCII)


@administrator
def hours(request: HttpRequest) -> HttpResponse:
    """Every name there is, and what was changed."""
    own, book = own_entries(), calendars.current().hours
    kept = {each: Organisation.objects.filter(hours=each, closed_at__isnull=True).count() for each in book}
    rows = (
        (
            f"{HOME}{name}",
            (_named(name), _week(book[name]), _short(book[name]), str(kept[name]), _whose(name in own)),
        )
        for name in book
    )
    found = listing(PAGE, ("name", "week", "days", "bodies", "whose"), rows)
    return draw_list(request, PAGE, found, actions=[(say(f"{PAGE}.new"), f"{HOME}new")], beside=[_changes()])


@administrator
def named(request: HttpRequest, name: str) -> HttpResponse:
    """The hours of one name by weekday."""
    row = _found(name)
    facts = [
        (say("admin.f-code"), Cell(name)),
        (say("admin.f-week"), Cell(_week(row))),
        *(
            (say(f"{PAGE}.f-{day}"), Cell(_spans(one) or say(f"{PAGE}.off")))
            for day, one in zip(calendars.WEEKDAYS, row.days, strict=True)
        ),
        (say("admin.f-receives"), Cell(say(f"{PAGE}.{'any-time' if row.any_time else 'in-hours'}"))),
        (say("admin.f-cite"), Cell(clause(row.cite))),
        (say(f"{PAGE}.whose"), _whose(name in own_entries())),
    ]
    past = events(
        "system", {"hours.changed", "hours.recomputed"}, lambda data: bool(data.get("name") == name)
    )
    actions = [(say(f"{PAGE}.change"), f"{HOME}{name}/change")]
    return draw_thing(request, PAGE, Thing(hours_name(name), facts, actions, [_bodies(name)], past))


@administrator
def change(request: HttpRequest, name: str) -> HttpResponse:
    """Change the hours of a name: first which open dates move, then the act."""
    row = _found(name)
    first = {day: _spans(one) for day, one in zip(calendars.WEEKDAYS, row.days, strict=True)}
    first |= {"week": row.week, "cite": row.cite, "receives": "any-time" if row.any_time else "in-hours"}
    title = f"{say(f'{PAGE}.change')}: {hours_name(name)}"
    return carry_out(request, _change("change", f"{HOME}{name}", lambda _: name, _fields(), first, title))


@administrator
def new(request: HttpRequest) -> HttpResponse:
    """Hours under a new name; no date rests on them yet."""
    fields = {"name": field(PAGE, "name", most=60), **_fields()}
    first = {"week": "five", "receives": "in-hours"}

    def name(given: Given) -> str:
        if given.clean["name"] in calendars.current().hours:
            raise refused("organisation-there", hint={"field": "name"})
        return str(given.clean["name"])

    return carry_out(request, _change("new", HOME, name, fields, first, ""))


def _change(  # noqa: PLR0917 - the parts of the form, in its order
    verb: str, back: str, name: Any, fields: dict[str, Field], first: Any, title: str
) -> Change:
    def preview(given: Given) -> Preview:
        return moving.of_hours(name(given), _entry(given.clean), given.now)

    def do(given: Given) -> str:
        called = name(given)
        acts.change_hours(given.actor, called, _entry(given.clean), reason=given.reason, now=given.now,
                          seen=given.seen, key=given.key)  # fmt: skip
        return f"{HOME}{called}"

    seen = overlays.version(calendars.own_hours())
    return Change(PAGE, verb, back, fields, do, title=title, first=first, preview=preview, seen=seen)


def _fields() -> dict[str, Field]:
    def choice(name: str, keys: tuple[str, ...]) -> Field:
        words = {key: {lang: say(f"{PAGE}.{key}", lang) for lang in LANGUAGES} for key in keys}
        return field(PAGE, name, "choice", choices=words)

    days = {day: field(PAGE, day, required=False, most=60) for day in calendars.WEEKDAYS}
    return {
        "week": choice("week", ("five", "six")),
        **days,
        "receives": choice("receives", ("in-hours", "any-time")),
        "cite": field(PAGE, "cite"),
    }


def _entry(clean: Mapping[str, Any]) -> dict[str, Any]:
    """As hours.yaml writes it. Raises ActRefused `hours-span` beside the day it cannot read."""
    days = {day: _day(clean[day], day) for day in calendars.WEEKDAYS if clean.get(day)}
    said_ = {"week": clean["week"], "days": days, "cite": clean["cite"]}
    return {**said_, "receives": "any-time"} if clean["receives"] == "any-time" else said_


def _day(words: str, day: str) -> dict[str, Any]:
    faces: list[str] = []
    for part in re.split(r"[,;]", words):
        found = SPAN.fullmatch(part.strip())
        if found is None or int(found[1]) > 23 or int(found[3]) > 23:
            raise refused("hours-span", hint={"field": day})
        faces += [f"{int(found[1]):02d}:{found[2]}", f"{int(found[3]):02d}:{found[4]}"]
    if faces != sorted(set(faces)):
        raise refused("hours-span", hint={"field": day})
    entry: dict[str, Any] = {"opens": faces[0], "closes": faces[-1]}
    return {**entry, "break": faces[1:-1]} if faces[1:-1] else entry


def _spans(day: OpenDay | None) -> str:
    return ", ".join(f"{a:%H:%M}–{b:%H:%M}" for a, b in day.intervals) if day else ""


def _short(row: Hours) -> str:
    """Weekdays of the same hours together: `дс–жм 09:00–18:30`."""
    parts: list[tuple[str, list[str]]] = []
    for day, one in zip(calendars.WEEKDAYS, row.days, strict=True):
        text = _spans(one)
        if parts and parts[-1][0] == text:
            parts[-1][1].append(day)
        else:
            parts.append((text, [day]))
    named_ = ((text, [say(f"{PAGE}.short-{day}") for day in days]) for text, days in parts if text)
    return "; ".join(f"{days[0]}{f'–{days[-1]}' if len(days) > 1 else ''} {text}" for text, days in named_)


def _named(name: str) -> Cell:
    called = hours_name(name)
    return Cell(called, note=name if name != called else "")


def _week(row: Hours) -> str:
    return say(f"{PAGE}.{row.week}")


def _whose(own: bool) -> Cell:
    return tag(say(f"{PAGE}.own"), "open") if own else tag(say(f"{PAGE}.by-act"), "past")


def _found(name: str) -> Hours:
    book = calendars.current().hours
    if name not in book:
        raise Http404
    return book[name]


def _bodies(name: str) -> Listing:
    rows = Organisation.objects.filter(hours=name, closed_at__isnull=True).order_by("id")
    cells = ((f"/office/admin/bodies/{o.pk}", (o.name(current_language()),)) for o in rows)
    return listing(PAGE, ("body",), cells, title=say(f"{PAGE}.bodies"), empty=say(f"{PAGE}.no-bodies"))


def _changes() -> Listing:
    rows = HoursAct.objects.select_related("organisation").order_by("-no")[:20]
    cells = (
        (f"{HOME}{each.name}" if each.name in calendars.current().hours else "",
         (str(each.no), _about(each), each.reason[:80], said(each.applied_at.isoformat()), done(each)))
        for each in rows
    )  # fmt: skip
    heads = ("no", "about", "reason", "applied", "dates")
    return listing(PAGE, heads, cells, title=say(f"{PAGE}.changes"), empty=say(f"{PAGE}.no-changes"))


def _about(change_: HoursAct) -> str:
    body = change_.organisation
    return body.name(current_language()) if body else hours_name(change_.name)


def done(change_: Any) -> Cell:
    """Whether the open dates have followed."""
    if change_.finished_at is None:
        return tag(say("admin.recomputing"), "soon")
    return tag(say("admin.recomputed", count=change_.moved), "done")
