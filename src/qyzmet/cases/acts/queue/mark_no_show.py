"""Who was called did not come."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases.hall import queueing
from qyzmet.cases.models import Ticket
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["mark_no_show"]


def mark_no_show(actor: Actor, ticket: int, *, now: datetime, key: str | None = None) -> Ticket:
    """Let the number go; whoever comes later takes a new one.

    Raises ActRefused `window-none`, `ticket-unknown`, `ticket-state`.
    """
    with act("mark-no-show", actor, now=now, key=key, body=[ticket]) as this:
        mine = queueing.at_window(this)
        found = queueing.ticket(mine, ticket)
        if this.repeated:
            return found
        queueing.called(mine, found)
        found.state, found.ended_at = "no-show", this.now
        found.save(update_fields=["state", "ended_at"])
        queueing.write(this, mine, found, "ticket.not-come")
    return found
