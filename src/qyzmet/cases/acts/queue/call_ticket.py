"""A window calls who is next."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from qyzmet import clock
from qyzmet.cases.hall import queueing
from qyzmet.cases.models import Ticket, Window
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["call_ticket", "waiting_for"]


def call_ticket(actor: Actor, ticket: int | None = None, *, now: datetime, key: str | None = None) -> Ticket:
    """Call the next number the window serves, in order of queue; a number out of its turn by its id.

    A ticket is called by one window: of two that call it at once, the second is refused. Raises ActRefused
    `window-none`, `ticket-in-hand`, `queue-empty`, `ticket-unknown`, `ticket-gone`, `window-service`.
    Cites: M262 private §8 Centre queue; M262 private §8 body queue.
    """
    with act("call-ticket", actor, now=now, key=key, body=[ticket]) as this:
        mine = queueing.at_window(this)
        if this.repeated:
            return Ticket.objects.get(pk=this.answer["ticket"])
        held = mine.tickets.filter(state__in=("called", "serving")).first()
        if held is not None:
            raise refused("ticket-in-hand", number=held.number)
        found = _next(mine, this.now) if ticket is None else _named(mine, ticket, this.now)
        found.state, found.window, found.called_at = "called", mine, this.now
        found.save(update_fields=["state", "window", "called_at"])
        said = {"day": found.day, "no": found.no, "turn": found.turn, "window": mine.number}
        this.record(queueing.stream(mine.organisation_id), "ticket.called", said)
        this.answer = {"ticket": found.pk}
    return found


def waiting_for(window: Window, now: datetime) -> list[Ticket]:
    """Who waits for this window today, in the order they are called."""
    found = Ticket.objects.filter(
        Q(for_window__isnull=True) | Q(for_window=window.number),
        organisation_id=window.organisation_id, day=clock.local(now).date(), state="waiting",
    )  # fmt: skip
    found = found.filter(service__in=window.services) if window.services else found
    return list(found.order_by("queued_at", "no"))


def _next(mine: Window, now: datetime) -> Ticket:
    waiting = waiting_for(mine, now)
    if not waiting:
        raise refused("queue-empty")
    return waiting[0]


def _named(mine: Window, pk: int, now: datetime) -> Ticket:
    found = queueing.ticket(mine, pk)
    if found.window is not None:
        raise refused("ticket-gone", number=found.number, window=found.window.number)
    if found.day != clock.local(now).date():
        raise refused("ticket-unknown")
    if found.pk not in {each.pk for each in waiting_for(mine, now)}:
        raise refused("window-service")
    return found
