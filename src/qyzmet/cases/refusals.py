"""Why an act is refused: a stable code, one sentence in three languages, the clause and what to do next.

The sentences stand in `refusals.yaml`; `{names}` in them are filled from the act.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from qyzmet.identity import said_date, said_moment

__all__ = ["ActRefused", "codes", "refused"]

Language = Literal["kk", "ru", "en"]
LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")


class ActRefused(Exception):
    """The act was not done and nothing changed.

    `code`: public and stable. `text`: language → the sentence. `clause`: what it rests on, if anything.
    `hint`: facts for the page (a step's id, the fields at fault, who changed it and when).
    """

    def __init__(
        self, code: str, text: Mapping[str, str], clause: str = "", hint: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(f"{code}: {text['en']}")
        self.code = code
        self.text = dict(text)
        self.clause = clause
        self.hint = dict(hint or {})

    @property
    def is_absence(self) -> bool:
        """Whether it must look like a case that does not exist."""
        return self.code == "not-found"


def refused(
    code: str, clause: str = "", *, hint: Mapping[str, Any] | None = None, **words: object
) -> ActRefused:
    """The refusal with this code, its sentences filled with `words`.

    A word given as a mapping of languages is filled in by language, a day or moment as Almaty clocks show it.
    Raises KeyError for an unknown code.
    """
    sentences = _sentences()[code]
    text: dict[str, str] = {
        lang: sentences[lang].format(**{k: _in(v, lang) for k, v in words.items()}) for lang in LANGUAGES
    }
    return ActRefused(code, text, clause, hint)


def codes() -> frozenset[str]:
    """Every code there is."""
    return frozenset(_sentences())


def _in(word: object, language: Language) -> object:
    if isinstance(word, datetime):
        return said_moment(word, language)
    if isinstance(word, date):
        return said_date(word, language)
    return word[language] if isinstance(word, Mapping) else word


@lru_cache(maxsize=1)
def _sentences() -> dict[str, dict[str, str]]:
    text = Path(__file__).with_name("refusals.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))
