"""Acting for a company: by its certificate, or because its head lets one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from qyzmet import evidence
from qyzmet.cases.acts.accounts import give_authority, take_authority, withdraw_authority
from qyzmet.cases.acts.accounts.give_authority import heads
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed import Signed
from qyzmet.clock import at
from qyzmet.config import clock
from qyzmet.evidence.models import SigningRequest
from qyzmet.pages import acting
from qyzmet.pages.forms import Fault
from qyzmet.pages.moments import read_day
from qyzmet.pages.posting import posted_to
from qyzmet.pages.signing import finisher, page_of
from qyzmet.pages.words import current_language, say
from qyzmet.people import attempts
from qyzmet.people.actor import Actor
from qyzmet.people.in_force import not_over
from qyzmet.people.models import Authority
from qyzmet.portal.accounts.asking import asked_bytes, item
from qyzmet.portal.accounts.fields import Form, Line
from qyzmet.signatures import BINDING, Expected

__all__ = ["companies", "give", "take", "taken", "withdraw"]

FORM = Form(
    "companies",
    (Line("number", "numeric"), Line("document"), Line("until", "date", optional=True)),
    "portal/accounts/companies.html",
)
LAST_YEAR = 2199


@never_cache
@acting.required
def companies(request: HttpRequest) -> HttpResponse:
    """For whom I act, and who acts for the company whose head I am."""
    return _page(request)


@posted_to("/account/companies")
@acting.required
def take(request: HttpRequest) -> HttpResponse:
    """Ask for a signature with the company's key."""
    own, now = acting.roles(request)[0], clock.now()
    if not own.confirmed or own.kind != "individual":
        messages.warning(request, say("accounts.company-person"))
        return redirect("account-companies")
    row = evidence.ask(
        own, "company", own.person, [item("company", asked_bytes("company", own.person, now))],
        expected=Expected(iin=own.person, roles=BINDING), params={"back": "/account/companies"}, now=now,
    )  # fmt: skip
    return page_of(row)


@finisher("company")
def taken(request: HttpRequest, row: SigningRequest, signed: Mapping[str, Signed]) -> HttpResponse:
    """The person acts for the company until the certificate ends."""
    try:
        made = take_authority(acting.roles(request)[0], signed["company"], now=clock.now())
    except ActRefused as refusal:
        if refusal.code == "signature-invalid":
            raise
        messages.warning(request, refusal.text[current_language()])
        return redirect("account-companies")
    messages.success(request, say("accounts.company-taken", name=made.principal_name))
    return redirect("roles")


@posted_to("/account/companies")
@acting.required
def give(request: HttpRequest) -> HttpResponse:
    """Let somebody act for the company."""
    actor, now, said = acting.current(request), clock.now(), FORM.read(request)
    errors, until = FORM.empty(said), _day(said["until"])
    if said["until"] and until is None:
        errors.append(Fault("until", say("accounts.day-wrong")))
    if errors or actor is None:
        return _page(request, said, errors)
    if not attempts.may("authority", str(actor.account), now):
        return _page(request, said, [Fault("number", say("accounts.too-often"))], 429)
    try:
        give_authority(actor, said["number"], document=said["document"], until=until, now=now)
    except ActRefused as refusal:
        return _page(request, said, FORM.faults(refusal))
    messages.success(request, say("accounts.authority-given"))
    return redirect("account-companies")


@posted_to("/account/companies")
@acting.required
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take an authority back, or give one's own up."""
    which = request.POST.get("authority", "")
    number = int(which) if which.isascii() and which.isdecimal() and len(which) < 19 else 0
    actor = acting.current(request) or acting.roles(request)[0]
    try:
        withdraw_authority(actor, number, now=clock.now())
        messages.success(request, say("accounts.authority-withdrawn"))
    except ActRefused as refusal:
        messages.warning(request, refusal.text[current_language()])
    return redirect("account-companies")


def _page(
    request: HttpRequest,
    said: dict[str, str] | None = None,
    errors: list[Fault] | None = None,
    status: int = 0,
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    running = not_over(clock.now())
    mine = Authority.objects.filter(running, account_id=actor.account or 0).order_by("id")
    given: list[dict[str, Any]] = []
    if heads(actor):
        rows = Authority.objects.filter(running, principal=actor.party).select_related("account")
        given = [
            {"row": each, "number": each.account.number}
            for each in rows.order_by("id")
            if each.account_id != actor.account
        ]
    return FORM.page(
        request,
        said,
        errors or [],
        status=status or None,
        actor=actor,
        mine=mine,
        given=given,
        head=heads(actor),
    )


def _day(text: str) -> datetime | None:
    """The end of the day written `31.12.2027`, or as a date field sends it."""
    found = read_day(text)
    return at(found, time(23, 59)) if found and found.year <= LAST_YEAR else None
