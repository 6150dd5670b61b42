"""How long the personal data of an ended case are kept, and which cases are past it.

The period is the parameter `personal-data-kept-years` of the day the case ended, with its reference; a sample
until a deployment lays its own over it.
Cites: Law on personal data art. 12; Law on personal data art. 18.
"""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases.dates import clocks
from qyzmet.cases.models import Case, CaseState
from qyzmet.clock import local

__all__ = ["CLAUSE", "PARAMETER", "RULE", "due", "kept_until"]

PARAMETER = "personal-data-kept-years"
RULE, CLAUSE = "retention", "Law on personal data art. 18"


def kept_until(case: Case) -> datetime | None:
    """Until when the data of an ended case are kept; None while it is open or where no period is set."""
    if case.ended_at is None:
        return None
    entry = clocks.parameters()[PARAMETER].on(local(case.ended_at).date())
    return None if entry is None else _years_later(case.ended_at, int(entry.value))


def due(now: datetime, *, most: int = 500) -> list[str]:
    """References of the cases whose data are to be erased now, the longest ended first."""
    values = clocks.parameters()[PARAMETER].values
    if not values:
        return []
    shortest = min(int(each.value) for each in values)
    ended = Case.objects.filter(state=CaseState.ENDED, ended_at__lte=_years_later(now, -shortest))
    open_complaint = Case.objects.exclude(state=CaseState.ENDED).filter(about__isnull=False).values("about")
    found = ended.filter(filing__erased__isnull=True).exclude(pk__in=open_complaint).order_by("ended_at")
    over = (case for case in found.iterator() if (until := kept_until(case)) is not None and until <= now)
    return [case.ref for case, _ in zip(over, range(most), strict=False)]


def _years_later(moment: datetime, years: int) -> datetime:
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:  # the 29th of February
        return moment.replace(year=moment.year + years, day=28)
