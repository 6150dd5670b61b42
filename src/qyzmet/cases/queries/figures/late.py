"""What is late and what is about to be: steps and overall terms by due moment, with who holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import NamedTuple

from django.db.models import QuerySet

from qyzmet.cases.dates.standing import warned_until
from qyzmet.cases.models import Case, CaseState, Token
from qyzmet.cases.queries.figures.load import open_steps
from qyzmet.cases.queries.figures.reach import Reach

__all__ = ["After", "Pressing", "late_counts", "pressing"]


class After(NamedTuple):
    """Where a page ends; the overall term stands as step number 0."""

    due: datetime
    case: int
    no: int


@dataclass(frozen=True, slots=True)
class Pressing:
    """Something due. `step` is empty for the overall term of the case; `holders`: who has an open step of
    it, as (body, post, account), the account None while nobody has taken it."""

    case: Case
    due: datetime
    no: int
    step: str
    holders: tuple[tuple[int | None, str, int | None], ...]

    @property
    def place(self) -> After:
        return After(self.due, self.case.pk, self.no)


def pressing(
    reach: Reach, now: datetime, *, late: bool | None = None, after: After | None = None, most: int = 50
) -> list[Pressing]:
    """Due by the end of the next working day, the longest late first. `late` keeps those past their
    moment, or, False, those that are not yet."""
    steps, terms = _steps(reach, now, late), _terms(reach, now, late)
    if after is not None:
        steps, terms = steps.filter(queue_at__gte=after.due), terms.filter(due__gte=after.due)
    of_steps = (After(*row) for row in steps.values_list("queue_at", "case_id", "no").iterator())
    of_terms = (After(due, pk, 0) for due, pk in terms.values_list("due", "id").iterator() if due)
    found = (place for place in merge(of_steps, of_terms) if after is None or place > after)
    return _with_holders(list(islice(found, most)))


def late_counts(reach: Reach, now: datetime) -> tuple[int, int]:
    """How many things are late, and how many are due by the end of the next working day."""
    counts = []
    for late in (True, False):
        counts.append(_steps(reach, now, late).count() + _terms(reach, now, late).count())
    return counts[0], counts[1]


def _steps(reach: Reach, now: datetime, late: bool | None) -> QuerySet[Token]:
    found = open_steps(reach).filter(suspended=False).order_by("queue_at", "case_id", "no")
    return _between(found, "queue_at", now, late)


def _terms(reach: Reach, now: datetime, late: bool | None) -> QuerySet[Case]:
    found = reach.open().filter(state=CaseState.OPEN).order_by("due", "id")
    return _between(found, "due", now, late)


def _between(found: QuerySet, name: str, now: datetime, late: bool | None) -> QuerySet:  # type: ignore[type-arg]
    if late is not False:
        found = found.filter(**{f"{name}__lte": warned_until(now)})
    if late is True:
        return found.filter(**{f"{name}__lt": now})
    return found if late is None else found.filter(**{f"{name}__gte": now, f"{name}__lte": warned_until(now)})


def _with_holders(places: list[After]) -> list[Pressing]:
    ids = {place.case for place in places}
    cases = Case.objects.in_bulk(ids)
    tokens: dict[int, list[Token]] = {}
    for token in Token.objects.filter(case_id__in=ids, closed_at__isnull=True).order_by("case_id", "no"):
        tokens.setdefault(token.case_id, []).append(token)
    return [_pressing(cases[place.case], place, tokens.get(place.case, [])) for place in places]


def _pressing(case: Case, place: After, tokens: list[Token]) -> Pressing:
    kept = [t for t in tokens if t.post and place.no in (0, t.no)]
    step = next((t.step for t in kept if t.no == place.no), "")
    holders = tuple((t.organisation_id, t.post, t.assignee_id) for t in kept)
    return Pressing(case, place.due, place.no, step, holders)
