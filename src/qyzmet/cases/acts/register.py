"""The system registers a case whose moment has come."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.filing import registration
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case, CaseState
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["register", "to_register"]


def register(actor: Actor, ref: str, *, now: datetime, key: str | None = None) -> Case:
    """Register a received case: its number, its overall term, its first step.

    The moment was computed from the receipt by the door's hours and is never set by hand; an official's own
    "register" step is an ordinary task that confirms it. A case that is registered already stays as it is.
    Cites: O144 an.1 §7; O109 an.2 row 7(2).
    """
    allow.system(actor)
    with act("register", actor, now=now, key=key, body=[ref]) as this:
        held = hold(this, ref)
        if this.repeated or held.case.state != CaseState.RECEIVED:
            return held.case
        if held.case.registered_at > now:
            raise refused("not-registered-yet", at=held.case.registered_at)
        if held.case.unconfirmed:
            raise refused("signature-awaited", "A120 §10(6)")
        registration.register(held)
        this.answer = {"case": ref}
        return held.case


def to_register(now: datetime, most: int = 500) -> list[str]:
    """References of the cases whose moment has come; among equals in the order of receipt."""
    waiting = Case.objects.filter(state=CaseState.RECEIVED, registered_at__lte=now, unconfirmed=False)
    return list(waiting.order_by("registered_at", "received_at", "id").values_list("ref", flat=True)[:most])
