"""Parameters and pick-up times: dated values, what each rests on, and when somebody last checked it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import yaml
from django.http import Http404, HttpRequest, HttpResponse

from qyzmet.cases.acts import administering as acts
from qyzmet.cases.dates import clocks
from qyzmet.cases.deployment import overlays, own_parameters
from qyzmet.cases.refusals import refused
from qyzmet.clock import local
from qyzmet.config import clock
from qyzmet.office.administering.changing import Change, Given, carry_out
from qyzmet.office.administering.fields import field
from qyzmet.office.administering.gate import administrator
from qyzmet.office.administering.history import events, said
from qyzmet.office.administering.listing import Cell, Listing, Thing, draw_list, draw_thing, listing, tag
from qyzmet.pages.templatetags.words import clause
from qyzmet.pages.words import LANGUAGES, current_language, say
from qyzmet.regulation.model import Field
from qyzmet.regulation.parameters import Parameter
from qyzmet.regulation.printing.words import term_words

__all__ = ["parameter", "parameters", "set_value"]

PAGE = "admin-parameters"
HOME = "/office/admin/parameters/"
STATUSES = {"confirmed": "done", "unconfirmed": "soon", "sample": "held"}
LONGEST_ROWS = 10_000


@administrator
def parameters(request: HttpRequest) -> HttpResponse:
    """Every parameter with the value that holds today."""
    today = local(clock.now()).date()
    rows = ((f"{HOME}{name}", _cells(row, today)) for name, row in sorted(clocks.parameters().items()))
    return draw_list(request, PAGE, listing(PAGE, ("name", "value", "since", "checked", "status"), rows))


@administrator
def parameter(request: HttpRequest, name: str) -> HttpResponse:
    """One parameter: all its values, those to come among them."""
    row = _found(name)
    unit = row.unit.in_language(current_language()) if row.unit else ""
    own = own_parameters.holds(name)
    facts = [
        (say("admin.f-code"), Cell(name)),
        (say(f"{PAGE}.type"), Cell(say(f"{PAGE}.type-{row.type}"))),
        (say(f"{PAGE}.unit"), Cell(unit)),
        (say("admin.f-cite"), Cell(clause(row.cite))),
        (
            say(f"{PAGE}.whose"),
            tag(say(f"{PAGE}.own"), "open") if own else tag(say(f"{PAGE}.shipped"), "past"),
        ),
    ]
    past = events("system", {"parameter.set"}, lambda data: bool(data.get("name") == name))
    actions = [(say(f"{PAGE}.set"), f"{HOME}{name}/set")]
    title = row.name.in_language(current_language())
    return draw_thing(request, PAGE, Thing(title, facts, actions, [_values(row)], past))


@administrator
def set_value(request: HttpRequest, name: str) -> HttpResponse:
    """A value from a day on; the same day again puts it right or confirms it."""
    row, today = _found(name), local(clock.now()).date()
    entry = row.on(today) or row.values[-1]

    def do(given: Given) -> None:
        clean = given.clean
        until = date.fromisoformat(clean["until"]) if clean.get("until") else None
        acts.set_parameter(
            given.actor,
            name,
            _read(row, clean["value"]),
            since=date.fromisoformat(clean["since"]),
            until=until,
            reference=clean["reference"],
            status=clean["status"],
            backwards=bool(clean.get("backwards")),
            reason=given.reason,
            now=given.now,
            seen=given.seen,
            key=given.key,
        )

    first = {
        "value": _typed(entry.value),
        "since": today.isoformat(),
        "reference": entry.reference,
        "status": entry.status,
    }
    change = Change(
        PAGE,
        "set",
        f"{HOME}{name}",
        _fields(row),
        do,
        title=f"{say(f'{PAGE}.set')}: {row.name.in_language(current_language())}",
        first=first,
        seen=overlays.version(own_parameters.file_of(name)),
    )
    return carry_out(request, change)


def _fields(row: Parameter) -> dict[str, Field]:
    statuses = {key: {lang: say(f"{PAGE}.{key}", lang) for lang in LANGUAGES} for key in STATUSES}
    kind, most = ("long-text", LONGEST_ROWS) if row.type == "rows" else ("text", 300)
    return {
        "value": field(PAGE, f"value-{row.type}", kind, most=most),
        "since": field(PAGE, "since", "date"),
        "until": field(PAGE, "until", "date", required=False),
        "reference": field(PAGE, "reference"),
        "status": field(PAGE, "status", "choice", choices=statuses),
        "backwards": field(PAGE, "backwards", "consent", required=False),
    }


def _read(row: Parameter, typed: str) -> Any:
    """A value as the files write it. Raises ActRefused `parameter-faulty`; what is left the file's own
    check says."""
    words = typed.strip()
    if row.type == "count":
        return int(words) if re.fullmatch(r"[0-9]{1,9}", words) else words
    if row.type == "decimal":
        return re.sub(r"\s", "", words).replace(",", ".")
    if row.type == "times":
        return [f"{part.strip():0>5}" for part in re.split(r"[,;]", words)]
    if row.type == "day":
        day = re.fullmatch(r"(\d{2})\.(\d{2})\.(\d{4})", words, re.ASCII)
        try:
            return date(int(day[3]), int(day[2]), int(day[1])) if day else words
        except ValueError:
            return words
    return _rows(words) if row.type == "rows" else words


def _rows(words: str) -> Any:
    try:
        return yaml.safe_load(words)
    except yaml.YAMLError as problem:
        place = getattr(problem, "problem_mark", None)
        where = f"{place.line + 1}:{place.column + 1}" if place else "1:1"
        raise refused("parameter-faulty", why=where, hint={"field": "value"}) from problem


def _typed(value: Any) -> str:
    plain = own_parameters.plain(value)
    if isinstance(plain, date):
        return f"{plain:%d.%m.%Y}"
    if isinstance(plain, list) and plain and isinstance(plain[0], dict):
        return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=1000)
    return ", ".join(plain) if isinstance(plain, list) else str(plain)


def _shown(row: Parameter, value: Any) -> str:
    plain = own_parameters.plain(value)
    if row.type == "term":
        language: Any = current_language()
        return term_words(plain, language)
    if isinstance(plain, list) and plain and isinstance(plain[0], dict):
        return say(f"{PAGE}.lines", count=len(plain))
    return said(plain.isoformat() if isinstance(plain, date) else plain)


def _cells(row: Parameter, today: date) -> tuple[str | Cell, ...]:
    name, entry = row.name.in_language(current_language()), row.on(today)
    if entry is None:
        return name, tag(say(f"{PAGE}.none-today"), "late"), "", "", ""
    unit = f" {row.unit.in_language(current_language())}" if row.unit else ""
    since, checked = said(entry.from_.isoformat()), said(entry.checked.isoformat())
    return name, f"{_shown(row, entry.value)}{unit}", since, checked, _status(entry.status)


def _status(status: str) -> Cell:
    return tag(say(f"{PAGE}.{status}"), STATUSES[status])


def _values(row: Parameter) -> Listing:
    rows = (
        (
            "",
            (
                said(e.from_.isoformat()),
                said(e.to.isoformat()) if e.to else "–",
                _shown(row, e.value),
                e.reference,
                said(e.checked.isoformat()),
                _status(e.status),
            ),
        )
        for e in reversed(row.values)
    )
    heads = ("since", "until", "value", "reference", "checked", "status")
    return listing(PAGE, heads, rows, title=say(f"{PAGE}.values"))


def _found(name: str) -> Parameter:
    row = clocks.parameters().get(name)
    if row is None:
        raise Http404
    return row
