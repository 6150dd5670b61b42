"""Time completes a step: a timer, or an await nobody answered."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case, Token
from qyzmet.cases.refusals import refused
from qyzmet.cases.steps.finishing import Result, finish
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.regulation.model.steps import DONE

__all__ = ["expire", "expired"]

TIMEOUT = "timeout"


def expire(actor: Actor, ref: str, no: int, *, now: datetime, key: str | None = None) -> Case:
    """Complete a timer with `done`, or an await with `timeout`, once its moment has come.

    It counts as having happened when it was due, however late the ticker comes, unless the case moved since.
    A step that has closed meanwhile is left as it is.
    Cites: the step's own clause.
    """
    allow.system(actor)
    with act("expire", actor, now=now, key=key, body=[ref, no]) as this:
        held = hold(this, ref)
        token = held.open.get(no)
        if this.repeated or token is None or token.suspended:
            return held.case
        if token.kind not in {"timer", "await"} or token.due is None or token.due > now:
            raise refused("not-due-yet", held.law.step(token.step).cite, due=token.due or "–")
        outcome = DONE if token.kind == "timer" else TIMEOUT
        moment = max(token.due, held.case.moved_at)
        finish(held, token, Result(outcome), code="time.passed", occurred=moment)
        this.answer = {"case": ref}
        return held.case


def expired(now: datetime, most: int = 500) -> list[tuple[str, int]]:
    """Timers and awaits whose moment has come, earliest first: (reference, step number)."""
    waiting = Token.objects.filter(
        closed_at__isnull=True, suspended=False, due__lte=now, kind__in=("timer", "await")
    ).order_by("due", "id")
    return list(waiting.values_list("case__ref", "no")[:most])
