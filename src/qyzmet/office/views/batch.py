"""Batch work: pick many, confirm once, read what came of each."""

from __future__ import annotations

import re
import secrets

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.office import batches
from qyzmet.office.desk import actor_of, official, page
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import current_language, say

__all__ = ["batch", "batch_done"]


@posted_to("/office/")
@official
def batch(request: HttpRequest) -> HttpResponse:
    """First the confirmation; with `confirmed` each case is completed by an act of its own."""
    actor, data = actor_of(request), request.POST
    found = batches.chosen(actor, data.getlist("pick"))
    key = re.fullmatch(r"[\w-]{16,40}", data.get("confirmed", ""))
    if not found:
        messages.error(request, say("batch.gone" if key else "batch.none"))
        return redirect("/office/")
    grouped = batches.groups(found)
    if not key:
        context = {"groups": grouped, "count": len(found), "key": secrets.token_urlsafe(16)}
        return page(request, "batch.html", context, at="tasks")
    outcomes = {group: data.get(f"outcome.{group}", "") for group in grouped}
    try:
        made = batches.complete_each(actor, grouped, outcomes, key[0], clock.now())
    except ActRefused as problem:
        messages.error(request, problem.text[current_language()])
        return redirect("/office/")
    return redirect("/office/batch/done?" + "&".join(f"no={number}" for number in made))


@official
def batch_done(request: HttpRequest) -> HttpResponse:
    """What came of each case."""
    numbers = [int(no) for no in request.GET.getlist("no")[:50] if no.isdecimal() and len(no) < 12]
    found = batches.results(actor_of(request), numbers)
    if not found:
        raise Http404
    done = sum(each.done for each in found)
    return page(request, "batch_done.html", {"results": found, "done": done}, at="tasks")
