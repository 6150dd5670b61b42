"""An ended case is reopened."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.hold import Held, hold
from qyzmet.cases.models import Capacity, Case, CaseState
from qyzmet.cases.refusals import refused
from qyzmet.cases.steps.moves import proceed
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.regulation import engine

__all__ = ["reopen"]


def reopen(actor: Actor, ref: str, step: str, *, reason: str, now: datetime, key: str | None = None) -> Case:
    """Reopen an ended case at one of its steps: a court or the complaint body has set the result aside.

    The provider's head, the body above or the complaint body does it, with the act it rests on as the reason.
    The former result stays in the journal; the overall term has run and does not run again, the step's limit
    begins now.
    Cites: APPC art. 91; O109 r352 §12.
    """
    with act("reopen", actor, now=now, key=key, body=[ref, step, reason]) as this:
        held = hold(this, ref)
        seen = allow.sees(held)
        if not (actor.is_official and Capacity.COMPLAINT_BODY in seen):
            allow.supervisor(held)
        allow.not_own(held)
        if this.repeated:
            return held.case
        # One withdrawn before it was registered has no result that could be set aside.
        if held.case.state != CaseState.ENDED or held.case.number is None:
            raise refused("not-ended")
        if not reason.strip():
            raise refused("reason-needed", ground="reopening")
        _start_again(held, step, reason)
        this.answer = {"case": ref}
        return held.case


def _start_again(held: Held, step: str, reason: str) -> None:
    before = held.case.exit
    held.set(state=CaseState.OPEN, exit=None, ended_at=None)
    seq = held.record("case.reopened", {"step": step, "reason": reason, "former": before})
    held.act.send("mail", "case.reopened", held.case.stream, seq)
    proceed(held, engine.Open(step), reason=reason)
