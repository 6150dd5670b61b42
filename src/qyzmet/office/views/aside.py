"""What an official adds beside the procedure of a case: an internal note, a conflict of interest."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from qyzmet.cases import acts
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.office.desk import actor_of, official
from qyzmet.office.views.case import open_case, thrown_back
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import say
from qyzmet.portal import keeping

__all__ = ["conflict", "note"]


@posted_to("/office/cases/{ref}")
@official
@keeping.keeps
def note(request: HttpRequest, ref: str) -> HttpResponse:
    """Add a note; only one's own body reads it."""
    actor, now, data = actor_of(request), clock.now(), request.POST
    open_case(actor, ref, now)
    try:
        acts.add_note(actor, ref, data.get("note", ""), now=now, key=data.get("key") or None)
    except ActRefused as problem:
        return thrown_back(request, actor, ref, now, problem, sent=data)
    messages.success(request, say("notes.done"))
    return redirect(f"/office/cases/{ref}#notes")


@posted_to("/office/cases/{ref}")
@official
@keeping.keeps
def conflict(request: HttpRequest, ref: str) -> HttpResponse:
    """Stand aside from a case, with the reason."""
    actor, now, data = actor_of(request), clock.now(), request.POST
    open_case(actor, ref, now)
    try:
        acts.declare_conflict(actor, ref, reason=data.get("conflict", ""), now=now)
    except ActRefused as problem:
        return thrown_back(request, actor, ref, now, problem, sent=data)
    messages.success(request, say("notes.conflict-done"))
    return redirect(f"/office/cases/{ref}")
