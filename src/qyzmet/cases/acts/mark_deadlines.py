"""Deadlines about to fall are warned of; those that fell unmet are marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection

from qyzmet.cases import allow, rows
from qyzmet.cases.dates.standing import warned_until
from qyzmet.cases.hearings import HEARING, LAW, NOTICE
from qyzmet.cases.models import Case, Deadline
from qyzmet.cases.transaction import Act, act
from qyzmet.people.actor import Actor

__all__ = ["CHUNK", "pass_deadlines", "warn_deadlines"]

CHUNK = 200
DAYS = "working day%"
"""Only limits in days are warned of: there is no point in a warning minutes before."""


def warn_deadlines(actor: Actor, *, now: datetime) -> int:
    """Warn of some deadlines that fall by the end of the next working day; how many. Call again until 0.

    Each is journaled once; its holder, and for the overall term the supervisor, reads of it in the letter
    of the day (`tell_deadlines`).
    """
    allow.system(actor)
    due = "state = 'open' AND warned_at IS NULL AND due > %s AND due <= %s AND basis {json} LIKE %s"
    json = "->> 'term'" if connection.vendor == "postgresql" else "->> '$.term'"
    with act("warn-deadlines", actor, now=now) as this:
        found = _locked(this, due.format(json=json), [now, warned_until(now), f"%{DAYS}"])
        for row, case in found:
            said = {"duty": row.duty, "subject": row.subject, "due": row.due}
            _record(this, case, "deadline.warned", said)
            row.warned_at = now
            rows.update(row, ("warned_at",))
        return len(found)


def pass_deadlines(actor: Actor, *, now: datetime) -> int:
    """Mark some deadlines that have passed unmet; how many. Call again until 0.

    The duty stays: what is done later is `late`. A hearing whose last lawful moment of notice has passed puts
    the case in breach; the hearing itself stays obligatory (APPC art. 73).
    """
    allow.system(actor)
    with act("pass-deadlines", actor, now=now) as this:
        found = _locked(this, "state = 'open' AND marked_at IS NULL AND due <= %s", [now])
        for row, case in found:
            said = {"duty": row.duty, "subject": row.subject, "due": row.due}
            _record(this, case, "deadline.passed", said)
            if row.duty == f"{HEARING}:{NOTICE}":
                _breach(this, row, case)
            row.marked_at = now
            rows.update(row, ("marked_at",))
        return len(found)


def _locked(this: Act, due: str, params: Sequence[object]) -> list[tuple[Deadline, Case]]:
    """Deadlines with their cases, the cases locked in the order of their ids and the rows read again."""
    first = rows.select(Deadline, f"WHERE {due} ORDER BY due, id LIMIT {CHUNK}", params)
    ids = sorted({row.case_id for row in first if row.case_id is not None})
    if not ids:
        return []
    lock = " FOR NO KEY UPDATE" if connection.vendor == "postgresql" else ""
    marks = rows.marks(ids)
    cases = {c.pk: c for c in rows.select(Case, f"WHERE id IN ({marks}) ORDER BY id{lock}", ids)}
    this.ledger.lock([case.stream for case in cases.values()])
    chosen = [row.pk for row in first]
    marks = rows.marks(chosen)
    again = rows.select(Deadline, f"WHERE id IN ({marks}) AND {due} ORDER BY due, id", [*chosen, *params])
    return [(row, cases[row.case_id]) for row in again if row.case_id in cases]


def _record(this: Act, case: Case, code: str, said: Mapping[str, object]) -> None:
    seq = this.record(case.stream, code, said)
    this.send("monitoring", code, case.stream, seq)


def _breach(this: Act, row: Deadline, case: Case) -> None:
    if LAW in case.breach:
        return
    case.breach = [*case.breach, LAW]
    rows.update(case, ("breach",))
    seq = this.record(case.stream, "case.breached", {"clause": LAW, "latest": row.due})
    this.send("monitoring", "case.breached", case.stream, seq)
    this.send("mail", "case.breached", case.stream, seq, ref="supervisor")
