"""Whether somebody has applied for the same already: the recipient, or anybody for the same object."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from qyzmet.cases.models import Case, CaseState, CaseWord
from qyzmet.cases.queries.visible import visible_cases
from qyzmet.cases.words import wording
from qyzmet.people.actor import Actor

__all__ = ["MOST", "of_object", "of_recipient"]

MOST = 5


def of_recipient(actor: Actor, service: str, number: str) -> list[Case]:
    """Open applications of a recipient for a service, of those the actor sees, newest first."""
    mine = visible_cases(actor).filter(applicant=number, service=service)
    return list(mine.exclude(state=CaseState.ENDED)[:MOST]) if number else []


def of_object(actor: Actor, service: str, objects: Iterable[str]) -> tuple[list[Case], int]:
    """Open applications for the same service that name one of these objects (cadastral numbers): those the
    actor sees, and how many more there are, of which nothing is told."""
    keys = [key for each in objects for key in wording.asked(each)[:1]]
    if not keys:
        return [], 0
    named = CaseWord.objects.filter(case=OuterRef("pk"), word__in=keys, depth=wording.FORM)
    found = Case.objects.filter(Exists(named), service=service).exclude(state=CaseState.ENDED)
    ids = list(found.order_by("-id").values_list("id", flat=True)[:MOST])
    seen = list(visible_cases(actor).filter(pk__in=ids))
    return seen, len(ids) - len(seen)
