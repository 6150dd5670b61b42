"""Batch work: pick many, confirm once, read what came of each."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed import Signed
from qyzmet.config import clock
from qyzmet.evidence.models import SigningRequest
from qyzmet.office import batches, signing
from qyzmet.office.desk import actor_of, official, page
from qyzmet.pages.posting import posted_to
from qyzmet.pages.signing import finisher
from qyzmet.pages.words import current_language, say

__all__ = ["again", "batch", "batch_done", "finish"]


@posted_to("/office/")
@official
def batch(request: HttpRequest) -> HttpResponse:
    """First the confirmation; with `confirmed` each case is completed by an act of its own, signed where it
    has to be."""
    actor, data = actor_of(request), request.POST
    found = batches.chosen(actor, data.getlist("pick"))
    key = re.fullmatch(r"[\w-]{16,40}", data.get("confirmed", ""))
    if not found:
        messages.error(request, say("batch.gone" if key else "batch.none"))
        return redirect("/office/")
    if not key:
        return _confirm(request, found)
    grouped = batches.groups(batches.within_a_prompt(found)[0])
    outcomes = {group: data.get(f"outcome.{group}", "") for group in grouped}
    what = batches.orders(grouped, outcomes)
    if not what:
        messages.error(request, say("batch.by-hand"))
        return redirect("/office/")
    try:
        row = batches.prompt(actor, grouped, what, key[0], clock.now())
        return redirect(f"/sign/{row.token}") if row else _done(request, what, key[0])
    except ActRefused as problem:
        return _not_done(request, problem)


def _confirm(request: HttpRequest, found: list[batches.Chosen]) -> HttpResponse:
    """What is about to be done, as far as one prompt can take it."""
    kept, left = batches.within_a_prompt(found)
    context = {
        "groups": batches.groups(kept),
        "count": len(kept),
        "left": left,
        "most": batches.A_PROMPT,
        "signs": sum(each.signs for each in kept),
        "key": secrets.token_urlsafe(16),
    }
    return page(request, "batch.html", context, at="tasks")


@official
def again(request: HttpRequest, token: str) -> HttpResponse:
    """The confirmation once more, when the prompt was cancelled, with the cases that are still there."""
    actor = actor_of(request)
    row = signing.asked_for(actor, token, batches.BATCH)
    if row is None:
        return redirect("/office/")
    what = batches.ordered(row.params["orders"])
    keys = [f"{ref}.{no}" for order in what.values() for ref, no in order.tasks]
    found = batches.chosen(actor, keys)
    return _confirm(request, found) if found else redirect("/office/")


def _back(row: SigningRequest) -> str:
    return f"/office/batch/again/{row.token}"


@finisher(batches.BATCH, back=_back)
def finish(request: HttpRequest, row: SigningRequest, signed: Mapping[str, Signed]) -> HttpResponse:
    """Make the batch and carry it out, each case with its own signature."""
    return cast(HttpResponse, _finished(request, row, signed))


@official
def _finished(request: HttpRequest, row: SigningRequest, signed: Mapping[str, Signed]) -> HttpResponse:
    try:
        return _done(request, batches.ordered(row.params["orders"]), row.params["key"], signed)
    except ActRefused as problem:
        return _not_done(request, problem)


def _done(
    request: HttpRequest,
    what: Mapping[str, batches.Order],
    key: str,
    signed: Mapping[str, Signed] | None = None,
) -> HttpResponse:
    made = batches.carry_out(actor_of(request), what, key, clock.now(), signed)
    return redirect("/office/batch/done?" + "&".join(f"no={number}" for number in made))


def _not_done(request: HttpRequest, problem: ActRefused) -> HttpResponse:
    messages.error(request, problem.text[current_language()])
    return redirect("/office/")


@official
def batch_done(request: HttpRequest) -> HttpResponse:
    """What came of each case."""
    numbers = [int(no) for no in request.GET.getlist("no")[:50] if no.isdecimal() and len(no) < 12]
    found = batches.results(actor_of(request), numbers)
    if not found:
        raise Http404
    done = sum(each.done for each in found)
    return page(request, "batch_done.html", {"results": found, "done": done}, at="tasks")
