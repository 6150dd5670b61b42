"""The head's page of substitutions: who stands in for whom in the body, by what order, and a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from qyzmet.cases.acts.administering import end_substitution
from qyzmet.cases.acts.substitute import substitute
from qyzmet.cases.refusals import ActRefused, refused
from qyzmet.clock import local
from qyzmet.config import clock
from qyzmet.office import asking
from qyzmet.office.administering.fields import everywhere, field
from qyzmet.office.body_work import directs
from qyzmet.office.desk import actor_of, official, page
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import current_language, say
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body
from qyzmet.people.in_force import not_over
from qyzmet.people.models import Account, PostHolding, Substitution
from qyzmet.portal import keeping
from qyzmet.portal.posts import post_name
from qyzmet.regulation.model import Field

__all__ = ["stop", "substitutions"]

PAGE = "substitutions"


@official
@keeping.keeps
def substitutions(request: HttpRequest) -> HttpResponse:
    """The substitutions of the body that run or are still to come; posted, one more by an order."""
    actor, now = actor_of(request), clock.now()
    if not directs(actor):
        raise PermissionDenied
    held = _held(actor, now)
    fields = _fields(held)
    if request.method != "POST":
        back = keeping.given_here(request)
        return _draw(request, actor, asking.again(fields, back.data) if back else asking.opened(fields), now)
    small = asking.sent(fields, request.POST, lambda clean: _enter(actor, clean, now))
    if not small.done:
        return _draw(request, actor, small, now, status=422)
    messages.success(request, say("substitutions.done"))
    return redirect("/office/substitutions")


@posted_to("/office/substitutions")
@official
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """End one before its day, with a reason."""
    try:
        end_substitution(actor_of(request), pk, reason=request.POST.get("reason", ""), now=clock.now())
        messages.success(request, say("substitutions.stopped"))
    except ActRefused as problem:
        messages.error(request, problem.text[current_language()])
    return redirect("/office/substitutions")


def _enter(actor: Actor, clean: Mapping[str, Any], now: datetime) -> None:
    other = Account.objects.filter(number=clean["person"]).values_list("pk", flat=True).first()
    if other is None:
        raise refused("post-person", hint={"field": "person"})
    since, until = datetime.fromisoformat(clean["since"]), datetime.fromisoformat(clean["until"])
    if until <= since:
        raise refused("dates-reversed", hint={"field": "until"})
    if until <= now:
        raise refused("dates-past", day=local(now).date(), hint={"field": "until"})
    holding = int(clean["holding"].rpartition("-")[2])
    substitute(
        actor, holding, other, order=clean["order"], since=since, until=until, now=now,
        reason=clean.get("reason", ""),
    )  # fmt: skip


def _fields(held: Mapping[str, str]) -> dict[str, Field]:
    return {
        "holding": field(
            PAGE, "holding", "choice", choices={k: everywhere(name) for k, name in held.items()}
        ),
        "person": field(PAGE, "person", "iin"),
        "order": field(PAGE, "order", most=100),
        "since": field(PAGE, "since", "moment"),
        "until": field(PAGE, "until", "moment"),
        "reason": field(PAGE, "reason", "long-text", required=False, most=2000),
    }


def _held(actor: Actor, now: datetime) -> dict[str, str]:
    """The posts held in the body now, by who holds them and what the post is."""
    held = PostHolding.objects.filter(not_over(now), organisation=actor.organisation)
    kind, language = body(actor.organisation or 0).kind, current_language()
    named = [
        (f"seat-{r.pk}", f"{r.account.full_name} – {post_name(r.post, '', kind)[language]}")
        for r in held.select_related("account")
    ]
    return dict(sorted(named, key=lambda each: each[1]))


def _draw(
    request: HttpRequest, actor: Actor, small: asking.Small, now: datetime, *, status: int = 200
) -> HttpResponse:
    rows = Substitution.objects.filter(holding__organisation=actor.organisation, until__gt=now)
    kind, language = body(actor.organisation or 0).kind, current_language()
    listed = [
        {
            "row": row,
            "post": post_name(row.holding.post, "", kind)[language],
            "ahead": row.since > now,
        }
        for row in rows.select_related("holding__account", "substitute").order_by("since", "id")
    ]
    context = {"small": small, "errors": small.errors, "rows": listed}
    return page(request, "substitutions.html", context, at="tasks", status=status)
