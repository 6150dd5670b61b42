"""The words of every case worked out anew, some cases at a time: after an upgrade, or to see that they are
right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.db import transaction

from qyzmet.cases.laws import law_of
from qyzmet.cases.lock import writing
from qyzmet.cases.models import Case, Filing
from qyzmet.cases.words import wording

__all__ = ["Done", "reword"]

A_TURN = 200


class Done(NamedTuple):
    """How many cases were read, and how many of their words were wrong."""

    cases: int
    wrong: int


def reword() -> Done:
    """Bring the words of all cases up to their rows; each turn is a short transaction of its own."""
    cases = wrong = 0
    for turn in _turns():
        with writing(), transaction.atomic():
            locked = list(Case.objects.filter(pk__in=turn).select_for_update().order_by("pk"))
            papers = {each.pk: each for each in Filing.objects.filter(pk__in=turn)}
            wrong += sum(wording.keep(case, law_of(case.edition_id), papers.get(case.pk)) for case in locked)
        cases += len(turn)
    return Done(cases, wrong)


def _turns() -> Iterator[list[int]]:
    last = 0
    while turn := list(Case.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:A_TURN]):
        yield turn
        last = turn[-1]
