"""A visit was made and an application came of it."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.hall import visiting
from qyzmet.cases.models import HomeVisit
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.cases.words.lookup import by_ref
from qyzmet.people.actor import Actor

__all__ = ["record_home_visit"]


def record_home_visit(
    actor: Actor, visit: int, ref: str, *, now: datetime, key: str | None = None
) -> HomeVisit:
    """Tie the visit to the case that was taken in at the person's home; it must be that person's.

    Raises ActRefused `visit-unknown`, `visit-over`, `not-found`, `visit-other`.
    Cites: O109 an.2 row 10 ¶1; O109 an.4 row 10 ¶1.
    """
    with act("record-home-visit", actor, now=now, key=key, body=[visit, ref]) as this:
        found = visiting.visit(this, visit)
        if this.repeated:
            return found
        if found.state != "appointed":
            raise refused("visit-over")
        case = by_ref(ref)
        if case is None or not allow.capacities(actor, case.pk):
            raise refused("not-found")
        if case.applicant != found.applicant or case.service != found.service:
            raise refused("visit-other")
        found.state, found.case = "made", case
        found.save(update_fields=["state", "case"])
        said = {"visit": found.pk, "case": ref}
        this.record(visiting.stream(found.organisation_id), "visit.made", said)
        this.answer = {"visit": found.pk}
    return found
