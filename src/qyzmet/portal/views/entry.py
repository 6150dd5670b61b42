"""Signing in by IIN or BIN and password, signing out, and choosing in which role one acts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters

from qyzmet.pages import acting
from qyzmet.pages.forms import Fault
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import say
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body
from qyzmet.portal.accounts.entering import enter, home
from qyzmet.portal.posts import post_name

__all__ = ["inside", "roles", "sign_in", "sign_out"]


@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Process 1 and condition 1 of the portal; a refusal says why without telling which of the two is wrong.

    Cites: A120 §10(2); A120 §10(3); A120 §10(4); K4201 an.1 §8(2); K4201 an.1 §8(3); K4201 an.1 §8(4);
        K4201 an.2 §8(2); K4201 an.2 §8(3); K4201 an.2 §8(4).
    """
    onward = inside(request, request.POST.get("next") or request.GET.get("next") or "")
    kept = request.POST.get("kept", "")
    page: dict[str, Any] = {"next": onward, "number": "", "kept": kept, "errors": []}
    page["egov"] = settings.QYZMET_EGOV.offered
    if request.method != "POST" or "number" not in request.POST:
        return render(request, "portal/sign_in.html", page)
    number = "".join(request.POST["number"].split())[:12]
    account = authenticate(request, number=number, password=request.POST.get("password", ""))
    if account is None:
        page |= {"number": number, "errors": [Fault("number", say("entry.refused"))]}
        return render(request, "portal/sign_in.html", page, status=422)
    answer = enter(request, account, onward, kept)
    return answer or redirect("sign-in")


@posted_to("/")
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave; nothing of the session stays, nor of its pages behind the browser's back button."""
    logout(request)
    answer = redirect("/")
    answer["Clear-Site-Data"] = '"cache"'
    return answer


def roles(request: HttpRequest) -> HttpResponse:
    """Choose in which role to act: oneself, a company, a post."""
    if not request.user.is_authenticated:
        return redirect("/sign-in?next=/roles")
    onward = inside(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "POST":
        chosen = acting.choose(request, request.POST.get("role", ""))
        if chosen is not None:
            return redirect(onward or home(chosen))
    now = acting.current(request)
    choices = [
        {"key": acting.key_of(each), "actor": each, **_described(each)} for each in acting.roles(request)
    ]
    return render(
        request, "portal/roles.html", {"choices": choices, "next": onward, "now": now and acting.key_of(now)}
    )


def _described(actor: Actor) -> dict[str, Any]:
    if actor.post is None or actor.organisation is None:
        return {"title": actor.party_name, "number": actor.party}
    where = body(actor.organisation)
    return {"title": post_name(actor.post, actor.service, where.kind), "where": where.names}


def inside(request: HttpRequest, onward: str) -> str:
    """An address of this system as it was asked for; empty when it leads elsewhere or nowhere."""
    ours = url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()})
    return onward if onward.startswith("/") and ours else ""
