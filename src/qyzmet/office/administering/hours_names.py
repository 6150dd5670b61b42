"""Sets of office hours by name: the product's in the language of the page, a deployment's own by its id."""

from __future__ import annotations

from qyzmet.office.administering.fields import everywhere
from qyzmet.pages.words import LANGUAGES, current_language, say, table

__all__ = ["hours_name", "hours_names"]


def hours_names(name: str) -> dict[str, str]:
    """What a set of hours is called, in three languages."""
    key = f"admin-hours.set-{name}"
    return {language: say(key, language) for language in LANGUAGES} if key in table() else everywhere(name)


def hours_name(name: str) -> str:
    """What a set of hours is called, in the language of the page."""
    return hours_names(name)[current_language()]
