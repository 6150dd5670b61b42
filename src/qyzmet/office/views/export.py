"""The file of a case for those who see it in a post: what their view shows, no more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from qyzmet.config import clock
from qyzmet.documents.export.scope import scope_of
from qyzmet.office.desk import actor_of, official, page
from qyzmet.office.views.case import open_case
from qyzmet.pages import taking

__all__ = ["case_file", "decisions"]


@official
def case_file(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The ZIP; taking away a case that is not in one's hands is journaled as reading it is."""
    actor, now = actor_of(request), clock.now()
    open_case(actor, ref, now)
    return taking.case_file(scope_of(actor, ref), now)


@official
def decisions(request: HttpRequest, ref: str) -> HttpResponse:
    """The receipts of the decisions that are seen, to read and to print."""
    actor, now = actor_of(request), clock.now()
    open_case(actor, ref, now)
    return page(request, "decisions.html", taking.decisions_of(scope_of(actor, ref)), at="tasks")
