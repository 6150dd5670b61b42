"""An official gives a task back to the post."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["give_back"]


def give_back(actor: Actor, ref: str, no: int, *, now: datetime, key: str | None = None) -> Case:
    """Give back a task one has taken; anyone in the post can take it again. Its deadline runs on.

    Cites: the step's own clause.
    """
    with act("give-back", actor, now=now, key=key, body=[ref, no]) as this:
        held = hold(this, ref)
        if this.repeated:
            allow.sees(held)
            return held.case
        token = allow.holder(held, no)
        if token.assignee_id is None:
            raise refused("not-assigned")
        held.touch(token, assignee_id=None)
        held.record("task.given-back", {"step": token.step, "no": no})
        this.answer = {"case": ref}
        return held.case
