"""Cases as lines of a long list: no more of each than the list says, read without making a `Case` of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from qyzmet.cases import rows
from qyzmet.cases.queries.views import VIEWS
from qyzmet.cases.queries.visible import seen_among
from qyzmet.people.actor import Actor

__all__ = ["Line", "lines", "naming"]

ASKED = (
    "SELECT c.id, c.ref, c.number, c.edition_id, c.state, c.exit, c.due, c.received_at, c.registered_at,"
    " c.ended_at, f.applicant_name FROM cases_case c LEFT JOIN cases_filing f ON f.case_id = c.id"
)


class Line(NamedTuple):
    """One case; `applicant` is its applicant's name, empty where the actor does not see it."""

    id: int
    ref: str
    number: str | None
    edition_id: int
    state: str
    exit: str | None
    due: datetime | None
    received_at: datetime | None
    registered_at: datetime | None
    ended_at: datetime | None
    applicant: str


def naming() -> list[str]:
    """The capacities in which one sees the applicant's name."""
    return [capacity for capacity, fields in VIEWS.items() if "applicant_name" in fields]


def lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """These cases, newest first. That the actor sees them is for whoever found them to say."""
    if not ids:
        return []
    named, moment = seen_among(actor, ids, capacities=naming()), rows.moment_of
    marks = rows.marks(ids)
    found = rows.run(f"{ASKED} WHERE c.id IN ({marks}) ORDER BY c.id DESC", ids).fetchall()
    return [
        Line._make([*case, *map(moment, moments), name if case[0] in named and name else ""])
        for *case, due, received, registered, ended, name in found
        for moments in [(due, received, registered, ended)]
    ]
