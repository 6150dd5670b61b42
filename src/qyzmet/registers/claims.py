"""Taking, finding and ending claims inside an act. Lock the subject's stream first: then nobody races."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qyzmet.cases import rows
from qyzmet.cases.steps.functions import Call
from qyzmet.registers.models import Claim

__all__ = ["Finding", "by_number", "change", "end", "finding", "live", "lock", "parts", "take"]

Finding = dict[str, Any]
AT_ONCE = 500


def finding(check: str, fault: str = "", cite: str = "", **words: Any) -> Finding:
    """One item of a check: `passed` when there is no fault. `words` say what was compared."""
    return {"check": check, "passed": not fault, "fault": fault, "cite": cite, **words}


def lock(call: Call, *streams: str) -> None:
    """Lock register streams until the act ends."""
    call.act.ledger.lock(streams)


def live(register: str, subject: str) -> Claim | None:
    """The live claim on a subject."""
    found = rows.select(Claim, "WHERE register = %s AND subject = %s AND until IS NULL", [register, subject])
    return found[0] if found else None


def by_number(register: str, number: str) -> Claim | None:
    """The live claim with this record number."""
    found = rows.select(Claim, "WHERE register = %s AND number = %s AND until IS NULL", [register, number])
    return found[0] if found else None


def parts(register: str, part_of: str) -> list[Claim]:
    """The live claims on everything that belongs to a subject."""
    tail = "WHERE register = %s AND part_of = %s AND until IS NULL ORDER BY subject"
    return rows.select(Claim, tail, [register, part_of])


def take(
    call: Call,
    register: str,
    subjects: Iterable[tuple[str, Mapping[str, Any]]],
    *,
    holder: str,
    part_of: str = "",
    number: str | None = None,
) -> bool:
    """Claim subjects, each with its data; False, and nothing taken, when one of them has a live claim."""
    made = [
        Claim(
            register=register, subject=subject, part_of=part_of, number=number, holder=holder,
            case_id=call.case.pk, data=dict(data), since=call.now,
        )
        for subject, data in subjects
    ]  # fmt: skip
    for begin in range(0, len(made), AT_ONCE):
        if _any_live(register, [claim.subject for claim in made[begin : begin + AT_ONCE]]):
            return False
    for begin in range(0, len(made), AT_ONCE):
        rows.insert(made[begin : begin + AT_ONCE])
    return True


def _any_live(register: str, subjects: list[str]) -> bool:
    marks = rows.marks(subjects)
    tail = f"WHERE register = %s AND subject IN ({marks}) AND until IS NULL LIMIT 1"
    return bool(rows.select(Claim, tail, [register, *subjects]))


def change(claim: Claim, **values: Any) -> None:
    """Change what a live claim says."""
    claim.__dict__.update(values)
    rows.update(claim, sorted(values))


def end(claim: Claim, call: Call, why: str) -> None:
    """End a claim; it stays in the table."""
    change(claim, until=call.now, data={**claim.data, "ended": why, "ended_by": call.case.pk})
