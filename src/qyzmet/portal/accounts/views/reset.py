"""A forgotten password: a letter with a link, or a signature with the same number."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from qyzmet import evidence
from qyzmet.cases.acts.accounts import ask_for_link, reset_by_link, reset_by_signature
from qyzmet.cases.refusals import ActRefused, refused
from qyzmet.cases.signed import Signed
from qyzmet.config import clock
from qyzmet.config.client import address
from qyzmet.pages.forms import Fault
from qyzmet.pages.signing.given import NotGiven, given
from qyzmet.pages.words import current_language, say
from qyzmet.people import attempts, links
from qyzmet.portal.accounts.asking import asked_bytes
from qyzmet.portal.accounts.fields import Form, Line
from qyzmet.signatures import SignatureError

__all__ = ["by_link", "by_signature", "content", "forgotten"]

KEPT = "reset"
LASTS = timedelta(hours=1)
ASK = Form("reset", (Line("number", "numeric", "username"),), "portal/accounts/reset.html")
NEW = (Line("password", "password", "new-password"), Line("again", "password", "new-password"))
LINK = Form("reset-link", NEW)
KINDS = ("individual", "legal-entity")
SIGNED = Form(
    "reset-signature", (Line("kind", "choice", choices=KINDS), *NEW), "portal/accounts/signature.html"
)


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
@sensitive_post_parameters("password", "again")
def by_signature(request: HttpRequest) -> HttpResponse:
    """Set a new password by a signature. The certificate says whose it is: no number is asked for."""
    if request.method != "POST":
        _content(request)
        return SIGNED.page(request, {"kind": KINDS[0]})
    said, now = SIGNED.read(request), clock.now()
    errors = _wrong(SIGNED, said) or (
        [] if said["kind"] in KINDS else [Fault("kind", say("accounts.kind-needed"))]
    )
    if errors:
        return SIGNED.page(request, said, errors)
    if not attempts.may("signature", address(request), now):
        return SIGNED.page(request, said, [Fault("signature", say("accounts.too-often"))], status=429)
    try:
        reset_by_signature(_signed(request, now), said["password"], said["kind"], now=now)
    except NotGiven as problem:
        return SIGNED.page(request, said, [Fault("signature", say(f"signing.given-{problem.code}"))])
    except SignatureError as problem:
        return SIGNED.page(request, said, [Fault("signature", problem.text(current_language()))])  # type: ignore[arg-type]
    except ActRefused as refusal:
        if refusal.hint.get("field"):
            return SIGNED.page(request, said, SIGNED.faults(refusal))
        return SIGNED.page(request, said, [Fault("signature", refusal.text[current_language()])])
    request.session.pop(KEPT, None)
    return _done(request)


@never_cache
def content(request: HttpRequest) -> HttpResponse:
    """The bytes to sign, as a file."""
    answer = HttpResponse(_content(request), content_type="application/octet-stream")
    answer["Content-Disposition"] = 'attachment; filename="qyzmet-password.json"'
    return answer


def _signed(request: HttpRequest, now: datetime) -> Signed:
    """Raises NotGiven, SignatureError, ActRefused `link-over` where nothing was asked here."""
    kept = _kept(request)
    if kept is None:
        _content(request)
        raise refused("link-over")
    given_ = given(request, ["reset"])["reset"]
    return Signed(hashlib.sha256(kept).hexdigest(), evidence.judge(given_, kept, now=now))


def _content(request: HttpRequest) -> bytes:
    found = _kept(request)
    if found is None:
        now = clock.now()
        found = asked_bytes("password", "", now)
        request.session[KEPT] = {"bytes": found.decode(), "at": now.isoformat()}
    return found


def _kept(request: HttpRequest) -> bytes | None:
    said: dict[str, Any] | None = request.session.get(KEPT)
    if said is None:
        return None
    began = datetime.fromisoformat(said["at"])
    return str(said["bytes"]).encode() if began <= clock.now() < began + LASTS else None


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
