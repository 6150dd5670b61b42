"""A hearing that has been set is called off until it is set anew."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.deployment import administering
from qyzmet.cases.hearings import standing, step_of
from qyzmet.cases.hearings.story import CALLED_OFF
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["call_off_hearing"]


def call_off_hearing(
    actor: Actor, ref: str, no: int, *, reason: str, now: datetime, key: str | None = None
) -> Case:
    """Call a hearing off with the reason; the recipient is told. `no`: the open step of the hearing.

    The duty to hear stays: nothing is recorded as heard before `move_hearing` has set another time, and no
    clock stops. A waiver by the recipient can still be recorded.
    Cites: APPC art. 73; O109 r352 §7 ¶3; O109 r352 §7 ¶4 s2.
    """
    why = administering.reasoned(reason)
    with act("call-off-hearing", actor, now=now, key=key, body=[ref, no, why]) as this:
        held = hold(this, ref)
        if this.repeated:
            allow.sees(held)
            return held.case
        step_of(held, no)
        found = standing(held)
        seq = held.record(CALLED_OFF, {"hearing-at": found.at.isoformat(), "reason": why})
        this.send("mail", CALLED_OFF, held.case.stream, seq)
        this.answer = {"case": ref}
        return held.case
