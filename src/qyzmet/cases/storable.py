"""What can be kept at all: text any database takes, exact JSON, and not more of it than an act needs.

Every act asks this of what it was given, before it changes anything. Files are not sent in acts: they are
kept as blobs and named by their digests.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from qyzmet.cases.refusals import refused

__all__ = ["LONGEST_KEY", "check_key", "check_storable"]

DEEPEST = 30
LARGEST = 4_000_000
LONGEST_KEY = 64
LAST_INTEGER = 2**63


def check_storable(given: Any) -> None:
    """Raise ActRefused `unstorable` (NUL, half a character, NaN, a number beyond 64 bits) or `too-large`."""
    left = LARGEST
    waiting = [(given, 0)]
    while waiting:
        value, depth = waiting.pop()
        left -= 1
        if isinstance(value, str):
            left -= len(value)
            _text(value)
        elif isinstance(value, Mapping):
            waiting += [(each, depth + 1) for pair in value.items() for each in pair]
        elif isinstance(value, list | tuple | set | frozenset):
            waiting += [(each, depth + 1) for each in value]
        elif isinstance(value, int):
            _number(-LAST_INTEGER <= value < LAST_INTEGER)
        elif isinstance(value, float):
            _number(math.isfinite(value))
        if left < 0 or depth > DEEPEST:
            raise refused("too-large")


def check_key(key: str) -> None:
    """Raise ActRefused `key-unfit` for an idempotency key that is empty or longer than 64 characters."""
    if not 0 < len(key) <= LONGEST_KEY:
        raise refused("key-unfit", most=LONGEST_KEY)
    _text(key)


def _text(value: str) -> None:
    # Plain ASCII, by far the most of it, cannot hold half a character.
    if "\0" in value or not (value.isascii() or _whole(value)):
        raise refused("unstorable")


def _whole(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _number(kept: bool) -> None:
    if not kept:
        raise refused("unstorable")
