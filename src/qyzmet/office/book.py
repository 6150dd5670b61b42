"""The book of suspensions of a body in words: a view of what happened, never a second source of truth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Suspension
from qyzmet.office.names import ground_name
from qyzmet.pages.words import current_language

__all__ = ["Entry", "entries"]


class Entry(NamedTuple):
    """One suspension: of which case, on which ground and why, from when until when, and why it was lifted."""

    ref: str
    number: str
    service: str
    ground: str
    clause: str
    reason: str
    since: datetime
    entered: datetime
    until: datetime | None
    lifted: str


def entries(found: Iterable[Suspension]) -> Iterator[Entry]:
    """Suspensions as the book has them, in the language of the page."""
    language = current_language()
    for row in found:
        law = law_of(row.case.edition_id)
        name, clause = ground_name(law, row.ground)
        yield Entry(
            row.case.ref, row.case.number or row.case.ref, law.package.name.in_language(language),
            name, clause, row.reason, row.effective_at, row.entered_at, row.until, row.lifted_because,
        )  # fmt: skip
