"""The words of exported pages (`texts.yaml`): a key → kk, ru, en."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["LANGUAGES", "say"]

LANGUAGES = ("kk", "ru", "en")


def say(key: str, **values: object) -> dict[str, str]:
    """The text of a key by language, values put in. Raises KeyError for an unknown key."""
    return {language: text.format(**values) for language, text in _texts()[key].items()}


@cache
def _texts() -> dict[str, dict[str, Any]]:
    return dict(yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8")))
