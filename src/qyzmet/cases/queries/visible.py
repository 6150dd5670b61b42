"""The cases an actor may see: every list, count, search, export and download starts here."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from qyzmet.cases.models import Case, CaseAccess
from qyzmet.cases.watching import has_no_cases, watched, watches
from qyzmet.people.actor import Actor

__all__ = ["access_of", "seen_among", "visible_cases"]


def visible_cases(actor: Actor, *, capacities: Collection[str] = ()) -> QuerySet[Case]:
    """Cases the actor sees now, newest first: an official the organisation's, anyone else their own.

    `capacities` keeps those seen in one of these only. A page of many is taken by keyset
    (`.filter(id__lt=last)`).
    """
    if actor.is_system:
        return Case.objects.order_by("-id")
    if not actor.confirmed or has_no_cases(actor):
        return Case.objects.none()
    if watches(actor):
        return watched(actor, capacities)
    return Case.objects.filter(id__in=access_of(actor, capacities).values("case_id")).order_by("-id")


def access_of(actor: Actor, capacities: Collection[str] = ()) -> QuerySet[CaseAccess]:
    """The rows by which one sees cases, for questions that are asked of the index of access itself; none for
    the system, for posts that only watch, whose sight no row holds, and for those that have no cases."""
    if actor.is_system or not actor.confirmed or watches(actor) or has_no_cases(actor):
        return CaseAccess.objects.none()
    access = CaseAccess.objects.filter(until__isnull=True)
    if actor.organisation is not None:
        access = access.filter(organisation_id=actor.organisation, person__isnull=True)
    else:
        access = access.filter(person=actor.party, organisation__isnull=True)
    return access.filter(capacity__in=list(capacities)) if capacities else access


def seen_among(actor: Actor, ids: Collection[int], *, capacities: Collection[str] = ()) -> set[int]:
    """Which of a page's cases the actor sees in one of these capacities."""
    if actor.is_system or watches(actor):
        found = visible_cases(actor, capacities=capacities).filter(pk__in=ids)
        return set(found.order_by().values_list("pk", flat=True))
    rows = access_of(actor, capacities).filter(case_id__in=ids)
    return set(rows.order_by().values_list("case_id", flat=True))
