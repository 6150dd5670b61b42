"""My tasks: the open work of the post, by due moment, narrowed as one likes, and taken away as a file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect

from qyzmet.cases import acts
from qyzmet.cases.queries import Place, counters, my_tasks
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.office import spreadsheets, taking_lists
from qyzmet.office.desk import actor_of, official, page
from qyzmet.office.landing import instead_of_tasks
from qyzmet.office.listing import listed
from qyzmet.office.narrowing import Asked, asked, choices
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import current_language, say
from qyzmet.people.models import KeptFilter

__all__ = ["export", "hand", "place_of", "tasks", "written_place"]

A_PAGE = 25


@official
def tasks(request: HttpRequest) -> HttpResponse:
    """The list with its counters; `?show=…&service=…&step=…&holder=…&days=…&after=…`."""
    actor, now = actor_of(request), clock.now()
    if elsewhere := instead_of_tasks(actor):
        return redirect(elsewhere)
    wanted = asked(request.GET)
    kept = wanted.kept(now)
    after = place_of(request.GET.get("after", ""))
    found = my_tasks(
        actor, after=after, most=A_PAGE, narrowed=kept, mine=wanted.show == "mine", only=wanted.counting(now)
    )
    rows = listed(actor, found.tasks, now)
    filters = list(KeptFilter.objects.filter(account=actor.account or 0).order_by("name"))
    context = {
        "rows": rows,
        "counters": _counters(counters(actor, now, narrowed=kept), wanted),
        "wanted": wanted,
        "mine": wanted.showing("" if wanted.show == "mine" else "mine"),
        "choices": choices(actor, wanted),
        "filters": filters,
        "kept_as": next((each.name for each in filters if each.query == wanted.query), ""),
        "next": urlencode({"after": written_place(found.next)}) if found.next else "",
        "later": after is not None,
        "batches": any(row.batch for row in rows),
        "kinds": spreadsheets.KINDS,
        "query": wanted.query,
        "now": now,
    }
    return page(request, "tasks.html", context, at="tasks")


@official
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Every row of the list under the same filter, as a file."""
    if kind not in spreadsheets.KINDS:
        raise Http404
    actor, now = actor_of(request), clock.now()
    rows = taking_lists.task_rows(actor, asked(request.GET), now)
    return spreadsheets.sent("tasks", kind, taking_lists.task_heads(), rows)


@posted_to("/office/")
@official
def hand(request: HttpRequest) -> HttpResponse:
    """Take a task, or give it back, without leaving the list."""
    actor, now = actor_of(request), clock.now()
    for verb, act in (("take", acts.take), ("give-back", acts.give_back)):
        ref, _, no = request.POST.get(verb, "").partition(".")
        if ref and no.isdecimal() and len(no) < 10:
            try:
                act(actor, ref, int(no), now=now)
                messages.success(request, say(f"doing.done-{verb}"))
            except ActRefused as problem:
                messages.error(request, problem.text[current_language()])
    back = asked(QueryDict(request.POST.get("back", "")[:1000])).query
    return redirect(f"/office/?{back}" if back else "/office/")


def _counters(count: Any, wanted: Asked) -> list[dict[str, Any]]:
    kinds = ("late", "today", "waiting", "unassigned")
    numbers = [("", count.total), *((kind, getattr(count, kind)) for kind in kinds)]
    return [
        {
            "kind": kind,
            "number": number,
            "words": say(f"tasks.{kind or 'all'}"),
            "here": kind == wanted.show,
            "query": wanted.showing(kind),
        }
        for kind, number in numbers
    ]


def written_place(place: Place) -> str:
    """Where a page ends, as an address carries it."""
    return f"{place.queue_at.isoformat()}~{place.id}"


def place_of(words: str) -> Place | None:
    """Read it back; None for what nobody wrote."""
    moment, _, number = words.partition("~")
    if not number.isdecimal() or len(number) > 18:
        return None
    try:
        return Place(datetime.fromisoformat(moment).astimezone(UTC), int(number))
    except (ValueError, OverflowError):
        return None
