"""Registering, and confirming whose number the account bears."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from qyzmet import evidence
from qyzmet.cases.acts.accounts import prove_account, register_account
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed import Signed
from qyzmet.cases.signed.signers import expected_of
from qyzmet.config import clock
from qyzmet.config.client import address
from qyzmet.evidence.models import SigningRequest
from qyzmet.pages import acting
from qyzmet.pages.forms import Fault
from qyzmet.pages.signing import finisher, page_of
from qyzmet.pages.words import current_language, say
from qyzmet.people import attempts
from qyzmet.portal.accounts.asking import asked_bytes, item
from qyzmet.portal.accounts.fields import Form, Line
from qyzmet.portal.views.entry import inside

__all__ = ["confirm", "proved", "register"]

KINDS = ("individual", "legal-entity")
FORM = Form(
    "register",
    (
        Line("kind", "choice", choices=KINDS),
        Line("number", "numeric", "username"),
        Line("email", "email", "email", optional=True),
        Line("password", "password", "new-password"),
        Line("again", "password", "new-password"),
    ),
)


@never_cache
@sensitive_post_parameters("password", "again")
def register(request: HttpRequest) -> HttpResponse:
    """Make an account. What is said afterwards is the same whether or not there was one: a stranger learns
    nothing. Cites: A120 §10.
    """
    if request.method != "POST":
        return FORM.page(request, {"kind": KINDS[0]})
    said = FORM.read(request)
    errors = FORM.empty(said)
    if said["kind"] not in KINDS:
        errors = [Fault("kind", say("accounts.needed", name=say("accounts.field-kind")))]
    elif not errors and said["password"] != said["again"]:
        errors = [Fault("again", say("accounts.differs"))]
    if errors:
        return FORM.page(request, said, errors)
    if not attempts.may("register", address(request), clock.now()):
        return FORM.page(request, said, [Fault("number", say("accounts.too-often"))], status=429)
    try:
        register_account(
            said["number"], said["kind"], said["password"], email=said["email"],
            language=current_language(), now=clock.now(),
        )  # fmt: skip
    except ActRefused as refusal:
        return FORM.page(request, said, FORM.faults(refusal))
    messages.success(request, say("accounts.registered"))
    return redirect("sign-in")


@never_cache
@acting.required
def confirm(request: HttpRequest) -> HttpResponse:
    """Sign to show that the number is one's own; or go to the counter."""
    onward = inside(request, request.POST.get("next") or request.GET.get("next") or "")
    actor = acting.roles(request)[0]
    if actor.confirmed:
        return redirect(onward or "account")
    if request.method != "POST":
        return render(request, "portal/accounts/confirm.html", {"next": onward, "actor": actor})
    now = clock.now()
    content = asked_bytes("confirm", actor.person, now)
    back = f"/account/confirm?next={quote(onward)}" if onward else "/account/confirm"
    row = evidence.ask(
        actor, "confirm", actor.person, [item("confirm", content)], expected=expected_of(actor),
        params={"back": back, "next": onward}, now=now,
    )  # fmt: skip
    return page_of(row)


@finisher("confirm")
def proved(request: HttpRequest, row: SigningRequest, signed: Mapping[str, Signed]) -> HttpResponse:
    """The account is confirmed."""
    try:
        prove_account(acting.roles(request)[0], signed["confirm"], now=clock.now())
    except ActRefused as refusal:
        if refusal.code == "signature-invalid":
            raise
        messages.warning(request, refusal.text[current_language()])
        return redirect("account-confirm")
    messages.success(request, say("accounts.proved"))
    return redirect(row.params.get("next") or "account")
