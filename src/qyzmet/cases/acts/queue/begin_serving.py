"""Who was called has come to the window."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases.hall import queueing
from qyzmet.cases.models import Ticket
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["begin_serving"]


def begin_serving(actor: Actor, ticket: int, *, now: datetime, key: str | None = None) -> Ticket:
    """The wait ends and the time of service begins.

    Raises ActRefused `window-none`, `ticket-unknown`, `ticket-state`.
    Cites: M262 private §10(1); M262 private §10(2).
    """
    with act("begin-serving", actor, now=now, key=key, body=[ticket]) as this:
        mine = queueing.at_window(this)
        found = queueing.ticket(mine, ticket)
        if this.repeated:
            return found
        queueing.called(mine, found)
        found.state, found.started_at = "serving", this.now
        found.save(update_fields=["state", "started_at"])
        queueing.write(this, mine, found, "ticket.begun")
    return found
