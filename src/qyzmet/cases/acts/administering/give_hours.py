"""A body keeps other office hours from now on; its open dates follow."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow, rows
from qyzmet.cases.dates import calendars
from qyzmet.cases.deployment import administering
from qyzmet.cases.models import HoursAct
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people import directory
from qyzmet.people.actor import Actor

__all__ = ["give_hours"]


def give_hours(
    actor: Actor,
    organisation: int,
    hours: str,
    *,
    reason: str,
    now: datetime,
    seen: int | None = None,
    key: str | None = None,
) -> HoursAct:
    """Let a body keep the hours called `hours`. Open deadlines it holds are judged again by `recompute.run`.

    Raises ActRefused `hours-unknown`, `nothing-changed`, `changed-meanwhile`. Cites: the reason.
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    if hours not in calendars.current().hours:
        raise refused("hours-unknown", hint={"field": "hours"})
    with act("give-hours", actor, now=now, key=key, body=[organisation, hours, why]) as this:
        stream = f"organisation:{organisation}"
        this.ledger.lock([stream, "system"])
        if this.repeated:
            return HoursAct.objects.get(no=this.answer["no"])
        administering.unchanged(this, stream, seen)
        row = administering.organisation(organisation)
        if row.hours == hours:
            raise refused("nothing-changed", hint={"field": "hours"})
        before, after = {"hours": row.hours}, {"hours": hours}
        last = HoursAct.objects.order_by("-no").first()
        made = HoursAct(
            no=last.no + 1 if last else 1,
            name=hours,
            organisation=row,
            before=before,
            after=after,
            reason=why,
            person=actor.person,
            applied_at=now,
        )
        rows.insert_returning([made])
        row.hours = hours
        row.save(update_fields=["hours"])
        said = {"reason": why, "before": before, "after": after, "no": made.no}
        this.record(stream, "organisation.hours-given", said)
        this.answer = {"no": made.no}
    directory.forget()
    return made
