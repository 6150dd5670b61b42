"""My tasks: the open work of the post, by due moment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, get_args

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from qyzmet.cases import acts
from qyzmet.cases.models import Token
from qyzmet.cases.queries import Place, counters, my_tasks
from qyzmet.cases.queries.tasks import Kept
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.watching import watches
from qyzmet.config import clock
from qyzmet.office.desk import actor_of, official, page, published
from qyzmet.office.listing import listed
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import current_language, say
from qyzmet.people.actor import Actor

__all__ = ["hand", "tasks"]

A_PAGE = 25


@official
def tasks(request: HttpRequest) -> HttpResponse:
    """The list with its counters; `?show=late|today|waiting|unassigned|mine&service=…&after=…`."""
    actor, now = actor_of(request), clock.now()
    if watches(actor):
        return redirect("/office/audit/" if actor.post == "auditor" else "/office/supervision/")
    show, service = _shown(request), request.GET.get("service", "") or None
    found = my_tasks(
        actor,
        after=_place(request.GET.get("after", "")),
        most=A_PAGE,
        service=service,
        mine=show == "mine",
        only=(show, now) if show in get_args(Kept) else None,  # type: ignore[arg-type]
    )
    rows = listed(actor, found.tasks, now)
    count = counters(actor, now, service=service)
    context = {
        "rows": rows,
        "count": count,
        "counters": _counters(count, show),
        "show": show,
        "service": service or "",
        "services": _services(actor),
        "next": _written(found.next) if found.next else "",
        "later": "after" in request.GET,
        "batches": any(row.batch for row in rows),
        "query": request.GET.urlencode(),
        "now": now,
    }
    return page(request, "tasks.html", context, at="tasks")


@posted_to("/office/")
@official
def hand(request: HttpRequest) -> HttpResponse:
    """Take a task, or give it back, without leaving the list."""
    actor, now, back = actor_of(request), clock.now(), request.POST.get("back", "")
    for verb, act in (("take", acts.take), ("give-back", acts.give_back)):
        ref, _, no = request.POST.get(verb, "").partition(".")
        if ref and no.isdecimal() and len(no) < 10:
            try:
                act(actor, ref, int(no), now=now)
                messages.success(request, say(f"doing.done-{verb}"))
            except ActRefused as problem:
                messages.error(request, problem.text[current_language()])
    return redirect(f"/office/?{back}" if back else "/office/")


def _shown(request: HttpRequest) -> str:
    show = request.GET.get("show", "")
    return show if show in (*get_args(Kept), "mine") else ""


def _counters(count: Any, show: str) -> list[dict[str, Any]]:
    kinds = ("late", "today", "waiting", "unassigned")
    numbers = [("", count.total), *((kind, getattr(count, kind)) for kind in kinds)]
    return [
        {"kind": kind, "number": number, "words": say(f"tasks.{kind or 'all'}"), "here": kind == show}
        for kind, number in numbers
    ]


def _services(actor: Actor) -> list[tuple[str, str]]:
    """The services of which this post has open work."""
    at_work = set(
        Token.objects.filter(closed_at=None, organisation=actor.organisation, post=actor.post)
        .values_list("service", flat=True)
        .distinct()
    )
    found = {
        law.package.service: law.package.name.in_language(current_language())
        for law in published()
        if law.package.service in at_work and actor.service in ("", law.package.service)
    }
    return sorted(found.items(), key=lambda each: each[1])


def _written(place: Place) -> str:
    return f"{place.queue_at.isoformat()}~{place.id}"


def _place(words: str) -> Place | None:
    moment, _, number = words.partition("~")
    if not number.isdecimal() or len(number) > 18:
        return None
    try:
        return Place(datetime.fromisoformat(moment).astimezone(UTC), int(number))
    except (ValueError, OverflowError):
        return None
