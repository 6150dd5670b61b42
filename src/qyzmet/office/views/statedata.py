"""An official asks state databases about a case: what was not asked yet, or one question again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.gateway.statedata.asking import ask
from qyzmet.office.desk import actor_of, official
from qyzmet.office.views.case import open_case, thrown_back
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import say

__all__ = ["asked"]


@posted_to("/office/cases/{ref}")
@official
def asked(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask, and go back to the case; the answers come by themselves."""
    actor, now = actor_of(request), clock.now()
    open_case(actor, ref, now)
    given = request.POST.get("again", "")
    again = int(given) if given.isdecimal() and len(given) < 19 else None
    try:
        made = ask(actor, ref, now=now, again=again)
    except ActRefused as problem:
        return thrown_back(request, actor, ref, now, problem)
    messages.success(request, say("state-data.asked-now" if made else "state-data.asked-nothing"))
    return redirect(f"/office/cases/{ref}#state-data")
