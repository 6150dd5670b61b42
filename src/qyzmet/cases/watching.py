"""The platform's own posts: those that watch the work and do none of it, and those that have no cases.

No package names them. A `supervisor` sees the course and times of the cases of the bodies below its own, and
of its own body's; an `auditor` reads every case of the bodies in its organisation's region, or of all bodies
where that organisation has no region. What such a post sees is derived here, for every list and page.
The contact centre tells one stage at a time by number and IIN, and the administrator runs the platform:
neither reads cases, whatever body they sit at.
Cites: Law on state services art. 5(2)(11); O109 an.2 row 10 ¶3.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from qyzmet.cases import rows
from qyzmet.cases.models import Capacity, Case, CaseAccess
from qyzmet.people.actor import Actor
from qyzmet.people.directory import bodies, body

__all__ = [
    "ADMINISTRATOR",
    "AUDITOR",
    "AUDITOR_POST",
    "CONTACT_CENTRE",
    "OVERSEER",
    "SYSTEM_OPERATOR",
    "WATCHERS",
    "administers",
    "audited",
    "has_no_cases",
    "seen_by",
    "watched",
    "watches",
    "within",
]

SUPERVISOR_POST, AUDITOR_POST = "supervisor", "auditor"
CONTACT_CENTRE, ADMINISTRATOR, SYSTEM_OPERATOR = "contact-centre", "administrator", "system-operator"
AUDITOR, OVERSEER = "auditor", "overseer"
"""Capacities no row holds: who audits the case's body, and who supervises within the provider itself. An
overseer sees what the body above sees and directs nothing."""

WATCHERS = frozenset({SUPERVISOR_POST, AUDITOR_POST})
BELOW = (Capacity.SUPERVISOR, Capacity.PROVIDER)


def watches(actor: Actor) -> bool:
    """Whether the actor's post only watches."""
    return actor.post in WATCHERS and actor.organisation is not None


def administers(actor: Actor) -> bool:
    """Whether this is the administrator of the platform, with the body that runs it."""
    at = actor.organisation if actor.post == ADMINISTRATOR else None
    return at is not None and body(at).kind == SYSTEM_OPERATOR


def has_no_cases(actor: Actor) -> bool:
    """Whether the post sees no case by the access its body has."""
    return actor.post == CONTACT_CENTRE or administers(actor)


def seen_by(actor: Actor, case_id: int, held: frozenset[str]) -> frozenset[str]:
    """What a watching post makes of the capacities its organisation has in a case."""
    if actor.post == AUDITOR_POST:
        return frozenset({AUDITOR}) if _audits(actor, case_id) else frozenset()
    if Capacity.SUPERVISOR in held:
        return frozenset({str(Capacity.SUPERVISOR)})
    return frozenset({OVERSEER}) if Capacity.PROVIDER in held else frozenset()


def audited(actor: Actor) -> frozenset[int] | None:
    """The bodies whose cases an auditor reads; None for all of them."""
    region = body(actor.organisation or 0).region
    return frozenset(b.id for b in bodies() if b.region == region) if region else None


def watched(actor: Actor, capacities: Collection[str] = ()) -> QuerySet[Case]:
    """The cases a watching post sees, newest first; `capacities` keeps those seen in one of these."""
    if actor.post == AUDITOR_POST:
        return _audited_cases(actor) if not capacities or AUDITOR in capacities else Case.objects.none()
    access = CaseAccess.objects.filter(
        until__isnull=True, person__isnull=True, organisation_id=actor.organisation or 0, capacity__in=BELOW
    )
    above = Q(capacity=Capacity.SUPERVISOR) if Capacity.SUPERVISOR in capacities else Q()
    own = Q(capacity=Capacity.PROVIDER) if OVERSEER in capacities else Q()
    if capacities and not (above or own):
        return Case.objects.none()
    return Case.objects.filter(id__in=access.filter(above | own).values("case_id")).order_by("-id")


def within(actor: Actor, case: str) -> Exists | Q:
    """Whether a supervisor sees the case a row names in its column `case`; for questions that begin with
    the few rows of an index and not with all the cases one sees."""
    access = CaseAccess.objects.filter(
        until__isnull=True,
        person__isnull=True,
        organisation_id=actor.organisation or 0,
        capacity__in=BELOW,
        case_id=OuterRef(case),
    )
    return Exists(access) if actor.post == SUPERVISOR_POST else Q(pk__in=[])


def _audited_cases(actor: Actor) -> QuerySet[Case]:
    within = audited(actor)
    found = Case.objects.order_by("-id")
    return found if within is None else found.filter(provider_id__in=within)


def _audits(actor: Actor, case_id: int) -> bool:
    within = audited(actor)
    if within is None:
        return True
    found = rows.run("SELECT provider_id FROM cases_case WHERE id = %s", [case_id]).fetchone()
    return found is not None and found[0] in within
