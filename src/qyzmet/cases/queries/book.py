"""The suspensions of a body, year by year, page by page: what happened, read where every list starts.

found = suspended(actor, 2012)         # .rows, with their cases; .next to ask for the next page by
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from qyzmet.cases.models import Capacity, Suspension
from qyzmet.cases.queries.visible import access_of
from qyzmet.clock import ALMATY
from qyzmet.people.actor import Actor

__all__ = ["MOST", "Suspended", "suspended", "years"]

MOST = 500
"""How many stand on one page."""


class Suspended(NamedTuple):
    """One page, in the order they were entered; `next` is where it ends, None on the last."""

    rows: list[Suspension]
    next: int | None


def years(actor: Actor) -> list[int]:
    """The years in which a case of this body was suspended, the last first."""
    return [each.year for each in _own(actor).datetimes("effective_at", "year", "DESC", tzinfo=ALMATY)]


def suspended(actor: Actor, year: int, *, after: int = 0) -> Suspended:
    """The suspensions that took effect in a year in the cases this body provides for.

    Cites: M262 private §12 ¶4 book; M262 permanent §12 ¶4 book; M262 paid §12 ¶4 book;
        M262 gratuitous §12 ¶4 book.
    """
    begins, ends = (datetime(each, 1, 1, tzinfo=ALMATY) for each in (year, year + 1))
    rows = _own(actor).filter(effective_at__gte=begins, effective_at__lt=ends, pk__gt=after)
    found = list(rows.select_related("case").order_by("pk")[: MOST + 1])
    return Suspended(found[:MOST], found[MOST - 1].pk if len(found) > MOST else None)


def _own(actor: Actor) -> QuerySet[Suspension]:
    cases = access_of(actor, (Capacity.PROVIDER,)).values("case_id")
    return Suspension.objects.filter(case_id__in=cases)
