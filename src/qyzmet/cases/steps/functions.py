"""Named functions that check and effect steps run: `documents.complete`, `equity.unit_is_free`.

A room registers its own by name, so that cases need not import it:

    @register("documents.complete")
    def complete(call: Call) -> Verdict: ...

A function runs inside the act's transaction: it may read and write the database and the act's journal, and
may not use the network. What it finds is kept with the case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qyzmet.cases import rows
from qyzmet.cases.models import Case, Filing
from qyzmet.cases.transaction import Act
from qyzmet.regulation.model import Package, Step

__all__ = ["Call", "Function", "Verdict", "find", "lent", "register"]


@dataclass(frozen=True, slots=True)
class Call:
    """What a function is given. `with_` are the step's own settings; `facts` the facts of
    docs/language.md; `recorded` reads what the completed steps recorded."""

    act: Act
    case: Case
    package: Package
    step_id: str
    step: Step
    facts: Mapping[str, Any]
    recorded: Callable[[], Mapping[str, Mapping[str, Any]]]
    now: datetime

    @property
    def with_(self) -> Mapping[str, str]:
        """The step's settings for the function."""
        return self.step.with_

    @property
    def outputs(self) -> Mapping[str, Mapping[str, Any]]:
        """What each completed step recorded."""
        return self.recorded()

    @property
    def papers(self) -> Filing:
        """What the recipient said and gave."""
        return rows.select(Filing, "WHERE case_id = %s", [self.case.pk])[0]

    def argument(self, key: str) -> Any:
        """What a setting of the step stands for: an answer (`form.area`), something a step recorded
        (`output.survey.area`), another fact, or else the words themselves. None when it is not given."""
        named = self.with_.get(key)
        if named is None:
            return None
        if named.startswith("form."):
            return self.papers.form.get(named.removeprefix("form."))
        if named.startswith("output."):
            step, _, field_ = named.removeprefix("output.").rpartition(".")
            return self.outputs.get(step, {}).get(field_)
        return self.facts.get(named, named)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a function says: the step's outcome, findings item by item, and what the step records."""

    outcome: str
    findings: Sequence[Mapping[str, Any]] = ()
    output: Mapping[str, Any] = field(default_factory=dict)


Function = Callable[[Call], Verdict]
_registered: dict[str, Function] = {}


def register(name: str) -> Callable[[Function], Function]:
    """Give a function its name. Raises ValueError when another has it."""

    def give(function: Function) -> Function:
        if _registered.get(name, function) is not function:
            raise ValueError(f"two functions are called {name!r}; rename one")
        _registered[name] = function
        return function

    return give


def find(name: str) -> Function | None:
    """The function of that name, or None when it is not installed."""
    return _registered.get(name)


@contextmanager
def lent(functions: Mapping[str, Function]) -> Iterator[None]:
    """Let functions stand in for those no room has registered, as long as the block lasts."""
    missing = {name: function for name, function in functions.items() if name not in _registered}
    _registered.update(missing)
    try:
        yield
    finally:
        for name in missing:
            del _registered[name]
