"""What is known of a condition before a case exists, and the cases a graph is followed for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from qyzmet.regulation.conditions import parse
from qyzmet.regulation.model import Only, Package

__all__ = ["kinds_of_case", "rule_text", "settled"]


def settled(only: Only | None, facts: Mapping[str, object]) -> bool | None:
    """Whether a condition holds for what is known; None when that depends on what is not."""
    if only is None:
        return True
    parts: list[Only] = [{fact: value} for fact, value in only.items()] if isinstance(only, dict) else [only]
    answers = [_answer(part, facts) for part in parts]
    if False in answers:
        return False
    return None if None in answers else True


def _answer(part: Only, facts: Mapping[str, object]) -> bool | None:
    condition = parse(part)
    return condition.holds(facts) if condition.facts <= facts.keys() else None


def kinds_of_case(
    package: Package, channels: Iterable[str], facts: Mapping[str, object]
) -> Iterator[dict[str, object]]:
    """Every mix of way in and variant that these facts leave open."""
    dimensions = {
        name: [facts[name]] if name in facts else list(options) for name, options in package.variants.items()
    }
    for channel, *chosen in product(channels, *dimensions.values()):
        case = {**facts, "channel": channel, **dict(zip(dimensions, chosen, strict=True))}
        if all(_offered(package, name, str(case[name]), case) for name in dimensions):
            yield case


def _offered(package: Package, dimension: str, option: str, case: Mapping[str, object]) -> bool:
    variant = package.variants[dimension].get(option)
    return variant is not None and settled(variant.only, case) is not False


def rule_text(only: Only) -> str:
    """A condition as one expression."""
    return only if isinstance(only, str) else " and ".join(_fact(fact, value) for fact, value in only.items())


def _fact(fact: str, value: object) -> str:
    if isinstance(value, list):
        return f"{fact} in [{', '.join(map(_literal, value))}]"
    return f"{fact} == {_literal(value)}"


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else f"'{value}'"
