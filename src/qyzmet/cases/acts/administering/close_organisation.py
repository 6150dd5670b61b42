"""A body takes part in nothing new any more."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.deployment import administering
from qyzmet.cases.models import Case, CaseState, Token
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people import directory
from qyzmet.people.actor import Actor
from qyzmet.people.in_force import not_over
from qyzmet.people.models import Organisation, PostHolding

__all__ = ["close_organisation"]


def close_organisation(
    actor: Actor,
    organisation: int,
    *,
    reason: str,
    now: datetime,
    seen: int | None = None,
    key: str | None = None,
) -> Organisation:
    """Close a body for good. Its ended cases and what it issued stay.

    Raises ActRefused `organisation-busy` while it has open cases or steps, posts that are held, or open
    bodies below it. Cites: the reason.
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    with act("close-organisation", actor, now=now, key=key, body=[organisation, why]) as this:
        stream = f"organisation:{organisation}"
        this.ledger.lock([stream, "system"])
        if this.repeated:
            return Organisation.objects.get(pk=organisation)
        administering.unchanged(this, stream, seen)
        row = administering.organisation(organisation)
        _idle(row, now)
        row.closed_at = now
        row.save(update_fields=["closed_at"])
        this.record(stream, "organisation.closed", {"reason": why})
        this.answer = {"organisation": row.pk}
    directory.forget()
    return row


def _idle(row: Organisation, now: datetime) -> None:
    work = Token.objects.filter(organisation=row, closed_at__isnull=True).count()
    cases = Case.objects.filter(provider=row).exclude(state=CaseState.ENDED).count()
    posts = PostHolding.objects.filter(not_over(now), organisation=row).count()
    below = Organisation.objects.filter(parent=row, closed_at__isnull=True).count()
    if work or cases or posts or below:
        raise refused("organisation-busy", cases=max(work, cases), posts=posts, below=below)
