"""Which fields of a case each capacity sees: explicit lists, and nothing that is not in one.

`party`: one's own application and everything said to one, but not the officials' drafts. `intake`: what
the window took in and must hand over. `provider`: all. `holder`: what a step needs. `supervisor`: course and
times without the papers; `overseer` the same, within the provider. `complaint-body`: the whole file (APPC
art. 91(4)). `auditor`: the whole file, to read it only.
"""

from __future__ import annotations

from qyzmet.cases.models import Capacity
from qyzmet.cases.watching import AUDITOR, OVERSEER

__all__ = ["ELSEWHERE", "VIEWS", "fields_seen"]

COURSE = (
    "ref", "number", "service", "edition", "channel", "variant", "state", "exit", "received_at",
    "registered_at", "due", "ended_at", "provider", "opening", "breach", "about",
)  # fmt: skip
PAPERS = ("applicant", "applicant_name", "language", "form", "documents", "parties", "signatures")

FILE = (
    *COURSE, *PAPERS, "steps", "outputs", "grounds", "findings", "votes", "suspensions", "orgs", "people",
    "state_data",
)  # fmt: skip
WATCHED = (*COURSE, "applicant_kind", "steps", "grounds", "suspensions", "people", "orgs")

ELSEWHERE = frozenset({"state_data"})
"""Fields another room keeps, and shows by the same lists: what state databases said (`gateway.statedata`)."""

VIEWS: dict[str, tuple[str, ...]] = {
    Capacity.PARTY: (*COURSE, *PAPERS, "state_data", "steps", "suspensions", "duties"),
    Capacity.INTAKE: (*COURSE, "applicant", "applicant_name", "language", "documents", "steps"),
    Capacity.PROVIDER: (
        *COURSE, *PAPERS, "steps", "outputs", "grounds", "findings", "votes", "suspensions", "duties", "orgs",
        "people", "state_data",
    ),
    Capacity.HOLDER: (*COURSE, *PAPERS, "steps", "outputs", "suspensions", "orgs"),
    Capacity.SUPERVISOR: WATCHED,
    OVERSEER: WATCHED,
    Capacity.COMPLAINT_BODY: FILE,
    AUDITOR: (*FILE, "duties"),
}  # fmt: skip
"""Capacity → names of what it sees, in the order a page shows them."""


def fields_seen(capacities: frozenset[str]) -> tuple[str, ...]:
    """What one sees who has several capacities: the fields of any of them, each once."""
    return tuple(dict.fromkeys(name for each, names in VIEWS.items() if each in capacities for name in names))
