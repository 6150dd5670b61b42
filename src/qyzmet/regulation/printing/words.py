"""Numbers, terms and the fixed words of everything printed, in Kazakh, Russian and English.

Kazakh keeps the noun in the singular after a numeral; Russian has three forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from qyzmet.clock import Term, parse_term
from qyzmet.regulation.datafile import read_law

__all__ = [
    "LANGUAGES",
    "Language",
    "any_of",
    "counted",
    "has_words",
    "number",
    "say",
    "term_words",
    "times_a_day",
]

Language = Literal["kk", "ru", "en"]
LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")

Forms = tuple[str, ...]
_UNITS: dict[str, dict[Language, Forms]] = {
    "working-day": {
        "kk": ("жұмыс күні",),
        "ru": ("рабочий день", "рабочих дня", "рабочих дней"),
        "en": ("working day", "working days"),
    },
    "hour": {"kk": ("сағат",), "ru": ("час", "часа", "часов"), "en": ("hour", "hours")},
    "minute": {"kk": ("минут",), "ru": ("минута", "минуты", "минут"), "en": ("minute", "minutes")},
    "step": {"kk": ("қадам",), "ru": ("шаг", "шага", "шагов"), "en": ("step", "steps")},
    "actor": {
        "kk": ("қатысушы",),
        "ru": ("участник", "участника", "участников"),
        "en": ("actor", "actors"),
    },
    "copy": {"kk": ("дана",), "ru": ("экземпляр", "экземпляра", "экземпляров"), "en": ("copy", "copies")},
}

_FILE = Path(__file__).with_name("words.yaml")


@lru_cache(maxsize=1)
def _said() -> dict[str, dict[Language, str]]:
    return read_law(_FILE)


def say(key: str, lang: Language, **values: object) -> str:
    """Fixed words in a language, with what stands in them."""
    return _said()[key][lang].format(**values)


def has_words(key: str) -> bool:
    """Whether there are fixed words under this key."""
    return key in _said()


def counted(count: int, unit: str, lang: Language) -> str:
    """A number with its noun in the right form: 1 рабочий день, 2 рабочих дня, 5 рабочих дней."""
    forms = _UNITS[unit][lang]
    return f"{count} {forms[_form(count, lang) if len(forms) > 1 else 0]}"


def _form(count: int, lang: Language) -> int:
    if lang == "en":
        return 0 if count == 1 else 1
    tens, ones = count % 100, count % 10
    if 11 <= tens <= 14 or ones == 0 or ones >= 5:
        return 2
    return 0 if ones == 1 else 1


def term_words(term: str | Term, lang: Language) -> str:
    """A term of the law in words: `3 working days` → 3 жұмыс күні, 3 рабочих дня."""
    read = parse_term(term) if isinstance(term, str) else term
    if read.unit == "pick-up":
        return times_a_day(len(read.times), lang)
    return counted(read.count, read.unit, lang)


def times_a_day(count: int, lang: Language) -> str:
    """How often a day, in words."""
    if lang == "kk":
        return f"күніне {count} рет"
    if lang == "ru":
        return f"{count} {('раз', 'раза', 'раз')[_form(count, 'ru')]} в день"
    return {1: "once a day", 2: "twice a day"}.get(count, f"{count} times a day")


def number(value: Decimal | int, lang: Language) -> str:
    """A number as the language writes it: 3,2 and 1 618 in Kazakh and Russian."""
    plain = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if lang == "en":
        return plain
    return plain.replace(",", "\u00a0").replace(".", ",")


def any_of(words: Sequence[str], lang: Language) -> str:
    """`a`, `a or b`, `a, b or c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {say('or', lang)} {words[-1]}"
