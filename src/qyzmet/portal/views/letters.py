"""The letters of the cabinet: what was told to me, when, and to which address it went."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.gateway import cabinet
from qyzmet.pages import acting

__all__ = ["index", "letter"]

A_PAGE = 30


@acting.required
def index(request: HttpRequest) -> HttpResponse:
    """Every letter, newest first."""
    actor = request.actor  # type: ignore[attr-defined]
    found, before = cabinet.letters(actor), request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        found = found.filter(id__lt=int(before))
    letters = list(found[: A_PAGE + 1])
    more = letters[A_PAGE - 1].pk if len(letters) > A_PAGE else None
    return render(request, "portal/letters.html", {"letters": letters[:A_PAGE], "more": more})


@acting.required
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter; opening it marks it read."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        found = cabinet.opened(actor, pk, now=clock.now())
    except ActRefused as refusal:
        raise Http404(refusal.code) from refusal
    return render(request, "portal/letter.html", {"letter": found})
