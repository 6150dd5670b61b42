"""How facts and values are compared.

Words, numbers and true/false are never equal to one another; numbers are compared exactly. A fact that is not
there is empty, and so is one without words or values: equal to nothing, in nothing, neither less nor more.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

__all__ = ["comparable", "listed", "ordered", "stands"]

_YES, _NO = object(), object()


def comparable(value: object) -> Any:
    """A value as it is compared: None when empty, true and false apart from 1 and 0, days as words."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal) and value.is_nan():
        return None  # no number: empty, as what cannot be read as one
    return value if isinstance(value, int | Decimal) else None


def listed(value: object) -> frozenset[Any]:
    """The values of a list as they are compared; nothing for what is no list."""
    if isinstance(value, list | tuple | set | frozenset):
        return frozenset(comparable(item) for item in value) - {None}
    return frozenset()


def stands(value: object) -> bool:
    """Whether a fact alone holds: neither empty, false nor 0."""
    if isinstance(value, list | tuple | set | frozenset | dict):
        return len(value) > 0
    plain = comparable(value)
    return plain is not None and plain is not _NO and plain != 0


def ordered(compare: Callable[[Any, Any], bool], a: Any, b: Any) -> bool:
    """Less or more, between two numbers or two words as `comparable` gives them; else False."""
    alike = isinstance(a, str) and isinstance(b, str)
    return compare(a, b) if alike or (_number(a) and _number(b)) else False


def _number(value: object) -> bool:
    return isinstance(value, int | Decimal)
