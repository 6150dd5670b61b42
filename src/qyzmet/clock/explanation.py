"""Why a date: each day of a term, counted or not, with the act behind it; in Kazakh, Russian, English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from qyzmet.clock.calendar import DayRule
from qyzmet.clock.national import act_names, day_names
from qyzmet.clock.reading import read_mapping

Language = Literal["kk", "ru", "en"]
LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")

# Codes a day may have; each has its sentence in texts.yaml.
Code = Literal[
    "counted", "works-as", "resumed", "minutes", "no-minutes", "pick-up", "no-pick-up",
    "weekend", "holiday", "moved", "exchanged", "closed", "suspended",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayReason:
    """One day of a term.

    counted: whether the day used up part of the term. code: why, for machines. facts: what the sentence
    names (numbers, `other` day as date, `name` id of a day off). basis: id of the act or its words;
    unconfirmed: why the basis is not certain, empty when it is.
    """

    date: date
    counted: bool
    code: Code
    facts: Mapping[str, Any] = field(default_factory=dict)
    basis: str = ""
    unconfirmed: str = ""

    def why(self, language: Language = "en") -> str:
        """The reason as a phrase, with the act in brackets and a mark where the basis is unconfirmed."""
        said = _texts()[self.code][language].format_map(
            {**_shown(self.facts, language), **_day(self.date, language)}
        )
        notes = [act_name(self.basis, language)] if self.basis else []
        if self.unconfirmed:
            notes.append(_texts()["unconfirmed"][language])
        return f"{said} ({'; '.join(notes)})" if notes else said

    def stored(self) -> dict[str, Any]:
        """The same as plain JSON values."""
        facts = {
            key: value.isoformat() if isinstance(value, date) else value for key, value in self.facts.items()
        }
        plain = {"date": self.date.isoformat(), "counted": self.counted, "code": self.code, "facts": facts}
        return {**plain, "basis": self.basis, "unconfirmed": self.unconfirmed}

    @classmethod
    def restored(cls, plain: Mapping[str, Any]) -> DayReason:
        """The reason that `stored` wrote."""
        facts = dict(plain["facts"])
        if "other" in facts:
            facts["other"] = date.fromisoformat(facts["other"])
        day = date.fromisoformat(plain["date"])
        return cls(day, plain["counted"], plain["code"], facts, plain["basis"], plain["unconfirmed"])


def day_off(day: date, rule: DayRule | None, weekly: bool) -> DayReason:
    """Why a day is off: the rule of an act, the weekly day off, or a door that is closed that weekday."""
    if rule is None or rule.kind != "off":
        code: Code = "weekend" if weekly else "closed"
        basis, unconfirmed = (rule.basis, rule.unconfirmed) if rule else ("", "")
        return DayReason(day, False, code, basis=basis, unconfirmed=unconfirmed)
    facts: dict[str, Any] = {"name": rule.name}
    if rule.other:
        facts["other"] = rule.other
    code = "holiday" if rule.other is None else "exchanged" if rule.name == "exchanged" else "moved"
    return DayReason(day, False, code, facts, rule.basis, rule.unconfirmed)


def act_name(basis: str, language: Language) -> str:
    """An act's name in that language; a deployment's own words stand for themselves."""
    act = act_names().get(basis)
    return act[language] if act else basis


def weekday_name(day: date, language: Language) -> str:
    """The weekday in that language, as written inside a sentence."""
    name: str = _texts()["weekdays"][language][day.weekday()]
    return name


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    return read_mapping(Path(__file__).with_name("texts.yaml"))


def _shown(facts: Mapping[str, Any], language: Language) -> dict[str, Any]:
    shown = {key: f"{value:%d.%m.%Y}" if isinstance(value, date) else value for key, value in facts.items()}
    if "name" in facts:
        shown["name"] = day_names().get(facts["name"], {}).get(language, facts["name"])
    return shown


def _day(day: date, language: Language) -> dict[str, Any]:
    return {"weekday": weekday_name(day, language), "date": f"{day:%d.%m.%Y}"}
