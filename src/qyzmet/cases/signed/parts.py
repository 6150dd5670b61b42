"""Signed bytes against what is done: which parts differ, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from qyzmet.cases.refusals import ActRefused, refused

__all__ = ["differing", "not_this"]

LANGUAGES = ("kk", "ru", "en")


def differing(said: Mapping[str, Any], done: Mapping[str, Any]) -> list[str]:
    """The parts of what is done that the signed bytes say otherwise, or do not say."""
    return [key for key, value in done.items() if key not in said or said[key] != value]


def not_this(parts: Iterable[str], clause: str = "") -> ActRefused:
    """The refusal `signature-not-this`, naming the parts that differ."""
    names = list(parts)
    words = {lang: ", ".join(_words()[each][lang] for each in names) for lang in LANGUAGES}
    return refused("signature-not-this", clause, parts=words, hint={"differs": names})


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    text = Path(__file__).with_name("parts.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))
