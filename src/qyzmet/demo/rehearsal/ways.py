"""Which way a rehearsed case takes: its door, its variant, who applies, and the ending it heads for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import Any

from qyzmet import clock
from qyzmet.cases.laws import holds
from qyzmet.cases.steps import functions
from qyzmet.demo.rehearsal.script import CannotRehearse, Script
from qyzmet.demo.samples import Samples
from qyzmet.regulation.engine import NoPath, Program, compile_package, find_path
from qyzmet.regulation.findings import suggest
from qyzmet.regulation.model import Package

__all__ = [
    "ACCOUNT_STANDS",
    "COMPLETE",
    "NEEDS",
    "SMOOTH",
    "Way",
    "Wish",
    "allowed_outcomes",
    "choose_way",
    "outcomes",
]

COMPLETE = "documents.complete"
NEEDS = "needs.met"
ACCOUNT_STANDS = {"accounts.open": False, "accounts.change": True, "accounts.close": True}
"""Whether an account has to be there already for the register to do this."""
SMOOTH = {"check": "passed", "effect": "done"}


@dataclass(frozen=True)
class Wish:
    """What was asked for; left open, the first that fits is taken."""

    channel: str | None = None
    variant: Mapping[str, str] = field(default_factory=dict)
    outcome: str | None = None


@dataclass(frozen=True)
class Way:
    """One way through a service.

    `outcome`: an exit, or a ground on which the case is suspended from outside. `aim`: the exit the steps
    head for (None: whichever comes). `spoilt`: the functions that are to find something wrong.
    """

    channel: str
    variant: dict[str, str]
    recipient: str
    outcome: str
    aim: str | None
    spoilt: frozenset[str] = frozenset()

    def facts(self) -> dict[str, Any]:
        """What is known before the form is filled in."""
        return {"channel": self.channel, "recipient": self.recipient, **self.variant}


def outcomes(package: Package) -> dict[str, str]:
    """Everything a case can be led to, with its kind: each exit, and each suspension ground from outside."""
    found = {key: exit_.kind for key, exit_ in package.exits.items()}
    outside = {key: "suspension from outside" for key, ground in package.suspensions.items() if ground.by}
    return outside | found


def choose_way(script: Script, wish: Wish, samples: Samples, at: datetime) -> Way:
    """The first way that fits the wish, in the order the package has them. Raises CannotRehearse."""
    package = script.package
    _known(package, wish)
    outcome = wish.outcome or _usual(package)
    if wish.outcome is None and (wish.channel or wish.variant):
        for each in (k for k, kind in outcomes(package).items() if kind in {"positive", "neutral"}):
            found = next(_ways(script, wish, each, samples, at), None)
            if found is not None:
                return found
    found = next(_ways(script, wish, outcome, samples, at), None)
    if found is None:
        raise CannotRehearse(_impossible(script, wish, outcome, samples, at))
    return found


def _known(package: Package, wish: Wish) -> None:
    known = outcomes(package)
    for word, choices, what in (
        (wish.channel, package.channels, "way in"),
        (wish.outcome, known, "outcome"),
    ):
        if word is not None and word not in choices:
            hint = suggest(word, choices) or f"; it has {', '.join(choices)}"
            raise CannotRehearse(f"{package.service} has no {what} called {word[:60]!r}{hint}")


def _usual(package: Package) -> str:
    kinds = outcomes(package)
    return next((key for key, kind in kinds.items() if kind == "positive"), next(iter(package.exits)))


def _impossible(script: Script, wish: Wish, outcome: str, samples: Samples, at: datetime) -> str:
    package = script.package
    asked = ", ".join([*([wish.channel] if wish.channel else []), *wish.variant.values()])
    other = next(_ways(script, Wish(), outcome, samples, at), None)
    words = f"{package.service} cannot end in {outcome}" + (f" with {asked}" if asked else "")
    if other is None:
        return f"{words}: no choice of ours leads there"
    return f"{words}; it can with {', '.join([other.channel, *other.variant.values()])}"


def _ways(script: Script, wish: Wish, outcome: str, samples: Samples, at: datetime) -> Iterator[Way]:
    package, program = script.package, compile_package(script.package, script.general)
    kind = outcomes(package)[outcome]
    options = [[(name, key) for key in found] for name, found in package.variants.items()]
    for channel, recipient in product(package.channels, package.recipients):
        if wish.channel not in (None, channel):
            continue
        for combination in product(*options):
            variant = dict(combination)
            if any(variant.get(name) != key for name, key in wish.variant.items()):
                continue
            way = Way(channel, variant, recipient, outcome, outcome if kind in _STEPPED else None)
            if _open(package, way, kind):
                yield from _led(script, program, way, samples, at)


_STEPPED = {"positive", "neutral", "refusal", "suspension"}


def _open(package: Package, way: Way, kind: str) -> bool:
    facts = way.facts()
    options = (package.variants[name][key].only for name, key in way.variant.items())
    if not all(holds(only, facts) for only in options):
        return False
    if way.outcome in package.exits and not holds(package.exits[way.outcome].only, facts):
        return False
    return kind != "not-accepted" or package.channels[way.channel].by is not None


def _led(script: Script, program: Program, way: Way, samples: Samples, at: datetime) -> Iterator[Way]:
    """The way with what has to go wrong on it; nothing when no choices lead to its ending."""
    facts = way.facts() | {"visit": script.package.channels[way.channel].visit}
    form = samples.form(script.package, facts)
    known = {**facts, **samples.facts_of(script.package, form)}
    try:
        path = find_path(program, known, way.aim, clock.local(at), allowed=allowed_outcomes(script, known))
    except NoPath:
        return
    steps = script.package.steps
    spoilt = frozenset(
        str(steps[c.step].function)
        for c in path
        if c.step in steps and c.outcome != SMOOTH.get(steps[c.step].kind, c.outcome)
    )
    yield Way(way.channel, way.variant, way.recipient, way.outcome, way.aim, spoilt)


def allowed_outcomes(script: Script, facts: Mapping[str, Any]) -> Any:
    """What a rehearsal can bring about: it can leave papers out, and play a function nobody has, but it does
    not tell a register what to find."""
    steps = script.package.steps
    papers = any(
        d.required and d.unless is None and holds(d.only, facts) for d in script.package.documents.values()
    )

    def allowed(step: str, outcome: str) -> bool:
        found = steps.get(step)
        if found is None or found.kind not in SMOOTH or outcome == SMOOTH[found.kind]:
            return True
        if found.function == COMPLETE:
            return papers
        return found.function in {NEEDS, *ACCOUNT_STANDS} or (
            script.made_up and functions.find(found.function or "") is None
        )

    return allowed
