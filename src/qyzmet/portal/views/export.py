"""The file of one's own case to take away, and why its decisions are what they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from qyzmet.config import clock
from qyzmet.documents.export.scope import Scope, scope_of
from qyzmet.pages import acting, taking
from qyzmet.portal.views.cabinet import page_of

__all__ = ["case_file", "decisions"]


@acting.required
def case_file(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The ZIP with everything the recipient sees, its proofs and a verifier."""
    return taking.case_file(_scope(request, ref), clock.now())


@acting.required
def decisions(request: HttpRequest, ref: str) -> HttpResponse:
    """The receipts of the decisions told to the recipient, to read and to print."""
    return render(request, "portal/decisions.html", taking.decisions_of(_scope(request, ref)))


def _scope(request: HttpRequest, ref: str) -> Scope:
    page_of(request, ref)  # a stranger finds nothing
    return scope_of(request.actor, ref, ["party"])  # type: ignore[attr-defined]
