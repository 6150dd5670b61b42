"""The hearing is held, or the recipient waives it or does not come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qyzmet.cases import allow
from qyzmet.cases.hearings import LAW, slot, step_of
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Signed, proved
from qyzmet.cases.steps.finishing import Result, finish
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["hold_hearing"]


def hold_hearing(
    actor: Actor,
    ref: str,
    no: int,
    outcome: str = "held",
    *,
    now: datetime,
    output: Mapping[str, Any] | None = None,
    signed: Signed | None = None,
    key: str | None = None,
) -> Case:
    """Record the hearing and the recipient's position; the step that decides opens again and decides finally.

    `held` and `absent` are recorded once the moment of the notice has come; `waived` at any time before.
    Cites: APPC art. 73; O109 r352 §7 ¶5; O109 r417 §15 ¶5.
    """
    body = [ref, no, outcome, output, signed and signed.prepared]
    proof = proved(signed, now=now)
    with act("hold-hearing", actor, now=now, key=key, body=body) as this:
        held = hold(this, ref)
        if this.repeated:
            allow.sees(held)
            return held.case
        token = step_of(held, no)
        set_for = slot(held) if outcome != "waived" else None
        if set_for is not None and now < set_for:
            raise refused("hearing-too-early", LAW, at=set_for)
        finish(held, token, Result(outcome, output or {}, (), proof), code="hearing.held")
        this.answer = {"case": ref}
        return held.case
