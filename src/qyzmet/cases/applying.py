"""Whether a piece of a package applies to a case: its condition over the facts, and the facts it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from qyzmet.regulation.conditions import Condition, parse
from qyzmet.regulation.model import Only

__all__ = ["asked_for", "compiled", "holds", "number"]

Facts = Mapping[str, Any]


def holds(only: Only | None, facts: Facts) -> bool:
    """Whether a thing applies."""
    return only is None or _parsed_once(only).holds(facts)


_conditions_kept: dict[int, tuple[Only, Condition]] = {}


def _parsed_once(only: Only) -> Condition:
    """The condition of a place in a package, which lives as long as what is kept here."""
    kept = _conditions_kept.get(id(only))
    if kept is None or kept[0] is not only:
        kept = _conditions_kept[id(only)] = (only, parse(only))
    return kept[1]


def number(value: Any) -> Decimal | None:
    """A number as it was typed; what is none is empty, and the form's own check says so."""
    try:
        read = None if value is None else Decimal(str(value).replace(",", "."))
    except (InvalidOperation, ValueError):
        return None
    return read if read is not None and read.is_finite() else None


def compiled(only: Only | None) -> Condition | None:
    """A condition ready to be asked; None where there is none."""
    return None if only is None else parse(only)


def asked_for(part: Any) -> set[str]:
    """The facts that the conditions anywhere in a piece of a package ask for."""
    names: set[str] = set()
    for only in _conditions(part):
        names |= parse(only).facts
    return names


def _conditions(part: Any) -> Iterator[Only]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "only" and value is not None:
                yield value
            else:
                yield from _conditions(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _conditions(value)
