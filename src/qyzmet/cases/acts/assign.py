"""A head assigns a task to one who acts in its post."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow, interests
from qyzmet.cases.hold import Held, hold
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people import seats
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account

__all__ = ["assign"]


def assign(
    actor: Actor, ref: str, no: int, to: int, *, now: datetime, reason: str = "", key: str | None = None
) -> Case:
    """Give a task to account `to`, who holds its post in the organisation now or stands in for one who does;
    taking it from another if need be.

    Only the head or the management of an organisation that sees the case as provider, or the body above it,
    directs the work. Both are told: who is given the task, and who had it.
    Cites: A120 §5(2); M262 private §13; the step's own clause.
    """
    with act("assign", actor, now=now, key=key, body=[ref, no, to, reason]) as this:
        held = hold(this, ref)
        if this.repeated:
            allow.sees(held)
            return held.case
        allow.supervisor(held, *allow.NAMES_THE_HOLDER)
        token = allow.open_token(held, no)
        acting = seats.acting(token.organisation_id or 0, token.post, now, token.service)
        if not token.post or to not in acting or _is_own(held, to):
            raise refused("substitute-unfit")
        before = token.assignee_id
        held.touch(token, assignee_id=to)
        said = {"step": token.step, "no": no, "to": to, "reason": reason}
        seq = held.record("task.assigned", said | ({"from": before} if before else {}))
        for account in {to, before} - {None, actor.account}:
            this.send(
                "mail", "task.assigned", held.case.stream, seq, f"official:{account}:{token.organisation_id}"
            )
        this.answer = {"case": ref}
        return held.case


def _is_own(held: Held, account: int) -> bool:
    """Whether the case is theirs, a declared relative's, or one they stand aside from."""
    if interests.of_relative(held.case, account) or interests.declared(held.case, account):
        return True
    numbers = Account.objects.filter(pk=account).values_list("number", flat=True)
    return any(allow.is_side(held.case, account, number, held.now) for number in numbers)
