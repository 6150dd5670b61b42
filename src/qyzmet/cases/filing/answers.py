"""Answers checked against the fields that ask for them: an application's form, what a step records.

`read` gives the answers in the one form that is stored (numbers as exact text, dates ISO) and every fault at
once, each by the field's name (`children[2].iin`) and a code: `required`, `unknown`, `type`, `choice`, `min`,
`max`, or the code of `identity` for a number that cannot be right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings

from qyzmet import identity
from qyzmet.cases.filing.shapes import is_file
from qyzmet.cases.laws import holds
from qyzmet.regulation.model import Field

__all__ = ["Answers", "read"]

LONGEST = 10_000
MOST_BITS = 128
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,18}[0-9]")


Reader = Callable[[Field, Any], Any]


class Answers(NamedTuple):
    """`clean` holds what was asked for and applies; `faults` field → code."""

    clean: dict[str, Any]
    faults: dict[str, str]


class _Fault(Exception):
    """Faults of one answer: place within it → code."""

    def __init__(self, places: dict[str, str]) -> None:
        super().__init__(places)
        self.places = places


def read(fields: Mapping[str, Field], given: Mapping[str, Any], facts: Mapping[str, Any]) -> Answers:
    """Check answers; a field whose `only` does not hold is not asked, and an answer to it is dropped."""
    clean: dict[str, Any] = {}
    faults = {name: "unknown" for name in given if name not in fields}
    for name, asked in fields.items():
        if not holds(asked.only, facts):
            continue
        value = given.get(name)
        if value is None or value in ("", [], {}):
            if asked.required and asked.unless is None:
                faults[name] = "required"
            continue
        try:
            clean[name] = _one(asked, value, facts)
        except _Fault as problem:
            faults |= {name + place: code for place, code in problem.places.items()}
        except identity.IdentityError as problem:
            faults[name] = problem.code
    return Answers(clean, faults)


def _one(asked: Field, value: Any, facts: Mapping[str, Any]) -> Any:
    if asked.type == "rows":
        return _rows(asked, value, facts)
    reader: Reader = _READERS.get(asked.type, _text)
    return reader(asked, value)


def _fault(code: str) -> _Fault:
    return _Fault({"": code})


def _text(asked: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise _fault("type")
    if len(value) > LONGEST:
        raise _fault("max")
    if not value.strip():
        raise _fault("required")
    return value.strip()


def _number(asked: Field, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | str | float | Decimal):
        raise _fault("type")
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise _fault("max")
    number = identity.read_decimal(str(value))
    if asked.min is not None and number < asked.min:
        raise _fault("min")
    if asked.max is not None and number > asked.max:
        raise _fault("max")
    return f"{number:f}"


def _yes_no(asked: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _fault("type")
    if asked.type == "consent" and asked.required and not value:
        raise _fault("required")
    return value


def _choice(asked: Field, value: Any) -> str:
    if not isinstance(value, str) or value not in (asked.choices or {}):
        raise _fault("choice")
    return value


def _choices(asked: Field, value: Any) -> list[str]:
    if not isinstance(value, list):
        raise _fault("type")
    return [_choice(asked, each) for each in value]


def _date(asked: Field, value: Any) -> str:
    try:
        return (value if isinstance(value, date) else date.fromisoformat(value)).isoformat()
    except (TypeError, ValueError) as problem:
        raise _fault("type") from problem


def _moment(asked: Field, value: Any) -> str:
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (TypeError, ValueError) as problem:
        raise _fault("type") from problem
    if moment.tzinfo is None:
        raise _fault("type")
    return moment.isoformat()


def _matching(pattern: re.Pattern[str]) -> Callable[[Field, Any], str]:
    def reader(asked: Field, value: Any) -> str:
        text = _text(asked, value)
        if not pattern.fullmatch(text):
            raise _fault("type")
        return text

    return reader


def _iin(asked: Field, value: Any) -> str:
    return identity.read_iin(_text(asked, value), test_ids=not settings.PRODUCTION)


def _bin(asked: Field, value: Any) -> str:
    return identity.read_bin(_text(asked, value), test_ids=not settings.PRODUCTION)


def _iin_or_bin(asked: Field, value: Any) -> str:
    return _bin(asked, value) if identity.looks_like(_text(asked, value)) == "bin" else _iin(asked, value)


def _iban(asked: Field, value: Any) -> str:
    return identity.read_account(_text(asked, value))


def _plot(asked: Field, value: Any) -> str:
    return identity.read_cadastral_number(_text(asked, value)).normalised


def _described(asked: Field, value: Any) -> Any:
    """An address or person: words, or words by part."""
    if isinstance(value, str):
        return _text(asked, value)
    if isinstance(value, dict) and all(isinstance(part, str) for part in value.values()):
        return {str(key): part.strip() for key, part in value.items()}
    raise _fault("type")


def _file(asked: Field, value: Any) -> Any:
    files = value if isinstance(value, list) else [value]
    if not all(is_file(each) for each in files):
        raise _fault("type")
    return value


def _rows(asked: Field, value: Any, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise _fault("type")
    if asked.min is not None and len(value) < asked.min:
        raise _fault("min")
    if asked.max is not None and len(value) > asked.max:
        raise _fault("max")
    answers = [read(asked.of or {}, row, facts) for row in value]
    faults = {f"[{n}].{at}": code for n, row in enumerate(answers) for at, code in row.faults.items()}
    if faults:
        raise _Fault(faults)
    return [row.clean for row in answers]


_READERS: dict[str, Reader] = {
    "number": _number,
    "money": _number,
    "area": _number,
    "yes-no": _yes_no,
    "consent": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "date": _date,
    "moment": _moment,
    "iin": _iin,
    "bin": _bin,
    "iin-or-bin": _iin_or_bin,
    "iban": _iban,
    "cadastral-number": _plot,
    "phone": _matching(PHONE),
    "email": _matching(EMAIL),
    "address": _described,
    "person": _described,
    "file": _file,
}
