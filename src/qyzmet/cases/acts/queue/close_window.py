"""An official leaves the window."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases.hall import queueing
from qyzmet.cases.models import Ticket, Window
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["close_window"]


def close_window(actor: Actor, *, now: datetime, key: str | None = None) -> Window:
    """Close one's window. Whoever was sent on to it alone waits for any window again.

    Raises ActRefused `window-none`, `ticket-in-hand` while somebody is called or served there.
    """
    with act("close-window", actor, now=now, key=key, body=[]) as this:
        if this.repeated:
            return Window.objects.get(pk=this.answer["window"])
        mine = queueing.at_window(this)
        held = mine.tickets.filter(state__in=("called", "serving")).first()
        if held is not None:
            raise refused("ticket-in-hand", number=held.number)
        Ticket.objects.filter(
            organisation_id=mine.organisation_id, for_window=mine.number, state="waiting"
        ).update(for_window=None)
        mine.closed_at = this.now
        mine.save(update_fields=["closed_at"])
        this.record(queueing.stream(mine.organisation_id), "window.closed", {"window": mine.number})
        this.answer = {"window": mine.pk}
    return mine
