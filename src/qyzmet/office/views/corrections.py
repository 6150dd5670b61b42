"""Pages that put a slip in an issued document right, or annul the document."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from qyzmet.cases import acts
from qyzmet.cases.queries import CasePage
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.documents.models import Document
from qyzmet.office import casefile
from qyzmet.office.correcting import Correction, may_change
from qyzmet.office.desk import actor_of, official, page
from qyzmet.office.refusing import refused, status_of
from qyzmet.office.views.case import open_case
from qyzmet.pages.words import say
from qyzmet.people.actor import Actor

__all__ = ["annul", "correct"]


@official
def correct(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """First what the document says, to be put right; then the act, which has it issued again."""
    actor, now = actor_of(request), clock.now()
    found, document = _changeable(actor, ref, pk)
    data = request.POST if request.method == "POST" else None
    correction = Correction(found, document, data, _key(request))
    if data is None or correction.errors:
        return _correcting(request, correction, status=422 if correction.errors else 200)
    try:
        acts.correct_document(
            actor, ref, document.issued, corrections=correction.changed, reason=correction.reason, now=now,
            key=correction.key,
        )  # fmt: skip
    except ActRefused as problem:
        return _correcting(request, correction, problem=problem, status=status_of(problem))
    messages.success(request, say("correcting.corrected"))
    return redirect(f"/office/cases/{ref}")


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
