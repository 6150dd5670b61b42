"""The chair closes a sitting: the votes decide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Signed, proved
from qyzmet.cases.steps.finishing import Grounds, Result, finish
from qyzmet.cases.steps.sitting import decided, member
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["close_sitting"]


def close_sitting(
    actor: Actor,
    ref: str,
    no: int,
    *,
    now: datetime,
    output: Mapping[str, Any] | None = None,
    grounds: Grounds = (),
    signed: Signed | None = None,
    key: str | None = None,
) -> Case:
    """Close a sitting that has its quorum; the outcome with the majority completes the step.

    The quorum is a parameter; members who recused themselves do not count. A simple majority is more than
    half of the votes cast, two thirds at least that; a tie falls to the chair's vote. Grounds and reasons of
    a refusal are entered with the minutes.
    Cites: A120 §5(4); the step's own clause.
    """
    body = [ref, no, output, list(grounds), signed and signed.prepared]
    proof = proved(signed, now=now)
    with act("close-sitting", actor, now=now, key=key, body=body) as this:
        held, token = member(this, ref, no)
        if token is None:
            return held.case
        if not actor.chair:
            raise refused("not-chair", held.law.step(token.step).cite)
        outcome, tally = decided(held, token)
        held.record("sitting.closed", {"step": token.step, "no": no, "outcome": outcome, "votes": tally})
        finish(held, token, Result(outcome, output or {}, grounds, proof), code="decision.taken")
        this.answer = {"case": ref}
        return held.case
