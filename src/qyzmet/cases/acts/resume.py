"""A suspension is lifted."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Capacity, Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.steps.finishing import occurred_in_order
from qyzmet.cases.steps.moves import proceed
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.regulation import engine

__all__ = ["resume"]


def resume(
    actor: Actor,
    ref: str,
    ground: str,
    *,
    reason: str,
    now: datetime,
    occurred: datetime | None = None,
    key: str | None = None,
) -> Case:
    """Lift a suspension whose ground has fallen away; the posts its ground names do it, or else the
    provider's.

    Each working day after the day of suspension up to and including the day of resumption has moved every due
    day by one; minutes keep what was left. The case goes on where the exit says, once no suspension lasts.
    Cites: the ground's own clause.
    """
    with act("resume", actor, now=now, key=key, body=[ref, ground, reason, str(occurred)]) as this:
        held = hold(this, ref)
        seen = allow.sees(held)
        if this.repeated:
            return held.case
        known = held.law.package.suspensions.get(ground)
        if known is None:
            raise refused("ground-unknown", ground=ground)
        if known.by:
            allow.in_role(held, known.by)
        elif not (actor.is_system or (actor.is_official and Capacity.PROVIDER in seen)):
            raise refused("not-your-act", known.cite)
        allow.not_own(held)
        proceed(held, engine.Resume(ground), occurred=occurred_in_order(held, occurred), reason=reason)
        this.answer = {"case": ref}
        return held.case
