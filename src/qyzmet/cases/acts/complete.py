"""An official completes a step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qyzmet.cases import allow
from qyzmet.cases.hall import handing
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Signed, proved
from qyzmet.cases.steps.finishing import Grounds, Result, finish
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.regulation.model.steps import DONE

__all__ = ["complete"]


def complete(
    actor: Actor,
    ref: str,
    no: int,
    outcome: str = DONE,
    *,
    now: datetime,
    output: Mapping[str, Any] | None = None,
    grounds: Grounds = (),
    signed: Signed | None = None,
    expected: int | None = None,
    key: str | None = None,
) -> Case:
    """Complete an open task with one of its outcomes; the procedure moves to what the regulation says.

    The step must be open, not suspended, and the actor hold its post in the organisation that holds it. An
    outcome that leads to a refusal names one or more grounds of the law's list, with a reason for each; one
    that leads to a suspension names its ground. A decision and a refusal are outcomes like any other.
    A result given at a window is not completed so but handed over, for its receiver is recorded: ActRefused
    `receiver-needed`. `expected` is the last entry the page was made from.
    Cites: the step's own clause; APPC art. 73; O109 an.2 row 9; A120 §5(6).
    """
    result = Result(outcome, output or {}, grounds, proved(signed, now=now))
    body = [ref, no, outcome, output, list(grounds), signed and signed.prepared]
    with act("complete", actor, now=now, key=key, body=body) as this:
        held = hold(this, ref, expected=expected)
        if this.repeated:
            allow.sees(held)
            return held.case
        token = allow.holder(held, no)
        if token.kind == "collegial":
            raise refused("vote-needed", held.law.step(token.step).cite)
        if outcome in handing.gives(held.law, held.case.channel, token.step):
            raise refused("receiver-needed", held.law.step(token.step).cite)
        finish(held, token, result)
        this.answer = {"case": ref}
        return held.case
