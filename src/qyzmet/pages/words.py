"""The words of the pages: one table of texts, each in Kazakh, Russian and English.

A text lives in `texts/<page>.yaml` (of this room, `portal` or `office`) under a key and is found as
`<page>.<key>`. Values are put in by name (`{count}`); a text with plurals is written per CLDR category
(`one`, `few`, `many`, `other`) and chosen by the value called `count`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from babel import Locale
from django.utils.translation import get_language

__all__ = ["LANGUAGES", "UnknownWords", "current_language", "say", "table"]

LANGUAGES = ("kk", "ru", "en")
ROOMS = ("pages", "portal", "office")


class UnknownWords(KeyError):
    """A page asks for a text that is in no table."""


def current_language() -> str:
    """The language of the page being made: 'kk', 'ru' or 'en'."""
    language = (get_language() or "kk")[:2]
    return language if language in LANGUAGES else "kk"


def say(key: str, language: str | None = None, /, **values: Any) -> str:
    """The text of a key with its values put in. Raises UnknownWords."""
    language = language or current_language()
    try:
        found = table()[key][language]
    except KeyError:
        page = key.partition(".")[0]
        raise UnknownWords(f"no {language} text for {key!r}; add it to texts/{page}.yaml") from None
    if isinstance(found, dict):
        category = Locale(language).plural_form(values["count"])
        found = found.get(category, found["other"])
    return str(found.format(**values) if values else found)


@cache
def table() -> dict[str, dict[str, Any]]:
    """Every text of the house by key; read once."""
    found: dict[str, dict[str, Any]] = {}
    for room in ROOMS:
        folder = files(f"qyzmet.{room}") / "texts"
        if not folder.is_dir():
            continue
        for page in sorted(folder.iterdir(), key=lambda p: p.name):
            name = page.name.removesuffix(".yaml")
            if name != page.name:
                texts = yaml.safe_load(page.read_text(encoding="utf-8")) or {}
                found |= {f"{name}.{key}": words for key, words in texts.items()}
    return found
