"""A recipient files an application, or an official takes one in at a counter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.filing import founding, intake, registration
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.filing.needs import check_needs
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["submit"]


def submit(
    actor: Actor,
    application: Application,
    *,
    now: datetime,
    key: str | None = None,
    then: Callable[[Case], None] | None = None,
) -> Case:
    """File an application; it is received at once and registered when the door's hours say so.

    The law is the edition in force on the day. Inside the hours the case is registered in the same act;
    outside them it is `received` and registers at the next opening; so does one whose signature is not yet
    confirmed. The same `key` files once; where a signature is needed, `key` is the one that was signed.
    `then` writes in the same transaction what the caller keeps of the case.
    Cites: O109 an.2 row 7(2); O109 an.4 row 7(2); O144 an.1 §7; O109 r417 §13; A120 §4; A120 §10.
    """
    checked = intake.check(actor, application, now, key=key)
    with act("submit", actor, now=now, key=key, body=application.fingerprint()) as this:
        if this.repeated:
            held = hold(this, this.answer["case"])
            allow.sees(held)
            if then is not None:
                then(held.case)
            return held.case
        check_needs(checked.law, checked.recipient.number, checked.law.facts(checked.facts))
        held = founding.create(this, checked, key)
        if held.case.registered_at <= now and not held.case.unconfirmed:
            registration.register(held)
        this.answer = {"case": held.case.ref}
        if then is not None:
            then(held.case)
        return held.case
