"""What can be said of a condition while only some facts are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["Facts", "Part", "Test", "decided", "joined"]

Facts = Mapping[str, object]
Test = Callable[[Facts], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """A test with the facts it needs, or parts joined by `and`, `or`, `not`."""

    kind: Literal["test", "and", "or", "not"]
    facts: frozenset[str]
    test: Test | None = None
    parts: tuple[Part, ...] = ()


def joined(kind: Literal["and", "or", "not"], parts: list[Part]) -> Part:
    """Parts under one word."""
    if len(parts) == 1 and kind != "not":
        return parts[0]
    return Part(kind, frozenset().union(*(part.facts for part in parts)), None, tuple(parts))


def decided(part: Part, facts: Facts) -> bool | None:
    """True or False when the known facts settle it, None when the others might."""
    if part.test is not None:
        return part.test(facts) if all(name in facts for name in part.facts) else None
    answers = [decided(inner, facts) for inner in part.parts]
    if part.kind == "not":
        return None if answers[0] is None else not answers[0]
    settles = part.kind == "or"
    if settles in answers:
        return settles
    return None if None in answers else not settles
