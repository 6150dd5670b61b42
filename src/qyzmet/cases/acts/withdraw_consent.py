"""The recipient withdraws a consent to the processing of personal data."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow, rows
from qyzmet.cases.filing.consents import WITHDRAWN, consents
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case, Filing
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["withdraw_consent"]

LAW = "Law on personal data art. 8"


def withdraw_consent(
    actor: Actor, ref: str, field: str, *, reason: str = "", now: datetime, key: str | None = None
) -> Case:
    """Withdraw a consent that was given with the filing; those who hold the case are told.

    What the law itself requires to be kept and processed goes on, and a case in hand is not ended by it: the
    official decides whether it can be considered without the consent.
    Cites: Law on personal data art. 8.
    """
    with act("withdraw-consent", actor, now=now, key=key, body=[ref, field, reason]) as this:
        held = hold(this, ref)
        allow.party(held)
        if this.repeated:
            return held.case
        papers = rows.select(Filing, "WHERE case_id = %s", [held.case.pk])[0]
        found = {each.field: each for each in consents(held.case, held.law, papers.form)}.get(field)
        if found is None:
            raise refused("consent-none", LAW, hint={"field": "consent"})
        if found.withdrawn_at is not None:
            raise refused("consent-withdrawn", LAW, at=found.withdrawn_at)
        if not found.may_withdraw:
            raise refused("consent-stays", LAW)
        seq = held.record(WITHDRAWN, {"field": field, "reason": reason.strip()[:2000]})
        this.send("mail", WITHDRAWN, held.case.stream, seq, ref="holder")
        this.answer = {"case": ref}
        return held.case
