"""The recipient complains of a decision, action or inaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.filing import founding, intake, registration
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Capacity, Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.cases.words.lookup import by_ref
from qyzmet.people.actor import Actor

__all__ = ["complain"]


def complain(
    actor: Actor,
    about: str,
    application: Application,
    *,
    now: datetime,
    key: str | None = None,
    then: Callable[[Case], None] | None = None,
) -> Case:
    """File a complaint about a case, open or ended: a case of its own, linked to it, with its own clocks.

    It goes to the provider complained of, which within three working days meets it in full or passes it with
    the case file to the body above; that body sees the case from then on. Only a party of the case complains;
    on paper the provider's clerk takes it in. `then` writes in the same transaction what the caller keeps of
    the case.
    Cites: APPC art. 91; O109 r352 §11; O109 r352 §12; O109 r417 §17; O144 an.1 §17; O144 an.1 §18;
        O144 an.1 §19.
    """
    found = by_ref(about)
    if found is None:
        raise refused("not-found")
    _may(actor, found)
    checked = intake.check(actor, application, now, about=found, key=key)
    with act("complain", actor, now=now, key=key, body=[about, application.fingerprint()]) as this:
        if this.repeated:
            held = hold(this, this.answer["case"])
            allow.sees(held)
            if then is not None:
                then(held.case)
            return held.case
        complained = hold(this, about)
        held = founding.create(this, checked, key, about=complained.case.pk)
        if held.case.registered_at <= now and not held.case.unconfirmed:
            registration.register(held)
        complained.record("complaint.filed", {"complaint": held.case.ref})
        this.answer = {"case": held.case.ref}
        if then is not None:
            then(held.case)
        return held.case


def _may(actor: Actor, about: Case) -> None:
    seen = allow.capacities(actor, about.pk)
    if not seen:
        raise refused("not-found")
    if not (actor.is_official or Capacity.PARTY in seen):
        raise refused("not-your-act", "APPC art. 91")
