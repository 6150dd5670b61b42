"""A body comes under another, or under none."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.deployment import administering
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people import directory
from qyzmet.people.actor import Actor
from qyzmet.people.models import Organisation

__all__ = ["place_organisation"]


def place_organisation(
    actor: Actor,
    organisation: int,
    parent: int | None,
    *,
    reason: str,
    now: datetime,
    seen: int | None = None,
    key: str | None = None,
) -> Organisation:
    """Put a body under the one that supervises it and hears complaints of it; cases already open keep theirs.

    Raises ActRefused `organisation-circle` when it would come to stand above itself.
    Cites: APPC art. 91(4).
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    with act("place-organisation", actor, now=now, key=key, body=[organisation, parent, why]) as this:
        stream = f"organisation:{organisation}"
        # Two bodies put under each other at once: the second waits for the first and then sees it.
        this.ledger.lock([stream, "system"])
        administering.unchanged(this, stream, None if this.repeated else seen)
        row = administering.organisation(organisation)
        if this.repeated:
            return row
        above = administering.organisation(parent) if parent is not None else None
        if row.parent_id == parent:
            raise refused("nothing-changed", hint={"field": "parent"})
        _no_circle(row, above)
        former = row.parent.code if row.parent else ""
        row.parent = above
        row.save(update_fields=["parent"])
        said = {"before": {"parent": former}, "after": {"parent": above.code if above else ""}}
        this.record(stream, "organisation.placed", {"reason": why, **said})
        this.answer = {"organisation": row.pk}
    directory.forget()
    return row


def _no_circle(row: Organisation, above: Organisation | None) -> None:
    while above is not None:
        if above.pk == row.pk:
            raise refused("organisation-circle", hint={"field": "parent"})
        above = above.parent
