"""A second administrator approves what the first proposed, and it is published."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow, laws, revising
from qyzmet.cases.acts.administering.decline_edition import waiting
from qyzmet.cases.acts.publish_edition import publish
from qyzmet.cases.acts.revise_edition import revise
from qyzmet.cases.deployment import administering
from qyzmet.cases.models import Edition, Proposal, Revision
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.regulation import canon

__all__ = ["approve_edition"]


def approve_edition(
    actor: Actor, proposal: int, *, reason: str, now: datetime, key: str | None = None
) -> Proposal:
    """Publish exactly the bytes that were proposed; open cases follow a revision of their edition.

    Whoever proposed it does not approve it: two people look. Raises ActRefused `four-eyes`,
    `proposal-decided`, and what a revision is refused for. Cites: the act given in the proposal.
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    made: Revision | None = None
    with act("approve-edition", actor, now=now, key=key, body=[proposal, why]) as this:
        this.ledger.lock(["system"])
        if this.repeated:
            return Proposal.objects.get(pk=proposal)
        row = waiting(proposal)
        if row.person == actor.person:
            raise refused("four-eyes")
        package = canon.from_bytes(bytes(row.package))
        if Edition.objects.filter(service=row.service, edition=row.edition).exists():
            made = revise(this, package, by=row.person, reason=row.reason, approver=actor.person)
        else:
            publish(this, package, reason=row.reason, by=row.person, approver=actor.person)
        row.state, row.decided_by, row.decided_at, row.answer = "approved", actor.person, now, why
        row.save(update_fields=["state", "decided_by", "decided_at", "answer"])
        said = {"reason": why, "proposed_by": row.person, "hash": row.hash}
        this.record("system", "edition.approved", said, edition=f"{row.service}/{row.edition}")
        this.answer = {"proposal": row.pk}
    laws.forget()
    if made is not None:
        revising.follow(actor, made, now)
    return row
