"""An official declares a conflict of interest in a case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from qyzmet.cases import allow, interests, rows
from qyzmet.cases.deployment import administering
from qyzmet.cases.hold import Held, hold
from qyzmet.cases.models import Case, CaseState, Conflict, Vote
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.cases.watching import watches
from qyzmet.people.actor import Actor

__all__ = ["declare_conflict"]


def declare_conflict(actor: Actor, ref: str, *, reason: str, now: datetime, key: str | None = None) -> Case:
    """Stand aside in a case, with the reason; what one had taken goes back to the post, its clocks run on.

    From then on one takes, decides and directs nothing in it, and a vote given in a sitting that is not over
    counts as a recusal. The head of the body is told and names somebody else. What was declared stands: it is
    not taken back. Who only watches has nothing to stand aside from (`not-your-act`).
    Cites: Law on countering corruption art. 15; Law on civil service art. 51.
    """
    why = administering.reasoned(reason)
    with act("declare-conflict", actor, now=now, key=key, body=[ref, why]) as this:
        held = hold(this, ref)
        seen = allow.sees(held)
        if this.repeated:
            return held.case
        if not actor.is_official or actor.account is None or not seen or watches(actor):
            raise refused("not-your-act")
        if held.case.state == CaseState.ENDED:
            raise refused("ended", at=held.case.ended_at)
        if interests.declared(held.case, actor.account) is not None:
            raise refused("conflict-there", interests.LAW)
        row = rows.make(Conflict, case_id=held.case.pk, account_id=actor.account, reason=why, at=held.now)
        rows.insert([row])
        given = [token for token in held.open.values() if token.assignee_id == actor.account]
        for token in given:
            held.touch(token, assignee_id=None)
        said: dict[str, Any] = {"reason": why, "steps": [token.step for token in given]}
        if votes := _set_aside(held, actor.account, why):
            said["votes"] = votes
        seq = held.record("conflict.declared", said)
        this.send("mail", "conflict.declared", held.case.stream, seq, ref="head")
        this.answer = {"case": ref}
        return held.case


def _set_aside(held: Held, account: int, why: str) -> list[str]:
    """The open sittings in which a vote of theirs no longer counts."""
    open_ = {token.pk: token.step for token in held.open.values() if token.kind == "collegial"}
    mine = Vote.objects.filter(token_id__in=open_, account_id=account, recused=False)
    found = [open_[pk] for pk in mine.order_by("id").values_list("token_id", flat=True)]
    mine.update(recused=True, outcome="", reason=why)
    return found
