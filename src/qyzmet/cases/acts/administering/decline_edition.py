"""A proposal to publish is declined by another administrator, or withdrawn by who made it."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.deployment import administering
from qyzmet.cases.models import Proposal
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["decline_edition", "waiting"]


def decline_edition(
    actor: Actor, proposal: int, *, reason: str, now: datetime, key: str | None = None
) -> Proposal:
    """Let a proposal rest; the same bytes may be proposed again. Raises ActRefused `proposal-decided`.

    Cites: the reason.
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    with act("decline-edition", actor, now=now, key=key, body=[proposal, why]) as this:
        this.ledger.lock(["system"])
        if this.repeated:
            return Proposal.objects.get(pk=proposal)
        row = waiting(proposal)
        row.state = "withdrawn" if row.person == actor.person else "declined"
        row.decided_by, row.decided_at, row.answer = actor.person, now, why
        row.save(update_fields=["state", "decided_by", "decided_at", "answer"])
        said = {"reason": why, "proposed_by": row.person, "hash": row.hash, "state": row.state}
        this.record("system", "edition.declined", said, edition=f"{row.service}/{row.edition}")
        this.answer = {"proposal": row.pk}
    return row


def waiting(proposal: int) -> Proposal:
    """A proposal nobody has decided yet. Raises ActRefused `proposal-decided`."""
    found = Proposal.objects.filter(pk=proposal).first()
    if found is None or found.state != "waiting":
        raise refused("proposal-decided")
    return found
