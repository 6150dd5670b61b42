"""The agenda of a commission: the files before it, in the order they are due, voted on in one page."""

from __future__ import annotations

import secrets
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from qyzmet.config import clock
from qyzmet.office.agenda import files, typed, vote
from qyzmet.office.desk import actor_of, official, page
from qyzmet.office.views.tasks import place_of, written_place
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import say
from qyzmet.portal import keeping

__all__ = ["agenda", "votes"]


@official
def agenda(request: HttpRequest) -> HttpResponse:
    """The files the commission has to decide, how each stands, and one's own vote on it; `?after=…`."""
    actor, now = actor_of(request), clock.now()
    after = place_of(request.GET.get("after", ""))
    found, total, more = files(actor, now, after)
    back = keeping.given_here(request)
    found = typed(found, back.data) if back else found
    context = {
        "files": found,
        "total": total,
        "next": urlencode({"after": written_place(more)}) if more else "",
        "later": after is not None,
        "waiting": sum(bool(each.offers) for each in found),
        "ready": sum(each.closes for each in found),
        "key": secrets.token_urlsafe(16),
        "now": now,
    }
    return page(request, "agenda.html", context, at="agenda")


@posted_to("/office/agenda")
@official
@keeping.keeps
def votes(request: HttpRequest) -> HttpResponse:
    """The votes that were marked, each an act; what is not marked stays open."""
    actor, data = actor_of(request), request.POST
    marked = {
        name.partition(".")[2]: (str(outcome), data.get(f"opinion.{name.partition('.')[2]}", "").strip())
        for name, outcome in data.items()
        if name.startswith("vote.") and outcome
    }
    if not marked:
        messages.error(request, say("agenda.none-marked"))
        return redirect("/office/agenda")
    came = vote(actor, marked, data.get("key", "")[:40], clock.now())
    if came.done:
        messages.success(request, say("agenda.counted", count=came.done))
    for number, why in came.refused:
        messages.error(request, f"{number}: {why}")
    return redirect("/office/agenda")
