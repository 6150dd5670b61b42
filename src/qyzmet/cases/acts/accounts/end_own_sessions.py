"""One ends one's own sessions: one of them, or all but this."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import accounts
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people import signed_in
from qyzmet.people.actor import Actor

__all__ = ["end_own_sessions"]


def end_own_sessions(actor: Actor, *, one: int | None = None, but: str = "", now: datetime) -> int:
    """End the session `one`, or all but the one with the key `but`; how many ended.

    Raises ActRefused `session-gone` for a session that is over or another's. Cites: A120 §10.
    """
    with act("end-own-sessions", actor, now=now) as this:
        row = accounts.own(this)
        if one is None:
            ended = signed_in.end(row, but=but)
        elif signed_in.end_one(row, one):
            ended = 1
        else:
            raise refused("session-gone")
        this.record(accounts.stream(row), "account.sessions-ended", {"by": "owner", "sessions": ended})
    return ended
