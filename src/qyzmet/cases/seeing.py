"""Access as acts write it: who sees a case from the start, and which organisations see it while they hold a
step."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from qyzmet.cases import rows
from qyzmet.cases.models import Capacity, Case, CaseAccess
from qyzmet.people.directory import body

if TYPE_CHECKING:
    from qyzmet.cases.hold import Held

__all__ = ["from_the_start", "holders", "settle"]


def from_the_start(
    case: Case, parties: dict[str, str], intake: int | None, now: datetime
) -> list[CaseAccess]:
    """The recipient and co-parties, the office that took it in, the provider, and the body above the
    provider."""
    above = body(case.provider_id).parent
    bodies = [(case.provider_id, Capacity.PROVIDER), (intake, Capacity.INTAKE), (above, Capacity.SUPERVISOR)]
    seeing: list[dict[str, Any]] = [
        {"person": person, "capacity": Capacity.PARTY}
        for person in dict.fromkeys([case.applicant, *parties.values()])
    ]
    seeing += [{"organisation_id": where, "capacity": as_} for where, as_ in bodies if where is not None]
    return [rows.make(CaseAccess, case_id=case.pk, since=now, **each) for each in seeing]


def holders(held: Held) -> frozenset[int]:
    """The organisations that hold an open step, but for the provider, which sees the case anyway."""
    provider = held.case.provider_id
    return frozenset(
        t.organisation_id for t in held.open.values() if t.organisation_id not in (None, provider)
    )


def settle(held: Held) -> frozenset[int]:
    """Let those see the case who hold a step now, and no longer those who held one and do not."""
    before, after = held.holders, holders(held)
    for where in sorted(after - before):
        _grant(held, held.case.pk, where, Capacity.HOLDER)
        if held.case.about_id is not None:
            # The complaint body gets the case file with the complaint (APPC art. 91(4)).
            _grant(held, held.case.about_id, where, Capacity.COMPLAINT_BODY)
    for where in sorted(before - after):
        _revoke(held, where)
    return after


def _grant(held: Held, case_id: int, where: int, capacity: str) -> None:
    held.act.grant(
        rows.make(CaseAccess, case_id=case_id, organisation_id=where, capacity=capacity, since=held.now)
    )


def _revoke(held: Held, where: int) -> None:
    rows.run(
        "UPDATE cases_caseaccess SET until = %s WHERE case_id = %s AND organisation_id = %s"
        " AND capacity = %s AND until IS NULL",
        [rows.moment(held.now), held.case.pk, where, Capacity.HOLDER],
    )
