"""A recipient who has not come for the result is reminded."""

from __future__ import annotations

from datetime import datetime, timedelta

from qyzmet.cases import allow, rows
from qyzmet.cases.hall import handing
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case, Entry
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["BETWEEN", "remind_to_collect"]

BETWEEN = timedelta(days=1)
"""Nobody is reminded more often than that."""


def remind_to_collect(actor: Actor, ref: str, no: int, *, now: datetime, key: str | None = None) -> Case:
    """Write to the recipient that the result waits at the window that holds the step.

    Raises what `allow.holder` raises, `no-result-here`, and `reminded-already` within a day.
    Cites: A120 §5(6); M262 private §13 Centre 10.
    """
    with act("remind-to-collect", actor, now=now, key=key, body=[ref, no]) as this:
        held = hold(this, ref)
        if this.repeated:
            allow.sees(held)
            return held.case
        token = allow.holder(held, no)
        handing.check_gives(held, token.step)
        asked = "WHERE stream = %s AND act = 'result.reminded' ORDER BY seq DESC LIMIT 1"
        last = rows.select(Entry, asked, [held.case.stream])
        if last and this.now - last[0].recorded_at < BETWEEN:
            raise refused("reminded-already", at=last[0].recorded_at)
        seq = held.record("result.reminded", {"no": no, "organisation": actor.organisation})
        this.send("mail", "result.reminded", held.case.stream, seq)
        this.answer = {"case": ref}
        return held.case
