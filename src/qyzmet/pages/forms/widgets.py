"""Fields as what a page draws: label, hint, value as typed, choices, rows, and the fault beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qyzmet import clock
from qyzmet.cases.laws import holds
from qyzmet.pages.forms.faults import sentence
from qyzmet.pages.forms.shown import shown
from qyzmet.pages.words import current_language, say, table
from qyzmet.regulation.model import Field

__all__ = ["Choice", "Fault", "Form", "Row", "Widget"]

LONG_LIST = 8
KINDS = {
    "long-text": "long", "address": "long", "yes-no": "radios", "choice": "radios", "choices": "checks",
    "consent": "consent", "rows": "rows", "file": "file",
}  # fmt: skip
KEYBOARDS = {
    "number": "decimal", "money": "decimal", "area": "decimal", "iin": "numeric", "bin": "numeric",
    "iin-or-bin": "numeric", "date": "numeric", "phone": "tel", "email": "email",
}  # fmt: skip
COMPLETES = {"phone": "tel", "email": "email", "address": "street-address"}
SHORT = {"number", "money", "area", "iin", "bin", "iin-or-bin", "date", "moment", "phone"}


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    id: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of the error summary: where it leads and what it says."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of `rows`, `number` counted from 1; `remove` is what its button posts."""

    number: int
    remove: str
    widgets: tuple[Widget, ...]


@dataclass(frozen=True, slots=True)
class Widget:
    """One field to draw, under its input's `name`.

    `kind`: text, long, radios, select, checks, consent, rows, file.
    """

    kind: str
    type: str
    name: str
    id: str
    label: str
    help: str
    required: bool
    error: str
    cite: str
    text: str = ""
    keyboard: str = ""
    completes: str = ""
    short: bool = False
    choices: tuple[Choice, ...] = ()
    rows: tuple[Row, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def target(self) -> str:
        """The id of what takes the focus: the first choice of a group, otherwise the input itself."""
        if self.choices and self.kind in ("radios", "checks"):
            return self.choices[0].id
        return self.id

    @property
    def described(self) -> str:
        """`aria-describedby`: the ids of hint and fault, those that are there."""
        parts = [f"{self.id}-hint"] if self.help else []
        return " ".join([*parts, f"{self.id}-error"] if self.error else parts)


class Form:
    """The fields that apply, ready to draw. `faults` are those of `forms.check`, by name and code.

    `torn`: answers another tab has kept otherwise, by field; the page says so beside each.
    `prefix` parts the inputs of two forms on one page; `forms.posted` takes the same.
    """

    def __init__(
        self,
        fields: Mapping[str, Field],
        given: Mapping[str, Any],
        facts: Mapping[str, Any],
        faults: Mapping[str, str] | None = None,
        prefix: str = "",
        *,
        torn: Mapping[str, Any] | None = None,
    ) -> None:
        self.facts, self.faults, self.prefix, self.torn = facts, dict(faults or {}), prefix, torn or {}
        self.widgets = tuple(self._widgets(fields, given, ""))

    @property
    def errors(self) -> list[Fault]:
        """The error summary, in the order of the page."""
        return list(_errors(self.widgets))

    def _widgets(self, fields: Mapping[str, Field], given: Mapping[str, Any], under: str) -> Iterator[Widget]:
        for name, asked in fields.items():
            if holds(asked.only, self.facts):
                yield self._widget(asked, given.get(name), under + name)

    def _widget(self, asked: Field, value: Any, place: str) -> Widget:
        code = self.faults.get(place)
        html, language, inside = self.prefix + place, current_language(), "[" in place
        id_ = _id(html)
        return Widget(
            kind=_kind(asked, inside),
            type=asked.type,
            name=html,
            id=id_,
            label=asked.name.in_language(language),
            help=_help(asked, language),
            required=asked.required and asked.unless is None,
            error=self._error(asked, place, code, value),
            cite=asked.cite or "",
            text=typed(asked, value),
            keyboard=KEYBOARDS.get(asked.type, ""),
            completes="" if inside else COMPLETES.get(asked.type, ""),
            short=asked.type in SHORT,
            choices=tuple(_choices(asked, value, id_, language)),
            rows=tuple(self._rows(asked, value, place)) if asked.type == "rows" else (),
            files=tuple(str(each["name"]) for each in value or ()) if asked.type == "file" else (),
        )

    def _error(self, asked: Field, place: str, code: str | None, value: Any) -> str:
        if place in self.torn:
            kept = shown(asked, self.torn[place])
            return say("faults.torn", name=asked.name.in_language(current_language()), kept=kept.line)
        return sentence(asked, code, value, current_language()) if code else ""

    def _rows(self, asked: Field, value: Any, place: str) -> Iterator[Row]:
        rows: Sequence[Mapping[str, Any]] = value or ([{}] if asked.required else [])
        for n, row in enumerate(rows):
            inputs = self._widgets(asked.of or {}, row, f"{place}[{n}].")
            yield Row(n + 1, f"{self.prefix}{place}.{n}", tuple(inputs))


def typed(asked: Field, value: Any) -> str:
    """An answer as it stands in its input: dates as people write them, everything else as typed."""
    if value is None or isinstance(value, bool | list):
        return ""
    if isinstance(value, Mapping):
        return ", ".join(str(part) for part in value.values() if part)
    try:
        if asked.type == "date":
            return f"{date.fromisoformat(str(value)):%d.%m.%Y}"
        if asked.type == "moment":
            return f"{clock.local(datetime.fromisoformat(str(value))):%d.%m.%Y %H:%M}"
    except (ValueError, clock.ClockError):
        return str(value)
    return str(value)


def _kind(asked: Field, inside: bool) -> str:
    if asked.type == "choice" and (inside or len(asked.choices or {}) > LONG_LIST):
        return "select"
    return KINDS.get(asked.type, "text")


def _help(asked: Field, language: str) -> str:
    parts = [asked.help.in_language(language)] if asked.help else []
    if f"forms.hint-{asked.type}" in table():
        parts.append(say(f"forms.hint-{asked.type}", language))
    if asked.unless is not None:
        parts.append(say("forms.from-database", language))
    return ". ".join(part.rstrip(".") for part in parts)


def _choices(asked: Field, value: Any, id_: str, language: str) -> Iterator[Choice]:
    if asked.type == "yes-no":
        for word, truth in (("yes", True), ("no", False)):
            yield Choice(word, say(f"frame.{word}", language), f"{id_}-{word}", value is truth)
    elif asked.type == "consent":
        yield Choice("yes", asked.name.in_language(language), id_, value is True)
    elif asked.type in ("choice", "choices"):
        picked = value if isinstance(value, list) else [value]
        for key, words in (asked.choices or {}).items():
            yield Choice(key, words.in_language(language), f"{id_}-{key}", key in picked)


def _errors(widgets: Sequence[Widget]) -> Iterator[Fault]:
    for widget in widgets:
        if widget.error:
            yield Fault(widget.target, widget.error)
        for row in widget.rows:
            yield from _errors(row.widgets)


def _id(html: str) -> str:
    return html.replace("[", "-").replace("].", "-").replace("]", "").replace(".", "-")
