"""An act that was refused, told to a person: what happened, why, and where to go on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from qyzmet.cases.refusals import ActRefused
from qyzmet.pages.words import current_language

__all__ = ["refused_page"]


def refused_page(request: HttpRequest, why: ActRefused | str, back: str = "/") -> HttpResponse:
    """The page of a refusal; a case one may not see looks like one that is not there."""
    if isinstance(why, ActRefused):
        if why.is_absence:
            raise Http404(why.code)
        said, clause = why.text[current_language()], why.clause
    else:
        said, clause = why, ""
    return render(request, "portal/refused.html", {"said": said, "clause": clause, "back": back}, status=409)
