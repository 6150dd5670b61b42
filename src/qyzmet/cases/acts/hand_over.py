"""The result is handed over at the window."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qyzmet.cases import allow
from qyzmet.cases.hall import handing
from qyzmet.cases.hall.handing import Receiver
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Signed, proved
from qyzmet.cases.steps.finishing import Result, finish
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.regulation.model.steps import DONE

__all__ = ["hand_over"]


def hand_over(
    actor: Actor,
    ref: str,
    no: int,
    *,
    received_by: str,
    identified_by: str,
    now: datetime,
    receiver: Receiver,
    outcome: str = DONE,
    output: Mapping[str, Any] | None = None,
    signed: Signed | None = None,
    key: str | None = None,
) -> Case:
    """Give the result to the recipient or their representative, and record who took it and by which paper.

    `receiver`: their number, which is the recipient's or comes with a representative's authority, and the
    receipt they signed.
    It completes the step the window holds. Originals that were shown had been handed back at intake. Raises
    what `handing.keep` raises, `no-result-here` for a step that gives none, and `given-already`.
    Cites: A120 §5(6); M262 private §13 Centre 10; M262 private §16(1) originals;
    O109 an.2 row 7(1).
    """
    shown = [receiver.number, receiver.as_party, receiver.authority, list(receiver.paper)]
    body = [ref, no, received_by, identified_by, outcome, output, signed and signed.prepared, shown]
    proof = proved(signed, now=now)
    with act("hand-over", actor, now=now, key=key, body=body) as this:
        held = hold(this, ref)
        if this.repeated:
            allow.sees(held)
            return held.case
        handing.check_not_given(held, no)
        token = allow.holder(held, no)
        handing.check_gives(held, token.step, outcome)
        if not received_by.strip() or not identified_by.strip():
            raise refused("output-faulty", hint={"received_by": "required", "identified_by": "required"})
        who = handing.keep(held, no, receiver, received_by, identified_by)
        held.record("result.handed-over", {"to": received_by, "identified_by": identified_by, **who})
        finish(held, token, Result(outcome, output or {}, proof=proof))
        this.answer = {"case": ref}
        return held.case
