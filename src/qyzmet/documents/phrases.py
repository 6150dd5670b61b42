"""The words of documents: `texts.yaml`, and what its {names} stand for in a case."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from qyzmet import clock
from qyzmet.documents.content import Words
from qyzmet.documents.sources import Source
from qyzmet.identity import written_moment
from qyzmet.regulation.clause_words import clause_in_words
from qyzmet.regulation.model import Text

__all__ = ["LANGUAGES", "clause_words", "each", "facts", "paragraphs", "texts", "words_of"]

LANGUAGES: tuple[clock.Language, ...] = ("kk", "ru", "en")


@cache
def texts() -> dict[str, Any]:
    """What the file says."""
    return dict(yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8")))


def words_of(text: Text) -> dict[str, str]:
    """A text of a package in three languages."""
    return {lang: text.in_language(lang) for lang in LANGUAGES}


def clause_words(cite: str) -> dict[str, str]:
    """A citation as people read it, in three languages."""
    return {lang: clause_in_words(cite, lang) for lang in LANGUAGES}


def each(words: Words, **facts: Any) -> dict[str, str]:
    """A text of the file, filled in every language."""
    return {lang: words[lang].format(**facts) for lang in LANGUAGES}


def paragraphs(
    said: Mapping[str, list[str]] | None, known: Mapping[clock.Language, Mapping[str, str]]
) -> dict[str, Any]:
    """Paragraphs of the file by language, filled, without those that say nothing; nothing where the file has
    none."""
    if said is None:
        return {}
    filled = {lang: (line.format(**known[lang]) for line in said[lang]) for lang in LANGUAGES}
    return {lang: tuple(filter(None, lines)) for lang, lines in filled.items()}


def facts(source: Source) -> dict[clock.Language, dict[str, str]]:
    """What stands in texts, by language."""
    return {lang: _facts(source, lang) for lang in LANGUAGES}


def _facts(source: Source, lang: clock.Language) -> dict[str, str]:
    case, package = source.case, source.law.package
    step = source.law.step(source.token.step) if source.token else None
    outcome = source.said.get("outcome", "")
    moves = step.then.get(outcome) if step else None
    label = moves[0].name.in_language(lang) if moves and moves[0].name else outcome
    said = {
        "service": package.name.in_language(lang),
        "issuer": source.issuer.name(lang),
        "number": case.number or case.ref,
        "received": written_moment(case.received_at, lang),
        "registered": written_moment(case.registered, lang) if case.registered else "",
        "exit": source.ending.name.in_language(lang) if source.ending else "",
        "step": step.name.in_language(lang) if step else "",
        "outcome": label,
    }
    return said | {"because": _because(source, said, lang)}


def _because(source: Source, said: Mapping[str, str], lang: clock.Language) -> str:
    """Why the application is registered then; nothing where it ended before that."""
    if source.case.registered is None:
        return ""
    later = "because-later" if source.case.registered > source.case.received_at else "because-at-once"
    return str(texts()[later][lang].format(**said))
