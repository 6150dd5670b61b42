"""The second factor: setting it up, and giving its code when one comes in."""

from __future__ import annotations

import base64
from typing import cast

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django_otp import devices_for_user
from django_otp import login as otp_login
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from qyzmet.cases.acts.accounts import begin_second_factor, drop_second_factor, finish_second_factor
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.pages import acting
from qyzmet.pages.forms import Fault
from qyzmet.pages.words import say
from qyzmet.people import attempts
from qyzmet.people.models import Account
from qyzmet.portal.accounts import entering
from qyzmet.portal.accounts.fields import Form, Line
from qyzmet.portal.accounts.mine import mine
from qyzmet.portal.views.entry import inside

__all__ = ["code", "set_up"]

CODE = Form("code", (Line("code", "code", "one-time-code"),))
CHANGE = Form("factor-change", (Line("code", "code", "one-time-code"),), "portal/accounts/factor_there.html")
SET_UP = Form("second-factor", (Line("code", "code", "one-time-code"),), "portal/accounts/factor.html")


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """The code after the password. Ten wrong ones, and it rests for a quarter of an hour."""
    account = entering.waiting(request)
    if account is None:
        messages.warning(request, say("accounts.code-late"))
        return redirect("sign-in")
    if request.method != "POST":
        return CODE.page(request)
    said = CODE.read(request)
    if errors := CODE.empty(said):
        return CODE.page(request, said, errors)
    if not attempts.may("code", str(account.pk), clock.now()):
        return CODE.page(request, {}, [Fault("code", say("accounts.too-often"))], status=429)
    answer = entering.given_code(request, account, _plain(said["code"]))
    return answer or CODE.page(request, {}, [Fault("code", say("accounts.code-wrong"))])


@never_cache
@mine
def set_up(request: HttpRequest) -> HttpResponse:
    """Read the QR code with a program on the phone, give its first code, keep the spare ones."""
    account = cast(Account, request.user)
    onward = inside(request, request.POST.get("next") or request.GET.get("next") or "")
    if any(each.confirmed for each in devices_for_user(account)):
        return _there(request, account, onward)
    device = begin_second_factor(account)
    if request.method != "POST":
        return _drawn(request, device, onward)
    said = SET_UP.read(request)
    errors = SET_UP.empty(said)
    if not errors and not attempts.may("code", str(account.pk), clock.now()):
        return _drawn(request, device, onward, [Fault("code", say("accounts.too-often"))], 429)
    if errors:
        return _drawn(request, device, onward, errors)
    keep = request.session.session_key or ""
    try:
        device, spare = finish_second_factor(
            acting.roles(request)[0], _plain(said["code"]), keep=keep, now=clock.now()
        )
    except ActRefused as refusal:
        return _drawn(request, device, onward, SET_UP.faults(refusal))
    otp_login(request, device)
    return render(request, "portal/accounts/spare.html", {"spare": spare, "next": onward})


def _there(request: HttpRequest, account: Account, onward: str) -> HttpResponse:
    """The second factor is on; whoever gives a code of it may take it off, to set up another phone."""
    errors, status = [], None
    if request.method == "POST":
        code = _plain(CHANGE.read(request)["code"])
        if not attempts.may("code", str(account.pk), clock.now()):
            errors, status = [Fault("code", say("accounts.too-often"))], 429
        else:
            try:
                drop_second_factor(acting.roles(request)[0], code, now=clock.now())
            except ActRefused as refusal:
                errors = CHANGE.faults(refusal)
            else:
                messages.success(request, say("accounts.factor-dropped"))
                return redirect(request.get_full_path())
    left = StaticToken.objects.filter(device__user=account).count()
    return CHANGE.page(request, {}, errors, status=status, left=left, next=onward)


def _drawn(
    request: HttpRequest, device: TOTPDevice, onward: str, errors: list[Fault] | None = None, status: int = 0
) -> HttpResponse:
    key = base64.b32encode(device.bin_key).decode().rstrip("=")
    picture = segno.make(device.config_url, error="m").svg_data_uri(scale=4, border=4, light="#fff")
    spaced = " ".join(key[at : at + 4] for at in range(0, len(key), 4))
    return SET_UP.page(
        request, {}, errors or [], status=status or None, picture=picture, secret=spaced, next=onward
    )


def _plain(code: str) -> str:
    """As it was meant: programs show six digits with a space between."""
    return "".join(code.split()).lower()[:16]
