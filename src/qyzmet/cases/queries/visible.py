"""The cases an actor may see: every list, count, search, export and download starts here."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from qyzmet.cases.models import Case, CaseAccess
from qyzmet.cases.watching import watched, watches
from qyzmet.people.actor import Actor

__all__ = ["visible_cases"]


def visible_cases(actor: Actor, *, capacities: Collection[str] = ()) -> QuerySet[Case]:
    """Cases the actor sees now, newest first: an official the organisation's, anyone else their own.

    `capacities` keeps those seen in one of these only. A page of many is taken by keyset
    (`.filter(id__lt=last)`).
    """
    if actor.is_system:
        return Case.objects.order_by("-id")
    if not actor.confirmed:
        return Case.objects.none()
    if watches(actor):
        return watched(actor, capacities)
    access = CaseAccess.objects.filter(until__isnull=True)
    if actor.organisation is not None:
        access = access.filter(organisation_id=actor.organisation, person__isnull=True)
    else:
        access = access.filter(person=actor.party, organisation__isnull=True)
    if capacities:
        access = access.filter(capacity__in=list(capacities))
    return Case.objects.filter(id__in=access.values("case_id")).order_by("-id")
