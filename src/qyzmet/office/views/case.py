"""One case on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from qyzmet.cases import acts, allow
from qyzmet.cases.queries import CasePage, case_page
from qyzmet.cases.queries.conditions import conditions
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.gateway import cabinet
from qyzmet.office import (
    beside,
    casefile,
    correcting,
    course,
    dates,
    directing,
    doing,
    proofs,
    signing,
    statedata,
)
from qyzmet.office.desk import actor_of, official, page
from qyzmet.office.names import body_name, exit_name, variant_names, way_in
from qyzmet.office.refusing import refused, status_of
from qyzmet.people.actor import Actor
from qyzmet.portal import keeping

__all__ = ["case", "draw", "open_case", "thrown_back"]


def open_case(actor: Actor, ref: str, now: datetime) -> CasePage:
    """The case for reading; a reading that is not one's work is journaled. A stranger finds nothing."""
    try:
        acts.read_case(actor, ref, now=now)
        return case_page(actor, ref)
    except ActRefused as problem:
        if problem.is_absence:
            raise Http404 from problem
        raise


@official
def case(request: HttpRequest, ref: str) -> HttpResponse:
    """The case; `?do=<step number>&outcome=…` opens the form of one outcome.

    `?typed=<token>` brings back what was typed before a signature that was not given.
    """
    actor, now = actor_of(request), clock.now()
    do, outcome = request.GET.get("do", ""), request.GET.get("outcome", "")
    asked = (int(do), outcome) if do.isdecimal() and len(do) < 10 else None
    found = open_case(actor, ref, now)
    posted, sent = signing.typed(actor, ref, request.GET.get("typed", "")), None
    back = keeping.given_here(request)
    if back is not None:  # typed here, and posted after the session had ended
        posted = posted or _decided(back)
        sent = None if posted else back.data
    return draw(request, found, now, asked=asked, posted=posted, sent=sent)


def _decided(back: keeping.Given) -> doing.Posted | None:
    """A decision's form: which step it was for, and its outcome."""
    *_, no, verb = back.path.split("/")
    return (int(no), back.data.get("outcome", ""), back.data) if verb == "decide" else None


def thrown_back(
    request: HttpRequest,
    actor: Actor,
    ref: str,
    now: datetime,
    problem: ActRefused,
    *,
    posted: doing.Posted | None = None,
    sent: QueryDict | None = None,
) -> HttpResponse:
    if problem.is_absence:
        raise Http404 from problem
    status = status_of(problem)
    return draw(request, case_page(actor, ref), now, posted=posted, sent=sent, problem=problem, status=status)


def draw(
    request: HttpRequest,
    found: CasePage,
    now: datetime,
    *,
    asked: tuple[int, str] | None = None,
    posted: doing.Posted | None = None,
    sent: QueryDict | None = None,
    problem: ActRefused | None = None,
    said: str = "",
    looked: Sequence[signing.Looked] = (),
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    barred = allow.barred(actor, found.case, found.law, now)
    hands = doing.in_hand(actor, found, now, asked, posted)
    if barred:  # whoever may not decide may still stand aside from a sitting
        hands = [hand for hand in hands if hand.sitting]
    context: dict[str, Any] = {
        "page": found,
        "case": found.case,
        "hands": hands,
        "errors": [fault for hand in hands if hand.chosen for fault in hand.chosen.errors],
        "problem": refused(problem) if problem else None,
        "barred": refused(barred) if barred else None,
        "aside": beside.beside(actor, found),
        "said": said,
        "sent": sent or {},
        "looked": looked,
        "over": list(doing.over_suspensions(actor, found)),
        "assignable": directing.assignable(actor, found, now),
        "term": dates.of_term(found, now),
        **_file(actor, found),
    }
    return page(request, "case.html", context, at="tasks", status=status)


def _file(actor: Actor, found: CasePage) -> dict[str, Any]:
    issued = casefile.issued(found)
    return {
        "way": way_in(found.law, found.case.channel),
        "variant": variant_names(found.law, found.case.variant),
        "provider": body_name(found.case.provider_id),
        "ending": exit_name(found.law, found.case.exit),
        "parts": casefile.application(found),
        "papers": casefile.papers(found),
        "fetched": statedata.on_page(actor, found),
        "findings": casefile.findings(found),
        "recorded": casefile.recorded(found),
        "issued": issued,
        "changeable": {each.pk for each in issued if correcting.may_change(actor, found, each)},
        "waiting": casefile.waiting(found),
        "proofs": proofs.proofs(found),
        "conditions": conditions(found),
        "holders": course.holders(actor, found),
        "events": course.events(actor, found),
        "letters": cabinet.sent_in(found.case),
        "related": course.related(actor, found),
    }
