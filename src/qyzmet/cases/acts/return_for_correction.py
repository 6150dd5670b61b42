"""An official returns the application to the recipient for correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.hold import Held, hold
from qyzmet.cases.models import Case, Token
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Signed, proved
from qyzmet.cases.steps.finishing import Result, finish
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["return_for_correction"]


def return_for_correction(
    actor: Actor,
    ref: str,
    no: int,
    *,
    faults: Sequence[Mapping[str, str]],
    now: datetime,
    signed: Signed | None = None,
    key: str | None = None,
) -> Case:
    """Send the application back with every fault named ([{what, fault}]), where the regulation provides for
    it.

    It is the outcome of the step that leads to awaiting the recipient. A regulation without such an outcome
    knows no return: then the official decides on what there is.
    Cites: the step's own clause.
    """
    body = [ref, no, list(faults), signed and signed.prepared]
    proof = proved(signed, now=now)
    with act("return-for-correction", actor, now=now, key=key, body=body) as this:
        held = hold(this, ref)
        if this.repeated:
            allow.sees(held)
            return held.case
        token = allow.holder(held, no)
        outcome = _returning(held, token)
        if not faults or not all(each.get("fault", "").strip() for each in faults):
            raise refused("reason-needed", ground="correction")
        seq = held.record("case.returned", {"step": token.step, "faults": list(faults)})
        this.send("mail", "case.returned", held.case.stream, seq)
        held.asked = True
        finish(held, token, Result(outcome, proof=proof))
        this.answer = {"case": ref}
        return held.case


def _returning(held: Held, token: Token) -> str:
    """The outcome that leads to awaiting a party."""
    step, package = held.law.step(token.step), held.law.package
    for outcome, moves in step.then.items():
        for move in moves:
            target = package.steps.get(move.go)
            if target is not None and target.kind == "await" and target.from_ in package.parties:
                return outcome
    raise refused("no-such-outcome", step.cite, outcome="return", choices=", ".join(step.then))
