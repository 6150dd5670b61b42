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
from qyzmet.cases.signed import Signed, proved, receiving
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
    receipt they signed: on paper, or with their own key (`by_key`), the signature then kept with the entry
    of the hand-over. Without it the act refuses `signature-needed` once all else is right.
    It completes the step the window holds. Originals that were shown had been handed back at intake. Raises
    what `handing.checked` raises, `no-result-here` for a step that gives none, and `given-already`.
    Cites: A120 §5(6); M262 private §13 Centre 10; M262 private §16(1) originals;
    O109 an.2 row 7(1).
    """
    receipt = receiver.signed
    shown = [receiver.number, receiver.as_party, receiver.authority, list(receiver.paper), receiver.by_key]
    signatures = [each and each.prepared for each in (signed, receipt)]
    body = [ref, no, received_by, identified_by, outcome, output, signatures, shown]
    proof, receipt_proof = proved(signed, now=now), proved(receipt, now=now)
    with act("hand-over", actor, now=now, key=key, body=body) as this:
        held = hold(this, ref)
        if this.repeated:
            allow.sees(held)
            return held.case
        handing.check_not_given(held, no)
        token = allow.holder(held, no)
        handing.check_gives(held, token.step, outcome)
        who = handing.checked(held.case, receiver, received_by, identified_by, giver=actor.person)
        if receiver.by_key or receipt is not None:
            receiving.check(held, token, who, receipt_proof, company=receiver.company(held.case))
        said = handing.keep(held, no, who, receiver.paper)
        seq = held.record("result.handed-over", said | ({"signature": receipt.plain()} if receipt else {}))
        if receipt_proof is not None:
            receiving.keep(held, no, seq, receipt_proof)
        finish(held, token, Result(outcome, output or {}, proof=proof))
        this.answer = {"case": ref}
        return held.case
