"""The words of cases worked out anew, some cases at a time: of every case, or of those that have none yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from qyzmet.cases.laws import law_of
from qyzmet.cases.lock import writing
from qyzmet.cases.models import Case, CaseWord, Filing
from qyzmet.cases.words import wording

__all__ = ["Done", "give", "reword"]

A_TURN = 200


class Done(NamedTuple):
    """How many cases were read, and how many of their words were wrong."""

    cases: int
    wrong: int


def reword() -> Done:
    """Bring the words of all cases up to their rows."""
    return _keep(Case.objects.all())


def give() -> Done:
    """Give words to the cases without any, filed before cases had words: every other has its reference."""
    return _keep(Case.objects.filter(~Exists(CaseWord.objects.filter(case=OuterRef("pk")))))


def _keep(found: QuerySet[Case]) -> Done:
    """Each turn is a short transaction of its own."""
    cases = wrong = 0
    for turn in _turns(found):
        with writing(), transaction.atomic():
            locked = list(Case.objects.filter(pk__in=turn).select_for_update().order_by("pk"))
            papers = {each.pk: each for each in Filing.objects.filter(pk__in=turn)}
            wrong += sum(wording.keep(case, law_of(case.edition_id), papers.get(case.pk)) for case in locked)
        cases += len(turn)
    return Done(cases, wrong)


def _turns(found: QuerySet[Case]) -> Iterator[list[int]]:
    last = 0
    while turn := list(found.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:A_TURN]):
        yield turn
        last = turn[-1]
