"""Whether somebody has applied for the same already: the recipient, or anybody for the same object."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from qyzmet.cases.models import Case, CaseState, CaseWord
from qyzmet.cases.queries.visible import visible_cases
from qyzmet.cases.words import wording
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body

__all__ = ["MOST", "Opened", "of_object", "of_recipient"]

MOST = 5


class Opened(NamedTuple):
    """An open application. `seen`: whether it is open to who asks; else only its number and body are said."""

    case: Case
    seen: bool

    @property
    def where(self) -> dict[str, str]:
        """The name of the body it lies with, by language."""
        return body(self.case.provider_id).names


def of_recipient(actor: Actor, service: str, number: str, chosen: int | None = None) -> list[Opened]:
    """Every open application of a recipient for a service, at whichever body: those at the chosen body first,
    and the newest first among each."""
    if not number:
        return []
    asked = Case.objects.filter(applicant=number, service=service).exclude(state=CaseState.ENDED)
    found = list(asked.order_by("-id"))
    ids = [case.pk for case in found]
    seen = set(visible_cases(actor).filter(pk__in=ids).order_by().values_list("pk", flat=True))
    found.sort(key=lambda case: case.provider_id != chosen)
    return [Opened(case, case.pk in seen) for case in found]


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
