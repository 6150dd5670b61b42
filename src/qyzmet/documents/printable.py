"""Text as a printer can take it: words that fit between two breaks, signs that fonts can draw."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["broken", "drawn"]

LONGEST_WORD = 200
BREAK = "\u200b"
LONG = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")
"""A word as long as the page is read nowhere; one of tens of thousands of signs no PDF can hold."""
UNSURE = re.compile(
    r"[^\t\n\r\u0020-\u007e\u00a0-\u024f\u0370-\u0373\u0386-\u03ce\u0400-\u052f\u200b\u2010-\u2026\u202f-\u203a\u20ac\u20b8\u2116\u2212]"
)
"""Whatever is not Latin, Greek, Cyrillic or their punctuation."""
BOX = "\u25a1"


def broken(data: Mapping[str, Any]) -> dict[str, Any]:
    """The content with a place to break inside every overlong word."""
    return _each(data, lambda text: LONG.sub(lambda word: word[0] + BREAK, text))


def drawn(data: Mapping[str, Any]) -> dict[str, Any]:
    """The content with a box for every sign of which one cannot be sure that it can be drawn."""
    return _each(data, lambda text: UNSURE.sub(BOX, text))


def _each(data: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    # The code's drawing and address are ours, and the drawing has no spaces to count.
    return {key: value if key == "verify" else _within(value, change) for key, value in data.items()}


def _within(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _within(each, change) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_within(each, change) for each in value]
    return value
