"""The situations a case is filed in: channel, recipient and variants, as far as conditions ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from pydantic import BaseModel

from qyzmet.regulation.conditions import Condition, ConditionError, parse
from qyzmet.regulation.model import Package
from qyzmet.regulation.places import Path

__all__ = ["MOST", "Situation", "compiled", "decide", "situations"]

Parts = Iterable[tuple[Path, BaseModel]]

MOST = 64
"""More situations than this are looked at as one in which nothing is known."""


@dataclass(frozen=True)
class Situation:
    """What is known when a case is filed. `name` joins the options: `centre/duplicate`."""

    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return "/".join(str(value) for value in self.facts.values())

    @property
    def spoken(self) -> str:
        return ", ".join(f"{fact} {value}" for fact, value in self.facts.items()) or "any case"


def compiled(only: Any) -> Condition | None:
    """The condition, or None where there is none or it cannot be read (`facts` says so)."""
    if only is None:
        return None
    try:
        return parse(only)
    except ConditionError:
        return None


def decide(only: Any, facts: Mapping[str, object]) -> bool | None:
    """Whether it applies; None when facts that are not known yet settle it."""
    condition = compiled(only)
    if condition is None:
        return True if only is None else None
    return condition.decided(facts)


def situations(package: Package, inside: Parts) -> tuple[Situation, ...]:
    """All of them, or the one in which nothing is known when they would be too many."""
    dimensions = dict(_dimensions(package, inside))
    total = 1
    for options in dimensions.values():
        total *= len(options)
    if not 0 < total <= MOST:
        return (Situation(),)
    found = [dict(zip(dimensions, chosen, strict=True)) for chosen in product(*dimensions.values())]
    possible = [facts for facts in found if not _excluded(package, facts)]
    return tuple(Situation(facts) for facts in possible) or (Situation(),)


def _dimensions(package: Package, inside: Parts) -> Iterator[tuple[str, list[str]]]:
    asked = _asked(inside)
    if len(package.channels) > 1 or "channel" in asked:
        yield "channel", list(package.channels)
    for dimension, options in package.variants.items():
        if dimension in asked:
            yield dimension, list(options)
    if "recipient" in asked:
        yield "recipient", list(package.recipients)


def _asked(inside: Parts) -> set[str]:
    """The facts steps, moves, limits, terms and exits ask for."""
    found: set[str] = set()
    for path, part in inside:
        if not path or path[0] not in {"steps", "exits", "term"}:
            continue
        condition = compiled(getattr(part, "only", None))
        found |= condition.facts if condition else set()
    return found


def _excluded(package: Package, facts: Mapping[str, object]) -> bool:
    chosen = [
        package.variants[dimension][str(option)]
        for dimension, option in facts.items()
        if dimension in package.variants
    ]
    return any(decide(variant.only, facts) is False for variant in chosen)
