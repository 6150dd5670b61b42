"""JSON found inside a file anybody may have made: an object that can be walked, stored and shown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["DEEPEST", "said_in"]

DEEPEST = 50
"""How many levels the System's own files may have; none comes near, and what reads them goes down as far."""


def said_in(content: bytes) -> dict[str, Any]:
    """What the bytes say. Raises ValueError for what is no JSON, no object, or too deep to be walked, and for
    signs no page or database takes (halves of a character, NUL)."""
    try:
        said = json.loads(content)
    except RecursionError as problem:
        raise ValueError("nested too deep") from problem
    if not isinstance(said, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one error for whatever is not readable
    level: list[Any] = [said]
    for _ in range(DEEPEST):
        level = [each for value in level for each in _within(value)]
    if level:
        raise ValueError("nested too deep")
    if b"\\u0000" in json.dumps(said, ensure_ascii=False).encode():
        raise ValueError("NUL in a text")
    return said


def _within(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, list):
        yield from value
