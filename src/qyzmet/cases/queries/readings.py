"""Who read a case that was not in their hands, and in whose hands it was: what its recipient may know.

Cites: Law on personal data art. 8.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from qyzmet.cases import rows
from qyzmet.cases.journal import decode
from qyzmet.cases.models import Case, Entry, Token

__all__ = ["Handling", "Reading", "handlings", "readings"]


class Reading(NamedTuple):
    """One reading: the organisation and post it was done in, never the person."""

    at: datetime
    organisation: int
    post: str


class Handling(NamedTuple):
    """A step that was in a post's hands; those read the case as their work, from `since` on."""

    step: str
    organisation: int
    post: str
    since: datetime
    until: datetime | None


def readings(case: Case) -> list[Reading]:
    """Readings of officials, newest first."""
    entries = rows.select(Entry, "WHERE stream = %s ORDER BY seq DESC", [f"reads:{case.pk}"])
    found = []
    for entry in entries:
        where, _, post = decode(bytes(entry.body)).post.partition("/")
        if post:
            found.append(Reading(entry.occurred_at, int(where), post))
    return found


def handlings(case: Case) -> list[Handling]:
    """Steps officials had in hand, in order."""
    asked = "WHERE case_id = %s AND post <> '' AND organisation_id IS NOT NULL ORDER BY no"
    return [
        Handling(t.step, t.organisation_id, t.post, t.opened_at, t.closed_at)
        for t in rows.select(Token, asked, [case.pk])
        if not t.cancelled and t.organisation_id is not None
    ]
