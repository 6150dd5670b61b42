"""Somebody is given a post in a body."""

from __future__ import annotations

import re
from datetime import datetime

from django.db.models import Q

from qyzmet.cases import allow
from qyzmet.cases.deployment import administering
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.people.in_force import not_over
from qyzmet.people.models import Account, AccountKind, PostHolding

__all__ = ["give_post"]

POST = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def give_post(
    actor: Actor,
    number: str,
    organisation: int,
    post: str,
    *,
    reason: str,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    service: str = "",
    chair: bool = False,
    key: str | None = None,
) -> PostHolding:
    """Let the person with this IIN hold a post in a body from `since` (now) to `until` (further notice).

    Nobody gives a post to oneself. Raises ActRefused `post-unknown`, `post-person`, `post-own`, `post-held`,
    `dates-reversed`, `dates-past`. Cites: the reason, an order on personnel.
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    begins = _begins(since, until, now)
    if not POST.fullmatch(post) or len(post) > 60 or (service and not POST.fullmatch(service)):
        raise refused("post-unknown", hint={"field": "post"})
    body = [number, organisation, post, service, chair, begins.date().isoformat(), _iso(until), why]
    with act("give-post", actor, now=now, key=key, body=body) as this:
        stream = f"organisation:{organisation}"
        this.ledger.lock([stream])
        if this.repeated:
            return PostHolding.objects.get(pk=this.answer["holding"])
        where = administering.organisation(organisation)
        if post == allow.ADMINISTRATOR and where.kind == allow.SYSTEM_OPERATOR and service:
            raise refused("post-unknown", hint={"field": "service"})
        person = _person(number)
        if person.pk == actor.account:
            raise refused("post-own", hint={"field": "person"})
        _not_held(person, organisation, post, service, begins, until)
        given = {"post": post, "service": service, "chair": chair, "since": begins, "until": until}
        row = PostHolding.objects.create(account=person, organisation=where, **given)
        said = {"reason": why, "holding": row.pk, "after": {"person": number, **given}}
        this.record(stream, "post.given", said)
        this.record(f"account:{person.pk}", "post.given", {**said, "organisation": where.code})
        this.answer = {"holding": row.pk}
    return row


def _begins(since: datetime | None, until: datetime | None, now: datetime) -> datetime:
    """From when the post is held: now, or later. A moment earlier today means now."""
    if since is not None and (now - since).days >= 1:
        raise refused("dates-since-past", hint={"field": "since"})
    begins = max(since or now, now)
    administering.forward(begins, until, now)
    return begins


def _person(number: str) -> Account:
    found = Account.objects.filter(number=number, kind=AccountKind.INDIVIDUAL, is_active=True).first()
    if found is None:
        raise refused("post-person", hint={"field": "person"})
    return found


def _not_held(  # noqa: PLR0917 - what makes a holding the same, in the order of its row
    person: Account, organisation: int, post: str, service: str, since: datetime, until: datetime | None
) -> None:
    meets = not_over(since)
    if until is not None:
        meets &= Q(since__lt=until)
    same = PostHolding.objects.filter(
        meets, account=person, organisation=organisation, post=post, service__in={"", service}
    )
    if same.exists():
        raise refused("post-held", hint={"field": "post"})


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
