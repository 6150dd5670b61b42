"""A forgotten password: a letter with a link, or a signature with the same number."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from qyzmet import evidence
from qyzmet.cases.acts.accounts import ask_for_link, number_shown, reset_by_link, reset_by_signature
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed import Signed
from qyzmet.config import clock
from qyzmet.config.client import address
from qyzmet.evidence.models import SigningRequest
from qyzmet.pages.forms import Fault
from qyzmet.pages.signing import finisher, page_for_nobody
from qyzmet.pages.words import current_language, say
from qyzmet.people import attempts, links
from qyzmet.people.actor import NOBODY
from qyzmet.people.models import AccountKind
from qyzmet.portal.accounts.asking import asked_bytes, item
from qyzmet.portal.accounts.fields import Form, Line
from qyzmet.signatures import BINDING, Expected

__all__ = ["after_signature", "by_link", "by_signature", "forgotten", "signed"]

KEPT, ITEM = "reset", "password"
LASTS = timedelta(hours=1)
KINDS = ("individual", "legal-entity")
ASK = Form("reset", (Line("number", "numeric", "username"),), "portal/accounts/reset.html")
NEW = (Line("password", "password", "new-password"), Line("again", "password", "new-password"))
LINK = Form("reset-link", NEW)
SIGN = Form("reset-signature", (Line("kind", "choice", choices=KINDS),))
SIGNED = Form("reset-signed", NEW, "portal/accounts/signed.html")


@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for the letter. The answer is the same for every number, with or without an account or address."""
    if request.method != "POST":
        return ASK.page(request)
    said, now = ASK.read(request), clock.now()
    errors = ASK.empty(said)
    if errors:
        return ASK.page(request, said, errors)
    number = "".join(said["number"].split())
    if not attempts.may("letter-place", address(request), now):
        return ASK.page(request, said, [Fault("number", say("accounts.too-often"))], status=429)
    if attempts.may("letter", number, now) and number.isascii() and number.isdecimal():
        ask_for_link(number, now=now)
    messages.success(request, say("accounts.letter-asked"))
    return redirect("sign-in")


@never_cache
@sensitive_post_parameters("password", "again")
def by_link(request: HttpRequest, link: str) -> HttpResponse:
    """Set a new password by the link of a letter: once, within an hour."""
    if links.whose(link, clock.now()) is None:
        return _over(request)
    if request.method != "POST":
        return LINK.page(request)
    said = LINK.read(request)
    if errors := _wrong(LINK, said):
        return LINK.page(request, said, errors)
    try:
        reset_by_link(link, said["password"], now=clock.now())
    except ActRefused as refusal:
        return (
            _over(request) if refusal.code == "link-over" else LINK.page(request, said, LINK.faults(refusal))
        )
    return _done(request)


@never_cache
def by_signature(request: HttpRequest) -> HttpResponse:
    """Ask for a signature. The certificate says whose account it is: no number is asked for."""
    if request.method != "POST":
        return SIGN.page(request, {"kind": KINDS[0]})
    said, now = SIGN.read(request), clock.now()
    if said["kind"] not in KINDS:
        return SIGN.page(request, said, [Fault("kind", say("accounts.kind-needed"))])
    if not attempts.may("signature", address(request), now):
        return SIGN.page(request, said, [Fault("kind", say("accounts.too-often"))], status=429)
    roles = BINDING if said["kind"] == AccountKind.LEGAL_ENTITY else frozenset()
    row = evidence.ask(
        NOBODY,
        "password",
        "",
        [item(ITEM, asked_bytes("password", "", now))],
        expected=Expected(roles=roles),
        params={"back": "/reset/signature", "kind": said["kind"]},
        now=now,
    )
    return page_for_nobody(request, row)


@finisher("password")
def signed(request: HttpRequest, row: SigningRequest, given: Mapping[str, Signed]) -> HttpResponse:
    """The signature is kept until the new password is typed, in this session, for an hour at most."""
    now = clock.now()
    try:
        number = number_shown(given[ITEM], row.params["kind"])
    except ActRefused as refusal:
        if refusal.code == "signature-invalid":
            raise
        messages.warning(request, refusal.text[current_language()])
        return redirect("account-reset-signature")
    evidence.receive(row, {ITEM: given[ITEM].verdict.evidence.signature}, now)
    request.session[KEPT] = {"request": row.token, "number": number, "at": now.isoformat()}
    return redirect("account-reset-signed")


@never_cache
@sensitive_post_parameters("password", "again")
def after_signature(request: HttpRequest) -> HttpResponse:
    """Set the new password of the account whose number the signature has shown: once."""
    kept, now = _kept(request), clock.now()
    row = evidence.asked_of(None, kept["request"]) if kept else None
    if kept is None or row is None:
        return redirect("account-reset-signature")
    if request.method != "POST":
        return SIGNED.page(request, number=kept["number"])
    said = SIGNED.read(request)
    if errors := _wrong(SIGNED, said):
        return SIGNED.page(request, said, errors, number=kept["number"])
    try:
        reset_by_signature(
            _again(row, now), said["password"], row.params["kind"], now=now,
            then=lambda account: evidence.spend(row, account.number),
        )  # fmt: skip
    except ActRefused as refusal:
        return SIGNED.page(request, said, SIGNED.faults(refusal), number=kept["number"])
    except evidence.NotSigned:  # a second press: the first has set the password
        return redirect("sign-in")
    request.session.pop(KEPT, None)
    return _done(request)


def _again(row: SigningRequest, now: datetime) -> Signed:
    """The signature judged once more: a key may have been revoked while the password was thought of."""
    content = evidence.content_of(row, ITEM)
    verdict = evidence.judge(evidence.received_of(row)[ITEM], content, now=now)
    return Signed(hashlib.sha256(content).hexdigest(), verdict)


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    said: dict[str, Any] | None = request.session.get(KEPT)
    if said is None or "request" not in said:
        return None
    began = datetime.fromisoformat(said["at"])
    return said if began <= clock.now() < began + LASTS else None


def _wrong(form: Form, said: dict[str, str]) -> list[Fault]:
    errors = form.empty(said)
    if not errors and said["password"] != said["again"]:
        errors = [Fault("again", say("accounts.differs"))]
    return errors


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accounts/over.html", status=410)


def _done(request: HttpRequest) -> HttpResponse:
    messages.success(request, say("accounts.password-set"))
    return redirect("sign-in")
