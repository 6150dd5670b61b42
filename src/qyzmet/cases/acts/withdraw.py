"""The recipient withdraws the application."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.hold import Held, hold
from qyzmet.cases.models import Case, CaseState
from qyzmet.cases.refusals import refused
from qyzmet.cases.steps.moves import proceed
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.regulation import engine

__all__ = ["withdraw"]

WITHDRAWN = "withdrawn"


def withdraw(actor: Actor, ref: str, *, reason: str = "", now: datetime, key: str | None = None) -> Case:
    """Withdraw an application before its result, where the regulation has such an ending.

    One that is received and not yet registered can always be withdrawn: no term runs and no number was given.
    Cites: the exit's own clause.
    """
    with act("withdraw", actor, now=now, key=key, body=[ref, reason]) as this:
        held = hold(this, ref)
        allow.party(held)
        if this.repeated:
            return held.case
        if held.case.state == CaseState.ENDED:
            raise refused("ended", at=held.case.ended_at)
        seq = held.record("case.withdrawn", {"reason": reason})
        if held.case.state == CaseState.RECEIVED:
            held.set(state=CaseState.ENDED, exit=WITHDRAWN, ended_at=now)
            held.send("mail", "case.withdrawn", seq)
        else:
            proceed(held, engine.Close(_exit(held)), reason=reason)
        this.answer = {"case": ref}
        return held.case


def _exit(held: Held) -> str:
    for key, found in held.law.package.exits.items():
        if found.kind == WITHDRAWN:
            return key
    raise refused("withdraw-late")
