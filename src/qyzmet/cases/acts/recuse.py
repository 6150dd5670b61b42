"""A member of a commission stands aside."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.steps.sitting import cast, member
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["recuse"]


def recuse(actor: Actor, ref: str, no: int, *, reason: str, now: datetime, key: str | None = None) -> Case:
    """Recuse oneself from a sitting, with the reason; the member no longer counts towards the quorum.

    Cites: A120 §5(4).
    """
    with act("recuse", actor, now=now, key=key, body=[ref, no, reason]) as this:
        held, token = member(this, ref, no, aside=True)
        if token is None:
            return held.case
        votes = held.law.step(token.step).votes
        if votes is not None and not votes.recusal:
            raise refused("no-recusal", votes.cite or "")
        if not reason.strip():
            raise refused("reason-needed", ground="recusal")
        cast(held, token, recused=True, reason=reason)
        held.record("member.recused", {"step": token.step, "no": no, "reason": reason})
        this.answer = {"case": ref}
        return held.case
