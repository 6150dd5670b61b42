"""The one way into a session: by password, by eGov, with the second factor where there is one.

enter(request, account, onward)   # the next page: the code, the role, or where one was going
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.contrib.auth import login
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_otp import devices_for_user, match_token
from django_otp import login as otp_login

from qyzmet.cases.lock import writing
from qyzmet.config import clock
from qyzmet.config.client import address
from qyzmet.pages import acting
from qyzmet.people import signed_in
from qyzmet.people.actor import Actor
from qyzmet.people.backend import AccountBackend
from qyzmet.people.models import Account
from qyzmet.portal import keeping

__all__ = ["enter", "given_code", "home", "onward_page", "waiting"]

KEPT = "entering"
LASTS = timedelta(minutes=10)
BACKEND = "qyzmet.people.backend.AccountBackend"


def enter(request: HttpRequest, account: Account, onward: str = "", kept: str = "") -> HttpResponse | None:
    """Begin a session, or ask for the second factor first; None for an account that may not be used here."""
    if not AccountBackend().user_can_authenticate(account):
        return None
    if any(devices_for_user(account)):
        said = {"account": account.pk, "at": clock.now().isoformat(), "next": onward, "kept": kept}
        request.session[KEPT] = said
        return redirect("account-code")
    login(request, account, backend=BACKEND)
    return _arrived(request, account, onward, kept)


def waiting(request: HttpRequest) -> Account | None:
    """Who has shown a password here within ten minutes and has yet to give a code."""
    said = request.session.get(KEPT)
    if not said or not _fresh(said):
        return None
    account = Account.objects.filter(pk=said["account"]).first()
    return account if account and AccountBackend().user_can_authenticate(account) else None


def given_code(request: HttpRequest, account: Account, code: str) -> HttpResponse | None:
    """The session begins, if the code is good: a code works once, and a spare one is used up."""
    with writing():
        device = match_token(account, code)
    if device is None:
        return None
    said: dict[str, Any] = request.session.pop(KEPT)
    login(request, account, backend=BACKEND)
    otp_login(request, device)
    return _arrived(request, account, said["next"], said["kept"])


def onward_page(request: HttpRequest, onward: str) -> HttpResponse:
    """Where one goes after coming in: the role first, where there are several."""
    actor = acting.current(request)
    posts = [each for each in acting.roles(request) if each.is_official]
    if actor is None and onward.startswith("/office/") and len(posts) == 1:
        return redirect(onward)
    if actor is None:
        return redirect(f"/roles?next={quote(onward)}" if onward else "/roles")
    return redirect(onward or home(actor))


def home(actor: Actor) -> str:
    """The first page of a role."""
    return "/office/" if actor.is_official else "/cabinet"


def _arrived(request: HttpRequest, account: Account, onward: str, kept: str) -> HttpResponse:
    saved = keeping.restore(request, account, kept, clock.now()) if kept else ""
    return keeping.remember(onward_page(request, saved or onward), account)


def _fresh(said: dict[str, Any]) -> bool:
    began = datetime.fromisoformat(said["at"])
    return began <= clock.now() < began + LASTS


@receiver(user_logged_in)
def _noted(sender: object, request: HttpRequest, user: Account, **_: Any) -> None:
    """The session stands in the account's list."""
    agent = request.headers.get("User-Agent", "")
    key = request.session.session_key or ""
    signed_in.noted(user, key, now=clock.now(), place=address(request), agent=agent)
