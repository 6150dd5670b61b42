"""The book of suspensions of a body, year by year: a view of what happened, never a second source of truth.

for each in entries(actor, 2012): ...
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Capacity, Suspension
from qyzmet.cases.queries.visible import access_of
from qyzmet.clock import ALMATY
from qyzmet.office.names import ground_name
from qyzmet.pages.words import current_language
from qyzmet.people.actor import Actor

__all__ = ["MOST", "Entry", "entries", "years"]

MOST = 500
"""How many entries stand on one page."""


class Entry(NamedTuple):
    """One suspension: of which case, on which ground and why, from when until when, and why it was lifted.

    `place`: its own number, by which the next page is asked for.
    """

    place: int
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


def years(actor: Actor) -> list[int]:
    """The years in which a case of this body was suspended, the last first."""
    starts = _own(actor).values_list("effective_at", flat=True)
    return sorted({each.astimezone(ALMATY).year for each in starts}, reverse=True)


def entries(actor: Actor, year: int, *, after: int = 0) -> Iterator[Entry]:
    """The suspensions that took effect in a year in the cases of this body, in the order they were entered.

    Cites: M262 private §12 ¶4 book; M262 permanent §12 ¶4 book; M262 paid §12 ¶4 book;
        M262 gratuitous §12 ¶4 book.
    """
    begins, ends = (datetime(each, 1, 1, tzinfo=ALMATY) for each in (year, year + 1))
    rows = _own(actor).filter(effective_at__gte=begins, effective_at__lt=ends, pk__gt=after)
    language = current_language()
    for row in rows.select_related("case").order_by("pk")[:MOST]:
        law = law_of(row.case.edition_id)
        name, clause = ground_name(law, row.ground)
        yield Entry(
            row.pk, row.case.ref, row.case.number or row.case.ref, law.package.name.in_language(language),
            name, clause, row.reason, row.effective_at, row.entered_at, row.until, row.lifted_because,
        )  # fmt: skip


def _own(actor: Actor) -> QuerySet[Suspension]:
    """The suspensions in the cases the actor's body provides for."""
    cases = access_of(actor, (Capacity.PROVIDER,)).values("case_id")
    return Suspension.objects.filter(case_id__in=cases)
