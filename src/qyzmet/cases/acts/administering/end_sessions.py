"""Every session of an account ends: whoever is signed in with it signs in again."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.deployment import administering
from qyzmet.cases.transaction import act
from qyzmet.people import signed_in
from qyzmet.people.actor import Actor

__all__ = ["end_sessions"]


def end_sessions(actor: Actor, account: int, *, reason: str, now: datetime, key: str | None = None) -> int:
    """End the sessions of an account, a lost phone's among them; how many there were. Cites: the reason."""
    allow.operator(actor)
    why = administering.reasoned(reason)
    with act("end-sessions", actor, now=now, key=key, body=[account, why]) as this:
        this.ledger.lock([f"account:{account}"])
        row = administering.account(account)
        if this.repeated:
            return int(this.answer["ended"])
        ended = signed_in.end(row)
        this.record(f"account:{row.pk}", "account.sessions-ended", {"reason": why, "sessions": ended})
        this.answer = {"ended": ended}
    return ended
