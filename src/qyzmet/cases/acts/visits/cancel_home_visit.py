"""A visit will not be made."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases.deployment import administering
from qyzmet.cases.hall import visiting
from qyzmet.cases.models import HomeVisit
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["cancel_home_visit"]


def cancel_home_visit(
    actor: Actor, visit: int, *, reason: str, now: datetime, key: str | None = None
) -> HomeVisit:
    """Cancel a visit with a reason: the person asked so, was not there, or came themselves.

    Where they live and how to call them is then needed no longer, and is gone.

    Raises ActRefused `visit-unknown`, `visit-over`, `act-reason-needed`.
    """
    why = administering.words(administering.reasoned(reason), "reason")
    with act("cancel-home-visit", actor, now=now, key=key, body=[visit, why]) as this:
        found = visiting.visit(this, visit)
        if this.repeated:
            return found
        if found.state not in ("asked", "appointed"):
            raise refused("visit-over")
        found.state, found.reason = "cancelled", why
        found.phone = found.address = found.why = ""
        found.save(update_fields=["state", "reason", "phone", "address", "why"])
        said = {"visit": found.pk, "reason": why}
        this.record(visiting.stream(found.organisation_id), "visit.cancelled", said)
        this.answer = {"visit": found.pk}
    return found
