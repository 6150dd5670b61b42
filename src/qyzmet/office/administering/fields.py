"""Fields of the administrator's forms: their words stand in the texts under `f-<name>`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from qyzmet.cases.deployment.administering import LONGEST
from qyzmet.pages.words import LANGUAGES, say, table
from qyzmet.regulation.model import Field

__all__ = ["Words", "everywhere", "field", "in_three", "names"]

Words = Mapping[str, str]


def field(
    page: str,
    name: str,
    kind: str = "text",
    *,
    required: bool = True,
    choices: Mapping[str, Words] | None = None,
    of: Mapping[str, Field] | None = None,
    most: int | None = LONGEST,
) -> Field:
    """One field; `choices` are value → words, `most` the longest a text may be."""
    said: dict[str, Any] = {"type": kind, "name": _words(page, f"f-{name}"), "required": required}
    if choices is not None:
        said["choices"] = {key: dict(words) for key, words in choices.items()}
    if of is not None:
        said["of"] = dict(of)
    if kind in ("text", "long-text") and most is not None:
        said["max"] = Decimal(most)
    help_ = _words(page, f"f-{name}-hint")
    return Field.model_validate({**said, "help": help_} if help_ else said)


def names(page: str, name: str) -> dict[str, Field]:
    """The same text asked in each language."""
    return {f"{name}-{language}": field(page, f"{name}-{language}") for language in LANGUAGES}


def in_three(clean: Mapping[str, Any], name: str) -> dict[str, str]:
    """What was answered to `names`."""
    return {language: str(clean.get(f"{name}-{language}", "")) for language in LANGUAGES}


def everywhere(text: str) -> dict[str, str]:
    """A text that is the same in every language: a code, a number, a name."""
    return dict.fromkeys(LANGUAGES, text)


def _words(page: str, key: str) -> dict[str, str] | None:
    """The section's own words, or those all sections share."""
    full = next((f"{p}.{key}" for p in (page, "admin") if f"{p}.{key}" in table()), None)
    if full is None:
        return None if key.endswith("-hint") else {each: say(f"{page}.{key}", each) for each in LANGUAGES}
    return {language: say(full, language) for language in LANGUAGES}
