"""Signing in by eGov, where the deployment offers it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from qyzmet.cases.acts.accounts import enter_by_egov
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.pages.words import current_language, say
from qyzmet.portal.accounts import egov
from qyzmet.portal.accounts.entering import enter
from qyzmet.portal.views.entry import inside

__all__ = ["back", "start"]

KEPT = "egov"


@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """To eGov, to come back with a code."""
    if not settings.QYZMET_EGOV.offered:
        raise Http404
    address, kept = egov.begin(_back(), current_language())
    request.session[KEPT] = kept | {"next": inside(request, request.GET.get("next", ""))}
    return redirect(address)


@never_cache
def back(request: HttpRequest) -> HttpResponse:
    """Back from eGov. What was asked is forgotten: an answer counts once, in the browser that asked."""
    if not settings.QYZMET_EGOV.offered:
        raise Http404
    kept = request.session.pop(KEPT, None)
    answer = {name: request.GET.get(name, "") for name in ("state", "code", "error")}
    try:
        person = egov.finish(kept, answer, _back())
        account = enter_by_egov(person.iin, person[1:], language=current_language(), now=clock.now())
    except egov.EgovRefused as problem:
        messages.warning(request, say(f"accounts.egov-{problem.code}"))
        return redirect("sign-in")
    except ActRefused as refusal:
        messages.warning(request, refusal.text[current_language()])
        return redirect("sign-in")
    came = enter(request, account, kept["next"])
    if came is None:
        messages.warning(request, say("accounts.egov-denied"))
        return redirect("sign-in")
    return came


def _back() -> str:
    return settings.QYZMET_ADDRESS + reverse("account-egov-back")
