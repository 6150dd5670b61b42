"""What each outcome of an open step asks for and where it leads, as the act that completes it judges it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qyzmet.cases.laws import Law, holds
from qyzmet.cases.models import Case, Token
from qyzmet.regulation.model import Exit

__all__ = ["Choice", "choice_of", "choices"]

TIMEOUT = "timeout"
REFUSING = {"refusal", "not-accepted"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One outcome. `exit`: the ending the case then heads for, `kind` what kind of ending that is.

    `grounds`: ids of which at least one has to be named with its reason; empty where none is asked for.
    `suspends`: the grounds are those of a suspension. `returns`: it sends the case back to a party.
    """

    outcome: str
    go: str
    exit: str
    kind: str
    grounds: tuple[str, ...]
    suspends: bool
    returns: bool


def choices(law: Law, case: Case, token: Token) -> tuple[Choice, ...]:
    """The outcomes a person may choose at an open step, in the order of the law."""
    outcomes = law.step(token.step).then
    return tuple(choice_of(law, case, token, each) for each in outcomes if each != TIMEOUT)


def choice_of(
    law: Law, case: Case, token: Token, outcome: str, output: Mapping[str, Any] | None = None
) -> Choice:
    """One outcome; `output` are facts of what the step records, where the way on depends on them.

    Raises KeyError for an outcome the step does not have.
    """
    facts = law.facts({**case.facts, **(output or {}), "exit": token.heading or ""})
    targets = law.program.nodes[token.step].outcomes[outcome]
    target = next((t for t in targets if t.only is None or t.only.holds(facts)), targets[-1])
    entered = law.package.exits.get(target.exit or "")
    awaited = law.program.nodes.get(target.go)
    step = law.step(target.go) if awaited is not None else None
    return Choice(
        outcome=outcome,
        go=target.go,
        exit=target.exit or "",
        kind=entered.kind if entered else "",
        grounds=_grounds(law, token, entered, law.facts(case.facts)) if entered else (),
        suspends=entered is not None and entered.kind == "suspension",
        returns=step is not None and step.kind == "await" and step.from_ in law.package.parties,
    )


def _grounds(law: Law, token: Token, entered: Exit, facts: Mapping[str, Any]) -> tuple[str, ...]:
    if entered.kind == "suspension":
        return tuple(entered.grounds or law.package.suspensions)
    if entered.kind not in REFUSING:
        return ()
    listed = law.step(token.step).grounds or entered.grounds or tuple(law.package.grounds)
    known = law.package.grounds
    return tuple(g for g in listed if g not in known or holds(known[g].only, facts))
