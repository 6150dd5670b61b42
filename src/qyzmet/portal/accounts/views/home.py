"""My account: what is known of it, the sessions it has, its password."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import devices_for_user

from qyzmet.cases.acts.accounts import change_password, end_own_sessions
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.pages import acting
from qyzmet.pages.forms import Fault
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import current_language, say
from qyzmet.people import attempts, signed_in
from qyzmet.people.models import Account
from qyzmet.portal.accounts.agents import spoken
from qyzmet.portal.accounts.fields import Form, Line
from qyzmet.portal.accounts.mine import mine

__all__ = ["end_sessions", "home", "password"]

FORM = Form(
    "password",
    (
        Line("old", "password", "current-password"),
        Line("password", "password", "new-password"),
        Line("again", "password", "new-password"),
    ),
)


@never_cache
@mine
def home(request: HttpRequest) -> HttpResponse:
    """What the account is, and where it can be changed."""
    account = cast(Account, request.user)
    here = request.session.session_key
    sessions = [
        {"row": each, "agent": spoken(each.agent), "here": each.session_key == here}
        for each in signed_in.listed(account)
    ]
    said = {"account": account, "sessions": sessions, "factor": any(devices_for_user(account))}
    return render(request, "portal/accounts/home.html", said)


@never_cache
@sensitive_post_parameters("old", "password", "again")
@mine
def password(request: HttpRequest) -> HttpResponse:
    """A new password; this session goes on under a new key, every other one ends."""
    if request.method != "POST":
        return FORM.page(request)
    said = FORM.read(request)
    errors = FORM.empty(said)
    if not errors and said["password"] != said["again"]:
        errors = [Fault("again", say("accounts.differs"))]
    if errors:
        return FORM.page(request, said, errors)
    actor, now = acting.roles(request)[0], clock.now()
    if not attempts.may("password", str(actor.account), now):
        return FORM.page(request, said, [Fault("old", say("accounts.too-often"))], status=429)
    try:
        row = change_password(actor, said["old"], said["password"], now=now)
    except ActRefused as refusal:
        return FORM.page(request, said, FORM.faults(refusal))
    before = request.session.session_key or ""
    update_session_auth_hash(request, row)
    signed_in.moved(before, request.session.session_key or "")
    signed_in.end(row, but=request.session.session_key or "")
    messages.success(request, say("accounts.password-changed"))
    return redirect("account")


@posted_to("/account")
@mine
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one session, or all but this one."""
    one = request.POST.get("one", "")
    number = int(one) if one.isascii() and one.isdecimal() and len(one) < 19 else None
    try:
        if one and number is None:
            number = -1
        end_own_sessions(
            acting.roles(request)[0], one=number, but=request.session.session_key or "", now=clock.now()
        )
        messages.success(request, say("accounts.sessions-ended"))
    except ActRefused as refusal:
        messages.warning(request, refusal.text[current_language()])
    return redirect("account")
