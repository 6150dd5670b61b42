"""An official takes a task for themselves."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["take"]


def take(actor: Actor, ref: str, no: int, *, now: datetime, key: str | None = None) -> Case:
    """Take an unassigned task of one's post; colleagues then leave it alone. It changes no deadline.

    Cites: the step's own clause.
    """
    with act("take", actor, now=now, key=key, body=[ref, no]) as this:
        held = hold(this, ref)
        if this.repeated:
            allow.sees(held)
            return held.case
        token = allow.holder(held, no)
        if token.assignee_id != actor.account:
            held.touch(token, assignee_id=actor.account)
            held.record("task.taken", {"step": token.step, "no": no})
        this.answer = {"case": ref}
        return held.case
