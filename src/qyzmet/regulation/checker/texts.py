"""Texts: each in three languages, none a copy of another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qyzmet.regulation.checker.parts import parts
from qyzmet.regulation.checker.subject import Subject
from qyzmet.regulation.findings import Finding
from qyzmet.regulation.model import Package, Text
from qyzmet.regulation.places import Path

__all__ = ["look", "unreviewed"]

_LANGUAGES = {"kk": "Kazakh", "ru": "Russian", "en": "English"}
_CYRILLIC = re.compile(r"[а-яёәғқңөұүһі]", re.IGNORECASE)
_WORD = re.compile(r"[а-яёәғқңөұүһі]{2,}", re.IGNORECASE)
_KAZAKH_ONLY = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)


def look(subject: Subject) -> Iterator[Finding]:
    """Empty words, sentences that are the same in two languages, English in Cyrillic."""
    for path, part in subject.parts:
        if isinstance(part, Text):
            yield from _text(subject, path, part)


def _text(subject: Subject, path: Path, text: Text) -> Iterator[Finding]:
    empty = [code for code in _LANGUAGES if not text.in_language(code).strip()]
    for code in empty:
        message = f"the {_LANGUAGES[code]} words are empty; write them"
        yield subject.error("missing-translation", (*path, code), message)
    if empty:
        return
    if text.kk.strip() == text.ru.strip() and len(_WORD.findall(text.kk)) >= 3:
        copied = "Russian" if _KAZAKH_ONLY.search(text.kk) else "Kazakh"
        message = f"the Kazakh and the Russian words are the same; translate into {copied}"
        yield subject.notice("untranslated", (*path, "kk"), message)
    if _CYRILLIC.search(text.en) and text.en.strip() in {text.kk.strip(), text.ru.strip()}:
        yield subject.notice("untranslated", (*path, "en"), "the English words are a copy; translate them")


def unreviewed(package: Package) -> int:
    """How many texts say `reviewed: false`."""
    return sum(isinstance(part, Text) and not part.reviewed for _, part in parts(package))
