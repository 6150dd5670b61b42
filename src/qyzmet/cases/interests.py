"""Conflicts of interest: nobody acts in the case of somebody close to them, or in one they stand aside from.

Who is close is known from the list each official keeps (`declare_relative`); what no list can say, they
declare on the case itself (`declare_conflict`).
Cites: Law on countering corruption art. 15; Law on civil service art. 51.
"""

from __future__ import annotations

from qyzmet.cases import rows
from qyzmet.cases.models import Case, Conflict
from qyzmet.cases.refusals import ActRefused, refused

__all__ = ["KINSHIPS", "LAW", "declared", "found", "of_relative"]

LAW = "Law on countering corruption art. 15"
KINSHIPS = ("spouse", "parent", "child", "sibling", "in-law", "other", "company")


def found(case: Case, account: int | None) -> ActRefused | None:
    """The refusal `relative-case` or `conflict-declared`, where there is such a conflict."""
    if account is None:
        return None
    whose = of_relative(case, account)
    if whose:
        return refused("relative-case", LAW, whose=whose)
    stood = declared(case, account)
    return refused("conflict-declared", LAW, at=stood.at) if stood is not None else None


def of_relative(case: Case, account: int) -> str:
    """The number of a declared relative who is a party of the case; empty where there is none."""
    row = rows.run(
        "SELECT r.number FROM people_relative r JOIN cases_caseaccess a ON a.person = r.number"
        " WHERE r.account_id = %s AND r.until IS NULL AND a.case_id = %s AND a.capacity = 'party'"
        " AND a.until IS NULL LIMIT 1",
        [account, case.pk],
    ).fetchone()
    return str(row[0]) if row else ""


def declared(case: Case, account: int) -> Conflict | None:
    """The conflict somebody has declared in the case."""
    stood = rows.select(Conflict, "WHERE case_id = %s AND account_id = %s", [case.pk, account])
    return stood[0] if stood else None
