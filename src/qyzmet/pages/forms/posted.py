"""What a browser posts, as answers: still as typed, in the shape `cases.filing.answers` reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from qyzmet import clock, identity
from qyzmet.regulation.model import Field

__all__ = ["live_facts", "posted", "rows_command"]

DAY = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})")
MOMENT = re.compile(r"(.+?)[,T ]\s*(\d{1,2})[:.](\d{2})")
MOST_ROWS = 200
NUMBERS = {"number", "money", "area"}
TRUTH = {"yes": True, "no": False}


class Posted(Protocol):
    """Posted data (`request.POST`)."""

    def get(self, name: str) -> Any: ...
    def getlist(self, name: str) -> list[Any]: ...
    def __contains__(self, name: str) -> bool: ...


def posted(fields: Mapping[str, Field], data: Posted, prefix: str = "") -> dict[str, Any]:
    """Answers by field as typed, with dates ISO where they can be read.

    Rows with nothing in them are left out. A field the page did not ask is absent; one left empty is None, so
    that laying it over older answers empties it.
    """
    found: dict[str, Any] = {}
    for name, asked in fields.items():
        html = prefix + name
        if asked.type == "rows":
            if f"{html}.count" in data:
                found[name] = [
                    row for row in _rows(asked, data, html) if any(_filled(v) for v in row.values())
                ]
        elif f"{html}.asked" in data or html in data:
            found[name] = _value(asked, data, html)
    return found


def _rows(asked: Field, data: Posted, html: str) -> list[dict[str, Any]]:
    try:
        count = min(int(data.get(f"{html}.count")), MOST_ROWS)
    except (TypeError, ValueError):
        count = 0
    return [posted(asked.of or {}, data, f"{html}[{n}].") for n in range(count)]


def _filled(value: Any) -> bool:
    return value not in (None, "", [], {})


def _value(asked: Field, data: Posted, html: str) -> Any:
    if asked.type == "choices":
        return list(data.getlist(html)) or None
    typed = str(data.get(html) or "").replace("\x00", "")
    if asked.type == "yes-no":
        return TRUTH.get(typed)
    if asked.type == "consent":
        return typed == "yes" or None
    if asked.type == "date":
        return _day(typed)
    if asked.type == "moment":
        return _moment(typed)
    return typed if typed.strip() else None


def _day(typed: str) -> str | None:
    words = typed.strip()
    if not words:
        return None
    parts = DAY.fullmatch(words)
    try:
        return date(int(parts[3]), int(parts[2]), int(parts[1])).isoformat() if parts else words
    except ValueError:
        return words


def _moment(typed: str) -> str | None:
    words = typed.strip()
    parts = MOMENT.fullmatch(words)
    if not parts:
        return words or None
    try:
        day = date.fromisoformat(_day(parts[1]) or "")
        face = datetime(day.year, day.month, day.day, int(parts[2]), int(parts[3]), tzinfo=clock.ALMATY)
    except ValueError:
        return words
    return face.isoformat()


def rows_command(fields: Mapping[str, Field], data: Posted, prefix: str = "") -> dict[str, Any] | None:
    """What the page shows after a row was added or taken away; None when neither button was pressed.

    The buttons are `add` (value: the field) and `remove` (value: `field.number`). A new row comes back as an
    empty mapping, which `posted` leaves out unless it is filled.
    """
    add, remove = data.get("add"), data.get("remove")
    if not (add or remove):
        return None
    given = posted(fields, data, prefix)
    for name, asked in fields.items():
        html = prefix + name
        if asked.type == "rows" and f"{html}.count" in data:
            rows = _rows(asked, data, html)
            if add == html:
                rows.append({})
            given[name] = [row for n, row in enumerate(rows) if remove != f"{html}.{n}"]
    return given


def live_facts(fields: Mapping[str, Field], given: Mapping[str, Any], under: str = "form") -> dict[str, Any]:
    """Answers as conditions read them (`form.has-telecom`); a number that cannot be read is no fact."""
    facts: dict[str, Any] = {}
    for name, value in given.items():
        asked = fields.get(name)
        if asked is None or not _filled(value):
            continue
        if asked.type in NUMBERS:
            number = _number(value)
            if number is not None:
                facts[f"{under}.{name}"] = number
        elif asked.type != "rows":
            facts[f"{under}.{name}"] = value
    return facts


def _number(value: Any) -> Decimal | None:
    try:
        return identity.read_decimal(str(value))
    except identity.IdentityError:
        return None
