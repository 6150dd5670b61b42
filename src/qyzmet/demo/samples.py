"""Answers and papers for any form and any step: lively, of the right type, and right to the check digit.

    samples = Samples(on=date(2019, 6, 3))
    form = samples.form(package, {"channel": "portal", "recipient": "individual"})

Words stand in samples.yaml by the id of a field. What a package asks and the file does not know gets
something its type allows. `given` overrides answers by field id: a company's number, an object's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from qyzmet.cases.laws import holds
from qyzmet.clock import ALMATY
from qyzmet.demo.world import world
from qyzmet.regulation.model import Field, Package

__all__ = ["Samples", "paper"]

NUMBERS = {"number", "money", "area"}
RELATIVE = re.compile(r"today(?:([+-]\d+))?")
Facts = Mapping[str, Any]


def paper(name: str) -> dict[str, Any]:
    """A scanned document as an application names it."""
    return {"name": f"{name}.pdf", "size": 40_960, "sha256": hashlib.sha256(name.encode()).hexdigest()}


@dataclass(frozen=True)
class Samples:
    """Answers as people give them on the day `on`."""

    on: date
    given: Mapping[str, Any] = field(default_factory=dict)

    def form(self, package: Package, facts: Facts) -> dict[str, Any]:
        """Answers to the required questions of a form, earlier answers deciding what is asked later."""
        known = dict(facts)
        form: dict[str, Any] = {}
        for section in package.form.values():
            if holds(section.only, known):
                form |= self.answers(section.fields, known, "form.")
        return form

    def facts_of(self, package: Package, form: Facts) -> dict[str, Any]:
        """Answers as the facts conditions read."""
        fields = {key: f for section in package.form.values() for key, f in section.fields.items()}
        return {f"form.{key}": _fact(fields[key], value) for key, value in form.items()}

    def output(self, fields: Mapping[str, Field], facts: Facts, step: str = "") -> dict[str, Any]:
        """What a step records."""
        return self.answers(fields, dict(facts), f"output.{step}.")

    def documents(
        self, package: Package, facts: Facts, without: frozenset[str] = frozenset()
    ) -> dict[str, Any]:
        """Every paper the service may ask for, but for those left out."""
        return {
            key: [paper(key)]
            for key, document in package.documents.items()
            if key not in without and holds(document.only, facts)
        }

    def answers(self, fields: Mapping[str, Field], known: dict[str, Any], prefix: str) -> dict[str, Any]:
        """Answers to the required fields that apply; each becomes a fact in `known` under `prefix`."""
        found: dict[str, Any] = {}
        for key, asked in fields.items():
            if (asked.required or key in self.given) and holds(asked.only, known):
                found[key] = self.answer(key, asked)
                known[prefix + key] = _fact(asked, found[key])
        return found

    def answer(self, key: str, asked: Field, inside: str = "") -> Any:
        """One answer; `inside` is the field whose column this is."""
        place = f"{inside}.{key}" if inside else key
        if place in self.given:
            return self.given[place]
        if asked.type == "rows":
            row = {k: self.answer(k, f, place) for k, f in (asked.of or {}).items() if f.required}
            return [dict(row) for _ in range(max(1, int(asked.min or 1)))]
        if asked.type in NUMBERS:
            return self._number(place, asked)
        if asked.type in {"date", "moment"}:
            return self._day(place, asked.type)
        if asked.type in {"choice", "choices"}:
            first = next(iter(asked.choices or {}))
            return first if asked.type == "choice" else [first]
        return _words()["lines"].get(place) or _BY_TYPE.get(asked.type, _text)(place, asked)

    def _number(self, place: str, asked: Field) -> str:
        value = Decimal(str(_words()["numbers"].get(place, 1)))
        low = value if asked.min is None else max(value, asked.min)
        return f"{low if asked.max is None else min(low, asked.max):f}"

    def _day(self, place: str, kind: str) -> str:
        words = str(_words()["dates"].get(place, "today"))
        relative = RELATIVE.fullmatch(words)
        day = date.fromisoformat(words) if relative is None else self.on + timedelta(int(relative[1] or 0))
        return day.isoformat() if kind == "date" else datetime.combine(day, time(10), ALMATY).isoformat()


def _fact(asked: Field, value: Any) -> Any:
    return Decimal(str(value)) if asked.type in NUMBERS else value


def _text(place: str, asked: Field) -> str:
    return str(_words()["words"].get(place) or asked.name.kk)


def _address(place: str, asked: Field) -> str:
    return str(_words()["words"].get(place) or _words()["words"]["address"])


_BY_TYPE: dict[str, Callable[[str, Field], Any]] = {
    "address": _address,
    "yes-no": lambda _place, _asked: False,
    "consent": lambda _place, _asked: True,
    "iin": lambda _place, _asked: world().people[0].iin,
    "bin": lambda _place, _asked: world().companies[0].bin,
    "iin-or-bin": lambda _place, _asked: world().people[1].iin,
    "iban": lambda _place, _asked: "KZ24070105KSN0000000",
    "cadastral-number": lambda _place, _asked: "20-313-010-256",
    "phone": lambda _place, _asked: "+7 701 123 45 67",
    "email": lambda _place, _asked: "alia@example.kz",
    "person": lambda _place, _asked: {"surname": "Ысқақова", "given-name": "Әлия"},
    "file": lambda place, _asked: paper(place),
}


@cache
def _words() -> dict[str, dict[str, Any]]:
    text = Path(__file__).with_name("samples.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))
