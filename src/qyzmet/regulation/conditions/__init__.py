"""Conditions (`only`): parsed once, compiled to closures, never run as Python.

A condition is a mapping of facts to the value or values it holds for, or one expression with `and`, `or`,
`not`, `in`, comparisons, literals, lists and facts. `scanner` lets through nothing else, Python's own grammar
gives the tree, `compiler` turns the few kinds of node there may be into closures, `values` says how facts are
compared, `partial` what holds while only some are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from qyzmet.regulation.conditions.compiler import Expression, Facts, Test
from qyzmet.regulation.conditions.errors import ConditionError
from qyzmet.regulation.conditions.partial import Part, decided, joined
from qyzmet.regulation.conditions.scanner import FACT
from qyzmet.regulation.conditions.values import comparable, listed

__all__ = ["Condition", "ConditionError", "Facts", "parse"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition.

    `facts` are the facts it asks for; `compared` pairs a fact with a word it is compared with, so that a
    misspelt value can be pointed at.
    """

    text: str
    facts: frozenset[str]
    compared: frozenset[tuple[str, str]]
    _test: Test
    _parts: Part

    def holds(self, facts: Facts) -> bool:
        """Whether it holds for these facts, given by their names in the language (`form.plot-area`)."""
        return self._test(facts)

    def decided(self, facts: Facts) -> bool | None:
        """Whether it holds when no other fact is known; None if one of those might settle it."""
        return decided(self._parts, facts)


def parse(only: str | Mapping[str, Any]) -> Condition:
    """Read a mapping or an expression. Raises ConditionError with the column of what is wrong."""
    return _from_mapping(only) if isinstance(only, Mapping) else _from_expression(only)


@lru_cache(maxsize=4096)
def _from_expression(text: str) -> Condition:
    expression = Expression(text)
    return Condition(
        text, expression.facts, frozenset(expression.compared), expression.test, expression.parts
    )


def _from_mapping(only: Mapping[str, Any]) -> Condition:
    if not only:
        raise ConditionError("the condition names no fact; name one, or remove `only`")
    wanted: list[tuple[str, frozenset[Any]]] = []
    for name, values in only.items():
        if not FACT.fullmatch(name):
            raise ConditionError(f"`{name[:60]}` is not the name of a fact; write it as `form.plot-area`")
        chosen = values if isinstance(values, list | tuple) else [values]
        if not chosen or any(comparable(value) is None for value in chosen):
            raise ConditionError(f"`{name}` has no value to be compared with; write one")
        wanted.append((name, listed(chosen)))
    compared = {(name, value) for name, values in wanted for value in values if isinstance(value, str)}
    text = " and ".join(f"{name}: {only[name]}" for name, _ in wanted)
    parts = [Part("test", frozenset({name}), _all_among([(name, values)])) for name, values in wanted]
    return Condition(text, frozenset(only), frozenset(compared), _all_among(wanted), joined("and", parts))


def _all_among(wanted: list[tuple[str, frozenset[Any]]]) -> Test:
    if len(wanted) == 1:
        [(only_name, only_values)] = wanted
        return lambda facts: comparable(facts.get(only_name)) in only_values
    return lambda facts: all(comparable(facts.get(name)) in values for name, values in wanted)
