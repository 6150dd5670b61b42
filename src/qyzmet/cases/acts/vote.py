"""A member of a commission votes."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.steps.sitting import cast, member
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["vote"]


def vote(
    actor: Actor, ref: str, no: int, outcome: str, *, now: datetime, reason: str = "", key: str | None = None
) -> Case:
    """Vote for one of the outcomes of a collegial step; once, and it stands.

    Cites: A120 §5(4); the step's own clause.
    """
    with act("vote", actor, now=now, key=key, body=[ref, no, outcome, reason]) as this:
        held, token = member(this, ref, no)
        if token is None:
            return held.case
        step = held.law.step(token.step)
        if outcome not in step.then:
            raise refused("no-such-outcome", step.cite, outcome=outcome, choices=", ".join(step.then))
        cast(held, token, outcome=outcome, reason=reason)
        held.record("vote.cast", {"step": token.step, "no": no, "outcome": outcome, "reason": reason})
        this.answer = {"case": ref}
        return held.case
