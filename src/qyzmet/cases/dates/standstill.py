"""Suspension: what stands still, and what is worked out anew when the case goes on.

Each working day after the day of suspension up to and including the day of resumption moves a due day by one;
minutes keep what was left. Steps marked to run on are untouched.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from qyzmet import clock
from qyzmet.cases import rows
from qyzmet.cases.dates import clocks
from qyzmet.cases.hold import Held
from qyzmet.cases.models import CaseState, Deadline, Suspension, Token
from qyzmet.cases.steps.opening import start_clock

__all__ = ["begin", "end", "intervals"]


def intervals(case_id: int) -> tuple[clock.Suspension, ...]:
    """The suspensions of a case as the clock reads them."""
    found = rows.select(Suspension, "WHERE case_id = %s ORDER BY effective_at", [case_id])
    return tuple(clock.Suspension(s.effective_at, s.until, s.ground) for s in found)


def begin(held: Held, ground: str, moment: datetime, reason: str) -> None:
    """The suspension takes effect: the clocks of the steps that froze and of the case stop.

    Without a reason of its own it has that of the step which found its ground.
    """
    reason = reason or _found(held, ground)
    rows.insert(
        [
            rows.make(
                Suspension,
                case_id=held.case.pk,
                ground=ground,
                reason=reason,
                effective_at=moment,
                entered_at=held.now,
            )
        ]
    )
    frozen = [t for t in held.open.values() if t.suspended]
    for token in frozen:
        held.touch(token, due=None, queue_at=clocks.NEVER)
    _stop_clocks([f"case:{held.case.pk}", *(f"token:{held.case.pk}.{t.no}" for t in frozen)])
    held.set(state=CaseState.SUSPENDED, due=None)
    seq = held.record("case.suspended", {"ground": ground, "reason": reason}, occurred=moment)
    held.act.send("mail", "case.suspended", held.case.stream, seq)
    if notice := held.law.suspension_notice(ground):
        held.send("documents", "issue", seq, notice)


def _found(held: Held, ground: str) -> str:
    """What the last step that named the ground gave as its reason."""
    done = Token.objects.filter(case_id=held.case.pk, closed_at__isnull=False, cancelled=False).order_by(
        "-no"
    )
    named = (each for token in done for each in token.grounds or () if each["ground"] == ground)
    return str(next((each.get("reason", "") for each in named), ""))


def end(held: Held, ground: str, moment: datetime, reason: str) -> None:
    """The suspension is lifted: once no other lasts, every stopped clock gets its new due moment."""
    for row in rows.select(
        Suspension, "WHERE case_id = %s AND ground = %s AND until IS NULL", [held.case.pk, ground]
    ):
        row.until, row.lifted_because = moment, reason
        rows.update(row, ("until", "lifted_because"))
    seq = held.record("case.resumed", {"ground": ground, "reason": reason}, occurred=moment)
    held.act.send("mail", "case.resumed", held.case.stream, seq)
    if held.case.suspensions:
        return
    held.set(state=CaseState.OPEN)
    _restart(held, moment)


def _stop_clocks(subjects: list[str]) -> None:
    marks = rows.marks(subjects)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE cases_deadline SET due = NULL WHERE subject IN ({marks}) AND state = 'open'",  # noqa: S608
            subjects,
        )


def _restart(held: Held, moment: datetime) -> None:
    held_up = intervals(held.case.pk)
    stopped = rows.select(Deadline, "WHERE case_id = %s AND state = 'open' AND due IS NULL", [held.case.pk])
    for row in stopped:
        _restart_one(held, row, held_up)
    clocked = {row.subject for row in stopped}
    for token in held.open.values():
        if (
            token.due is None
            and f"token:{held.case.pk}.{token.no}" not in clocked
            and _is_old(held, token.no)
        ):
            # It opened while the case stood still, so its time begins now.
            start_clock(held, token, moment)
            held.touch(token, due=token.due, queue_at=token.queue_at)


def _is_old(held: Held, no: int) -> bool:
    return not any(token.no == no for token in held.new)


def _restart_one(held: Held, row: Deadline, held_up: tuple[clock.Suspension, ...]) -> None:
    if "term" not in row.basis:
        return
    facts = clock.DeadlineFacts.restored(row.basis)
    judged = clocks.judged(facts.term, facts.start, facts.hours, held_up, cite=row.basis.get("cite", ""))
    row.due, row.basis = judged.due, judged.basis
    rows.update(row, ("due", "basis"))
    if row.duty == "term":
        held.set(due=judged.due)
        return
    token = held.open.get(int(row.subject.rpartition(".")[2]))
    if token is not None:
        held.touch(token, due=judged.due, queue_at=judged.due)
