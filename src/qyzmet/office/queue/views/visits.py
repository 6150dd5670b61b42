"""Visits to those who cannot come: the list, a request, its day and inspector, and taking the papers in."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Case, QuerySet, When
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from qyzmet import clock as law_clock
from qyzmet.cases.acts import visits as acts
from qyzmet.cases.hall import visiting
from qyzmet.cases.models import HomeVisit
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.office.desk import actor_of
from qyzmet.office.queue.asking import Request, choices
from qyzmet.office.queue.gate import counter, draw, fault, number
from qyzmet.office.refusing import refused, status_of
from qyzmet.pages.forms import Fault
from qyzmet.pages.moments import read_moment
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import current_language, say
from qyzmet.portal import keeping

__all__ = ["appoint", "cancel", "index", "new", "visit"]

MOST = 50
OPEN = ("asked", "appointed")


@counter
def index(request: HttpRequest) -> HttpResponse:
    """The visits asked for and appointed, those overdue first, then by time; with `?over=1` those made and
    cancelled, newest first; `?from=` so many further on."""
    over, first, now = request.GET.get("over") == "1", number(request.GET.get("from", "")), clock.now()
    found = HomeVisit.objects.filter(organisation_id=actor_of(request).organisation or 0)
    found = found.exclude(state__in=OPEN).order_by("-id") if over else _by_time(found, now)
    rows = list(found.select_related("inspector", "case")[first : first + MOST + 1])
    names = _services(request)
    return draw(
        request, "visits.html", "visits", over=over, more=first + MOST if len(rows) > MOST else None,
        rows=[(each, names.get(each.service, each.service), _overdue(each, now)) for each in rows[:MOST]],
        provided=bool(names), missed=0 if over else found.filter(state="appointed", at__lt=now).count(),
    )  # fmt: skip


def _by_time(found: QuerySet[HomeVisit], now: datetime) -> QuerySet[HomeVisit]:
    """Open ones: those missed, then as they come; one without a day stands where it was asked."""
    missed = Case(When(state="appointed", at__lt=now, then=0), default=1)
    open_ = found.filter(state__in=OPEN).annotate(missed=missed, when=Coalesce("at", "asked_at"))
    return open_.order_by("missed", "when", "id")


def _overdue(row: HomeVisit, now: datetime) -> bool:
    return row.state == "appointed" and row.at is not None and row.at < now


def _services(request: HttpRequest) -> dict[str, str]:
    found = visiting.home_visits(actor_of(request).organisation or 0, clock.now())
    return {s: law.package.name.in_language(current_language()) for s, law in found.items()}


@counter
@keeping.keeps
def new(request: HttpRequest) -> HttpResponseBase:
    """Write a request down."""
    actor, now = actor_of(request), clock.now()
    back = keeping.given_here(request)
    asked = Request(back.data if back else request.POST, choices(now, actor.organisation))
    made = asked.ask(actor, now) if request.method == "POST" else None
    if made is not None:
        messages.success(request, say("visits.asked-done"))
        return redirect(f"/office/visits/{made.pk}")
    return draw(
        request, "visit_new.html", "visits", 422 if asked.errors else 200, asked=asked, errors=asked.errors,
        key=request.POST.get("key") or secrets.token_urlsafe(16),
    )  # fmt: skip


@counter
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit, and what can be done about it."""
    return _visit(request, _own(request, pk))


def _visit(request: HttpRequest, row: HomeVisit, status: int = 200, **more: Any) -> HttpResponse:
    inspectors = visiting.inspectors(row.organisation_id, clock.now())
    return draw(
        request, "visit.html", "visits", status, row=row, late=_overdue(row, clock.now()),
        service=_services(request).get(row.service, row.service),
        inspectors=[(each.pk, each.full_name) for each in inspectors], typed=request.POST,
        tomorrow=law_clock.local(clock.now()).date().isoformat(), **more,
    )  # fmt: skip


@posted_to("/office/visits/{pk}")
@counter
def appoint(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give it a day, an hour and an inspector."""
    row = _own(request, pk)
    at = _moment(request.POST)
    if at is None:
        return _visit(request, row, 422, errors=[Fault("at", say("visits.at-needed"))])
    try:
        acts.appoint_home_visit(
            actor_of(request), pk, at=at, inspector=number(request.POST.get("inspector", "")), now=clock.now()
        )
    except ActRefused as problem:
        return _refused(request, row, problem)
    messages.success(request, say("visits.appointed-done"))
    return redirect(f"/office/visits/{pk}")


@posted_to("/office/visits/{pk}")
@counter
def cancel(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Call it off with a reason."""
    row = _own(request, pk)
    try:
        acts.cancel_home_visit(actor_of(request), pk, reason=request.POST.get("reason", ""), now=clock.now())
    except ActRefused as problem:
        return _refused(request, row, problem)
    messages.success(request, say("visits.cancelled-done"))
    return redirect("/office/visits/")


def _refused(request: HttpRequest, row: HomeVisit, problem: ActRefused) -> HttpResponse:
    if "field" in problem.hint:
        return _visit(request, row, 422, errors=[fault(problem, "at")])
    return _visit(request, row, status_of(problem), problem=refused(problem))


def _own(request: HttpRequest, pk: int) -> HomeVisit:
    rows = HomeVisit.objects.select_related("inspector", "case")
    found = rows.filter(pk=pk, organisation_id=actor_of(request).organisation or 0).first()
    if found is None:
        raise Http404
    return found


def _moment(data: QueryDict) -> datetime | None:
    return read_moment(f"{data.get('day', '')[:10]} {data.get('hour', '')[:5]}")
