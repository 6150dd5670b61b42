"""A visit gets its day and the inspector who goes."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases.dates import clocks
from qyzmet.cases.hall import visiting
from qyzmet.cases.models import HomeVisit
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.clock import TimeWithoutZone, local
from qyzmet.people.actor import Actor

__all__ = ["appoint_home_visit"]


def appoint_home_visit(
    actor: Actor, visit: int, *, at: datetime, inspector: int, now: datetime, key: str | None = None
) -> HomeVisit:
    """Appoint the visit for a moment of the body's working time, or for another one.

    One inspector is in one home at a time, for as long as a visit takes (`home-visit-takes`), and back before
    the body closes. Raises ActRefused `visit-unknown`, `visit-over`, `dates-past`,
    `visit-hours`, `visit-inspector`, `visit-busy`.
    Cites: O109 an.2 row 10 ¶1; O109 an.4 row 10 ¶1.
    """
    if at.tzinfo is None:
        raise TimeWithoutZone
    with act("appoint-home-visit", actor, now=now, key=key, body=[visit, at.isoformat(), inspector]) as this:
        found = visiting.visit(this, visit)
        if this.repeated:
            return found
        if found.state not in ("asked", "appointed"):
            raise refused("visit-over")
        if at <= this.now:
            raise refused("dates-past", day=local(now).date(), hint={"field": "at"})
        takes = visiting.takes(at)
        door = clocks.door_of(found.organisation_id)
        if any(door.registered_at(each) != each for each in (at, at + takes)):
            raise refused("visit-hours", minutes=f"{takes.seconds // 60}", hint={"field": "at"})
        if inspector not in {each.pk for each in visiting.inspectors(found.organisation_id, this.now)}:
            raise refused("visit-inspector", hint={"field": "inspector"})
        near = HomeVisit.objects.filter(
            state="appointed", inspector=inspector, at__gt=at - takes, at__lt=at + takes
        )
        if (other := near.exclude(pk=found.pk).order_by("at").first()) is not None:
            minutes = f"{takes.seconds // 60}"
            raise refused("visit-busy", at=other.at, minutes=minutes, hint={"field": "at"})
        found.state, found.at, found.inspector_id = "appointed", at, inspector
        found.save(update_fields=["state", "at", "inspector"])
        said = {"visit": found.pk, "at": at, "inspector": inspector}
        this.record(visiting.stream(found.organisation_id), "visit.appointed", said)
        this.answer = {"visit": found.pk}
    return found
