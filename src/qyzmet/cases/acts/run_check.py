"""An automatic check runs again."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Capacity, Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.steps.moves import settle
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["run_check"]


def run_check(actor: Actor, ref: str, *, now: datetime, key: str | None = None) -> Case:
    """Run the checks and effects that stand open in a case; as a rule they run by themselves when they open.

    One is left open only when it opened in a suspended case or its function was installed later. What it
    finds is kept with the case.
    Cites: the step's own clause.
    """
    with act("run-check", actor, now=now, key=key, body=[ref]) as this:
        held = hold(this, ref)
        seen = allow.sees(held)
        if not (actor.is_system or (actor.is_official and Capacity.PROVIDER in seen)):
            raise refused("not-your-act")
        if not this.repeated:
            settle(held)
            this.answer = {"case": ref}
        return held.case
