"""Where my letters go, and in which language."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from qyzmet.cases.acts.accounts import change_contact
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.pages import acting
from qyzmet.pages.forms import Fault
from qyzmet.pages.words import LANGUAGES, say
from qyzmet.people import attempts
from qyzmet.people.models import Account
from qyzmet.portal.accounts.fields import Form, Line
from qyzmet.portal.accounts.mine import mine

__all__ = ["contact"]

LINES = (Line("email", "email", "email", optional=True), Line("language", "choice", choices=tuple(LANGUAGES)))
OPEN = Form("contact", LINES)
FORM = Form("contact", (*LINES, Line("old", "password", "current-password")))
"""Whoever comes in by eGov alone has no password to show."""


@never_cache
@sensitive_post_parameters("old")
@mine
def contact(request: HttpRequest) -> HttpResponse:
    """Change the e-mail address and the language of letters."""
    account = cast(Account, request.user)
    form = FORM if account.has_usable_password() else OPEN
    if request.method != "POST":
        return form.page(request, {"email": account.email, "language": account.language})
    said = form.read(request)
    errors = form.empty(said)
    if not errors and said["language"] not in LANGUAGES:
        errors = [Fault("language", say("accounts.needed", name=say("accounts.field-language")))]
    if errors:
        return form.page(request, said, errors)
    actor, now = acting.roles(request)[0], clock.now()
    if not attempts.may("password", str(actor.account), now):
        return form.page(request, said, [Fault("email", say("accounts.too-often"))], status=429)
    try:
        change_contact(actor, said["email"], said["language"], password=said.get("old", ""), now=now)
    except ActRefused as refusal:
        return form.page(request, said, form.faults(refusal))
    messages.success(request, say("accounts.contact-changed"))
    return redirect("account")
