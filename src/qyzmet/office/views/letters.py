"""Letters told to the official: deadlines near, passed and moved, and what else happened to their cases."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.gateway import cabinet
from qyzmet.office.desk import actor_of, official, page

__all__ = ["index", "letter"]

A_PAGE = 50


@official
def index(request: HttpRequest) -> HttpResponse:
    """Every letter to this person in this body, newest first."""
    found, before = cabinet.letters(actor_of(request)), request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        found = found.filter(id__lt=int(before))
    letters = list(found[: A_PAGE + 1])
    more = letters[A_PAGE - 1].pk if len(letters) > A_PAGE else None
    return page(request, "letters.html", {"letters": letters[:A_PAGE], "more": more}, at="letters")


@official
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter; opening it marks it read."""
    try:
        found = cabinet.opened(actor_of(request), pk, now=clock.now())
    except ActRefused as refusal:
        raise Http404(refusal.code) from refusal
    return page(request, "letter.html", {"letter": found}, at="letters")
