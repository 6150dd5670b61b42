"""An outside event reaches the case that awaits it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qyzmet.cases import allow
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.steps.awaiting import awaited, awaited_by_duty, from_whom, late
from qyzmet.cases.steps.finishing import Result, finish, occurred_in_order
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["deliver_event"]


def deliver_event(
    actor: Actor,
    ref: str,
    event: str,
    outcome: str,
    *,
    now: datetime,
    output: Mapping[str, Any] | None = None,
    occurred: datetime | None = None,
    key: str | None = None,
) -> Case:
    """Deliver an event to the step that awaits it, from whom the regulation names.

    If that step has moved on already, its `late` says what happens: `refused`; `recorded` in the journal and
    no more; or `accepted`, acted on as if in time while the case can still go back to the step.
    Cites: the awaiting step's own clause.
    """
    body = [ref, event, outcome, output, str(occurred)]
    with act("deliver-event", actor, now=now, key=key, body=body) as this:
        held = hold(this, ref)
        seen = allow.sees(held)
        if this.repeated:
            return held.case
        this.answer = {"case": ref}
        token = awaited(held, event)
        if token is None and awaited_by_duty(held, event, seen):
            return held.case
        if token is None:
            token = late(held, event, outcome, output or {}, seen)
            if token is None:
                return held.case
        from_whom(held, token.step, seen)
        if token.suspended:
            raise refused("suspended", held.law.step(token.step).cite)
        moment = occurred_in_order(held, occurred)
        finish(held, token, Result(outcome, output or {}), code="event.received", occurred=moment)
        return held.case
