"""Answers in words: what a summary list, a case page or a receipt says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qyzmet import identity
from qyzmet.pages.words import current_language, say
from qyzmet.regulation.model import Field

__all__ = ["Shown", "shown"]

UNREADABLE = (identity.IdentityError, ValueError, TypeError)


@dataclass(frozen=True, slots=True)
class Shown:
    """`text` of a single answer, or a table: `heads` and `rows` of texts."""

    text: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def __str__(self) -> str:
        return self.text

    @property
    def line(self) -> str:
        """All of it on one line; a dash for nothing."""
        return self.text or "; ".join(", ".join(filter(None, row)) for row in self.rows) or "–"

    @property
    def empty(self) -> bool:
        """Whether nothing was answered."""
        return not self.text and not self.rows


def shown(asked: Field, value: Any, language: str | None = None) -> Shown:
    """An answer as stored or as typed; what cannot be read is shown as it was typed."""
    language = language or current_language()
    if asked.type == "rows":
        columns = asked.of or {}
        heads = tuple(column.name.in_language(language) for column in columns.values())
        rows = tuple(
            tuple(str(shown(column, row.get(key), language)) for key, column in columns.items())
            for row in value or ()
            if isinstance(row, Mapping)
        )
        return Shown(heads=heads, rows=rows)
    if value is None or value in ("", [], {}):
        return Shown()
    try:
        return Shown(_text(asked, value, language))
    except UNREADABLE:
        return Shown(str(value))


def _text(asked: Field, value: Any, language: str) -> str:
    if isinstance(value, bool):
        return say("frame.yes" if value else "frame.no", language)
    if asked.type in ("choice", "choices"):
        names = asked.choices or {}
        picked = value if isinstance(value, list) else [value]
        return ", ".join(names[each].in_language(language) if each in names else str(each) for each in picked)
    if asked.type == "date":
        return identity.written_date(date.fromisoformat(value), _known(language))
    if asked.type == "moment":
        return identity.written_moment(datetime.fromisoformat(value), _known(language))
    if asked.type == "money":
        return str(identity.Money.of_tenge(str(value)))
    if asked.type == "area":
        return identity.Area.of_m2(str(value)).in_m2(_known(language))
    if asked.type == "number":
        return identity.written(identity.read_decimal(str(value)))
    if asked.type == "iban":
        return identity.in_groups(identity.read_account(str(value)))
    if asked.type == "file":
        files = value if isinstance(value, list) else [value]
        return ", ".join(str(each["name"]) for each in files)
    if isinstance(value, Mapping):
        return ", ".join(str(part) for part in value.values() if part)
    return str(value)


def _known(language: str) -> Any:
    return language
