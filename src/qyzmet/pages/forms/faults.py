"""A fault of an answer as one sentence: what is wrong, why, and what to write instead."""

from __future__ import annotations

from typing import Any

from qyzmet.identity import IdentityError
from qyzmet.identity.errors import shown as shortened
from qyzmet.pages.words import current_language, say, table
from qyzmet.regulation.model import Field

__all__ = ["sentence"]

PICKED = {"choice", "choices", "yes-no"}
COUNTED = {"rows"}


def sentence(asked: Field, code: str, value: Any = None, language: str | None = None) -> str:
    """The sentence for a code of `cases.filing.answers` or of `identity`, in the language of the page."""
    language = language or current_language()
    name = asked.name.in_language(language)
    key = _key(asked, code)
    if key is not None:
        limit = asked.min if code == "min" else asked.max
        return say(key, language, name=name, limit="" if limit is None else f"{limit:f}".replace(".", ","))
    return IdentityError(code, given=shortened(str(value or ""))).text(language)  # type: ignore[arg-type]


def _key(asked: Field, code: str) -> str | None:
    kind = "picked" if asked.type in PICKED else "counted" if asked.type in COUNTED else asked.type
    for key in (f"faults.{code}-{kind}", f"faults.{code}"):
        if key in table():
            return key
    return None
