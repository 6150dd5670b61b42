"""A case is suspended from outside the procedure."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.steps.finishing import occurred_in_order
from qyzmet.cases.steps.moves import proceed
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.regulation import engine

__all__ = ["suspend"]


def suspend(
    actor: Actor,
    ref: str,
    ground: str,
    *,
    reason: str,
    now: datetime,
    occurred: datetime | None = None,
    key: str | None = None,
) -> Case:
    """Enter a suspension that came from outside (a court); only the posts its ground names may.

    `occurred` is when it took effect: it may be entered days later, but never before the case's previous
    event. Open steps freeze, except those the ground or the step itself lets run on.
    Cites: the ground's own clause; M262 private §12 ¶2(1); M262 private §12 ¶2(2).
    """
    with act("suspend", actor, now=now, key=key, body=[ref, ground, reason, str(occurred)]) as this:
        held = hold(this, ref)
        allow.sees(held)
        if this.repeated:
            return held.case
        known = held.law.package.suspensions.get(ground)
        if known is None:
            raise refused("ground-unknown", ground=ground)
        allow.in_role(held, known.by)
        if not reason.strip():
            raise refused("reason-needed", known.cite, ground=ground)
        moment = occurred_in_order(held, occurred)
        proceed(held, engine.Suspend(ground), occurred=moment, reason=reason)
        this.answer = {"case": ref}
        return held.case
