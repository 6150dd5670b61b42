"""Pages that put a slip in an issued document right, or annul the document."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from qyzmet.cases import acts
from qyzmet.cases.queries import CasePage
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed import Signed
from qyzmet.config import clock
from qyzmet.documents.models import Document
from qyzmet.evidence.models import SigningRequest
from qyzmet.office import casefile, signing
from qyzmet.office.correcting import Correction, may_change
from qyzmet.office.desk import actor_of, official, page
from qyzmet.office.refusing import refused, status_of
from qyzmet.office.views.case import open_case
from qyzmet.office.views.steps import ON_THE_SIGNATURE, UNSIGNED
from qyzmet.pages.signing import finisher
from qyzmet.pages.words import say
from qyzmet.people.actor import Actor

__all__ = ["annul", "correct", "finish"]


@official
def correct(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """First what the document says, to be put right; then the act, which has it issued again.

    `?typed=<token>` brings back what was typed before a signature that was not given.
    """
    actor = actor_of(request)
    found, document = _changeable(actor, ref, pk)
    if request.method == "POST":
        return _carry_out(request, Correction(found, document, request.POST, _key(request)))
    row = signing.asked_for(actor, request.GET.get("typed", ""), signing.CORRECTION)
    typed = signing.sent(row) if row is not None and row.params["pk"] == pk else None
    return _correcting(request, Correction(found, document, typed, _key(request)))


def _carry_out(request: HttpRequest, correction: Correction, signed: Signed | None = None) -> HttpResponse:
    """Do it, or say why not; where the former document was signed the new one goes to its signature first."""
    actor, now, ref = actor_of(request), clock.now(), correction.page.case.ref
    if correction.errors:
        return _correcting(request, correction, status=422)
    try:
        acts.correct_document(
            actor, ref, correction.document.issued, corrections=correction.changed, reason=correction.reason,
            signed=signed, now=now, key=correction.key,
        )  # fmt: skip
    except ActRefused as problem:
        if problem.code == UNSIGNED and signed is None:
            return redirect(f"/sign/{signing.ask_correction(actor, correction, now).token}")
        if problem.code in ON_THE_SIGNATURE and signed is not None:
            raise
        return _correcting(request, correction, problem=problem, status=status_of(problem))
    messages.success(request, say("correcting.corrected"))
    return redirect(f"/office/cases/{ref}")


def _back(row: SigningRequest) -> str:
    return f"/office/cases/{row.params['ref']}/documents/{row.params['pk']}/correct?typed={row.token}"


@finisher(signing.CORRECTION, back=_back)
def finish(request: HttpRequest, row: SigningRequest, signed: Mapping[str, Signed]) -> HttpResponse:
    """Issue the document again as it was signed."""
    return cast(HttpResponse, _finished(request, row, signed[signing.CORRECTION]))


@official
def _finished(request: HttpRequest, row: SigningRequest, signed: Signed) -> HttpResponse:
    found, document = _changeable(actor_of(request), row.params["ref"], row.params["pk"])
    data = signing.sent(row)
    return _carry_out(request, Correction(found, document, data, data.get("key", "")), signed)


@official
def annul(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """First what it means, then the act with its reason."""
    actor, now = actor_of(request), clock.now()
    found, document = _changeable(actor, ref, pk)
    problem, reason = None, request.POST.get("reason", "").strip()
    if request.method == "POST":
        try:
            acts.annul(actor, ref, document.issued, reason=reason, now=now, key=_key(request))
            messages.success(request, say("correcting.annulled"))
            return redirect(f"/office/cases/{ref}")
        except ActRefused as refusal:
            problem = refusal
    context = {
        "case": found.case, "document": document, "reason": reason, "key": _key(request),
        "problem": refused(problem) if problem else None,
    }  # fmt: skip
    return page(request, "annul.html", context, at="tasks", status=status_of(problem) if problem else 200)


def _changeable(actor: Actor, ref: str, pk: int) -> tuple[CasePage, Document]:
    found = open_case(actor, ref, clock.now())
    document = next((each for each in casefile.issued(found) if each.pk == pk), None)
    if document is None or not may_change(actor, found, document):
        raise Http404
    return found, document


def _key(request: HttpRequest) -> str:
    return request.POST.get("key") or secrets.token_urlsafe(16)


def _correcting(
    request: HttpRequest, correction: Correction, *, problem: ActRefused | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "case": correction.page.case,
        "document": correction.document,
        "correction": correction,
        "errors": correction.errors,
        "problem": refused(problem) if problem else None,
    }
    return page(request, "correct.html", context, at="tasks", status=status)
