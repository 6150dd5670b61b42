"""Somebody who came is given a number."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from qyzmet import clock
from qyzmet.cases.filing.editions import edition_for
from qyzmet.cases.hall import queueing
from qyzmet.cases.models import Purpose, Ticket
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["issue_ticket"]


def issue_ticket(
    actor: Actor,
    organisation: int,
    service: str,
    purpose: str = Purpose.APPLY,
    *,
    now: datetime,
    key: str | None = None,
) -> Ticket:
    """Give the next number of the day. An official gives it in their own body, the system in any.

    The limits of the law of the day go with the ticket, so that waits are judged by the law there was then.
    Nobody is asked who they are. Raises ActRefused `not-your-act`, `window-service`, what `edition_for`
    raises. Cites: M262 private §8 Centre queue; M262 private §8 body queue; M262 private §10(1).
    """
    if not actor.is_system and queueing.may_serve(actor) != organisation:
        raise refused("not-your-act")
    law = edition_for(service, now).law
    channel = queueing.door(law, organisation)
    if not channel or purpose not in Purpose.values:
        raise refused("window-service", hint={"field": "service"})
    limits = queueing.limits(law, channel, purpose)
    with act("issue-ticket", actor, now=now, key=key, body=[organisation, service, purpose]) as this:
        stream = queueing.stream(organisation)
        this.ledger.lock([stream])
        if this.repeated:
            return Ticket.objects.get(pk=this.answer["ticket"])
        day = clock.local(this.now).date()
        last = Ticket.objects.filter(organisation_id=organisation, day=day).aggregate(Max("no"))["no__max"]
        made = Ticket.objects.create(
            organisation_id=organisation, day=day, no=(last or 0) + 1, service=service, purpose=purpose,
            queued_at=this.now, issued_at=this.now, wait_limit=limits.wait, wait_cite=limits.wait_cite,
            serve_limit=limits.serve, serve_cite=limits.serve_cite,
        )  # fmt: skip
        said = {"day": day, "no": made.no, "turn": 1, "service": service, "purpose": purpose,
                "limits": limits._asdict()}  # fmt: skip
        this.record(stream, "ticket.issued", said, edition=law.name)
        this.answer = {"ticket": made.pk}
    return made
