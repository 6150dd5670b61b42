"""A number is sent on to another window or for another service."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases.deployment import administering
from qyzmet.cases.filing.editions import edition_for
from qyzmet.cases.hall import queueing
from qyzmet.cases.models import Ticket, Window
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import Act, act
from qyzmet.people.actor import Actor

__all__ = ["transfer_ticket"]


def transfer_ticket(
    actor: Actor,
    ticket: int,
    *,
    window: int | None = None,
    service: str = "",
    reason: str,
    now: datetime,
    key: str | None = None,
) -> Ticket:
    """Give the number in hand another turn, at `window` only, or at any that serves `service`.

    It keeps its place by the moment it was first given; its wait is counted anew, and so is the service.
    Raises ActRefused `window-none`, `ticket-unknown`, `ticket-state`, `window-away`, `window-service`,
    `act-reason-needed`. Cites: M262 private §8 Centre queue.
    """
    why = administering.reasoned(reason)
    with act("transfer-ticket", actor, now=now, key=key, body=[ticket, window, service, why]) as this:
        mine = queueing.at_window(this)
        found = queueing.ticket(mine, ticket)
        if this.repeated:
            return Ticket.objects.get(pk=this.answer["ticket"])
        if found.state not in ("called", "serving") or found.window_id != mine.pk:
            raise refused("ticket-state", number=found.number)
        made = _another(mine, found, window, service or found.service, this.now)
        found.state, found.ended_at = "transferred", this.now
        found.save(update_fields=["state", "ended_at"])
        made.save()
        _told(this, mine, found, made, why)
        this.answer = {"ticket": made.pk}
    return made


def _another(mine: Window, found: Ticket, window: int | None, service: str, now: datetime) -> Ticket:
    where = mine.organisation_id
    law = edition_for(service, now).law
    channel = queueing.door(law, where)
    if not channel:
        raise refused("window-service", hint={"field": "service"})
    if window is not None:
        to = Window.objects.filter(organisation_id=where, number=window, closed_at__isnull=True).first()
        if to is None or to.pk == mine.pk:
            raise refused("window-away", number=window, hint={"field": "window"})
        if to.services and service not in to.services:
            raise refused("window-service", hint={"field": "window"})
    limits = queueing.limits(law, channel, found.purpose)
    return Ticket(
        organisation_id=where, day=found.day, no=found.no, turn=found.turn + 1, service=service,
        purpose=found.purpose, queued_at=found.queued_at, issued_at=now, for_window=window,
        wait_limit=limits.wait, wait_cite=limits.wait_cite, serve_limit=limits.serve,
        serve_cite=limits.serve_cite,
    )  # fmt: skip


def _told(this: Act, mine: Window, found: Ticket, made: Ticket, why: str) -> None:
    limits = queueing.Limits(made.wait_limit, made.wait_cite, made.serve_limit, made.serve_cite)
    said = {"day": found.day, "no": found.no, "turn": found.turn, "window": mine.number, "reason": why,
            "to": made.for_window, "service": made.service, "purpose": made.purpose,
            "limits": limits._asdict()}  # fmt: skip
    this.record(queueing.stream(mine.organisation_id), "ticket.transferred", said)
