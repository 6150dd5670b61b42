"""One case on one screen, and everything a post does in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from qyzmet.cases import acts, allow
from qyzmet.cases.models import IdempotencyKey
from qyzmet.cases.queries import CasePage, case_page
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.office import casefile, course, dates, directing, doing, verbs
from qyzmet.office.desk import actor_of, official, page
from qyzmet.office.extra import extra_fields
from qyzmet.office.names import body_name, exit_name, variant_names, way_in
from qyzmet.office.refusing import refused, status_of
from qyzmet.pages import forms
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import say
from qyzmet.people.actor import Actor

__all__ = ["case", "decide", "open_case", "plain", "suspension"]


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
    """The case; `?do=<step number>&outcome=…` opens the form of one outcome."""
    actor, now = actor_of(request), clock.now()
    do, outcome = request.GET.get("do", ""), request.GET.get("outcome", "")
    asked = (int(do), outcome) if do.isdecimal() and len(do) < 10 else None
    return _draw(request, open_case(actor, ref, now), now, asked=asked)


@posted_to("/office/cases/{ref}")
@official
def plain(request: HttpRequest, ref: str, no: int, verb: str) -> HttpResponse:
    """Take, give back, assign, vote, recuse."""
    actor, now = actor_of(request), clock.now()
    open_case(actor, ref, now)
    if verb not in verbs.PLAIN:
        raise Http404
    try:
        verbs.PLAIN[verb](verbs.Asked(actor, ref, no, request.POST, now))
    except ActRefused as problem:
        return _thrown_back(request, actor, ref, now, problem, sent=request.POST)
    messages.success(request, say(f"doing.done-{verb}"))
    back = request.POST.get("back", "")
    return redirect(f"/office/?{back}" if "back" in request.POST else f"/office/cases/{ref}")


@posted_to("/office/cases/{ref}")
@official
def decide(request: HttpRequest, ref: str, no: int) -> HttpResponse:
    """Complete a step by one of its outcomes."""
    actor, now = actor_of(request), clock.now()
    found = open_case(actor, ref, now)
    posted = (no, request.POST.get("outcome", ""), request.POST)
    hand = next((h for h in doing.in_hand(actor, found, now, None, posted) if h.token.no == no), None)
    if hand is None and _sent_before(actor, request.POST.get("key", "")):
        return redirect(_onward(actor, found))
    if hand is None:
        return _overtaken(request, actor, found, no, now)
    if hand.chosen is None or hand.chosen.data is None:  # an outcome the page did not offer
        problem = hand.not_offered(posted[1])
        return _thrown_back(request, actor, ref, now, problem, sent=request.POST)
    if not hand.chosen.right:
        return _draw(request, found, now, posted=posted, status=200 if hand.chosen.editing else 422)
    try:
        verbs.DECIDING[hand.chosen.verb](verbs.Asked(actor, ref, no, request.POST, now), hand.chosen)
    except ActRefused as problem:
        return _thrown_back(request, actor, ref, now, problem, posted=posted)
    messages.success(request, say("doing.done-step", name=hand.name))
    return redirect(_onward(actor, found))


@posted_to("/office/cases/{ref}")
@official
def suspension(request: HttpRequest, ref: str, verb: str) -> HttpResponse:
    """Enter a suspension from outside, or lift one."""
    actor, now = actor_of(request), clock.now()
    open_case(actor, ref, now)
    data, act = request.POST, {"suspend": acts.suspend, "resume": acts.resume}.get(verb)
    if act is None:
        raise Http404
    try:
        occurred = _occurred(data)
    except ValueError:
        return _draw(
            request, case_page(actor, ref), now, sent=data, status=422, said=say("doing.moment-unread")
        )
    try:
        act(
            actor, ref, data.get("ground", ""), reason=data.get("reason", ""), occurred=occurred, now=now,
            key=data.get("key") or None,
        )  # fmt: skip
    except ActRefused as problem:
        return _thrown_back(request, actor, ref, now, problem, sent=data)
    messages.success(request, say(f"doing.done-{verb}"))
    return redirect(f"/office/cases/{ref}")


def _occurred(data: QueryDict) -> datetime | None:
    fields = extra_fields("deliver")
    given = forms.posted(fields, data)
    read = forms.check(fields, given, {})
    if read.faults:
        raise ValueError(data.get("occurred"))
    words = read.clean.get("occurred")
    return datetime.fromisoformat(words) if words else None


def _sent_before(actor: Actor, key: str) -> bool:
    """Whether this very page was sent already: the second of two clicks is no surprise to tell of."""
    return bool(key) and IdempotencyKey.objects.filter(caller=actor.person, key=key).exists()


def _onward(actor: Actor, found: CasePage) -> str:
    """The case again, unless it has left the body's hands for good."""
    seen = allow.capacities(actor, found.case.pk)
    return f"/office/cases/{found.case.ref}" if seen else "/office/"


def _overtaken(request: HttpRequest, actor: Actor, found: CasePage, no: int, now: datetime) -> HttpResponse:
    """The step is no longer there to complete: the act itself says who was faster, and when."""
    try:
        acts.complete(actor, found.case.ref, no, request.POST.get("outcome", ""), now=now)
    except ActRefused as problem:
        return _thrown_back(request, actor, found.case.ref, now, problem)
    raise LookupError(f"step {no} of {found.case.ref} is not in hand and yet can be completed")


def _thrown_back(
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
    return _draw(
        request, case_page(actor, ref), now, posted=posted, sent=sent, problem=problem, status=status
    )


def _draw(
    request: HttpRequest,
    found: CasePage,
    now: datetime,
    *,
    asked: tuple[int, str] | None = None,
    posted: doing.Posted | None = None,
    sent: QueryDict | None = None,
    problem: ActRefused | None = None,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    hands = doing.in_hand(actor, found, now, asked, posted)
    context: dict[str, Any] = {
        "page": found,
        "case": found.case,
        "hands": hands,
        "errors": [fault for hand in hands if hand.chosen for fault in hand.chosen.errors],
        "problem": refused(problem) if problem else None,
        "said": said,
        "sent": sent or {},
        "over": list(doing.over_suspensions(actor, found)),
        "assignable": directing.assignable(actor, found, now),
        "term": dates.of_term(found, now),
        **_file(actor, found),
    }
    return page(request, "case.html", context, at="tasks", status=status)


def _file(actor: Actor, found: CasePage) -> dict[str, Any]:
    return {
        "way": way_in(found.law, found.case.channel),
        "variant": variant_names(found.law, found.case.variant),
        "provider": body_name(found.case.provider_id),
        "ending": exit_name(found.law, found.case.exit),
        "parts": casefile.application(found),
        "papers": casefile.papers(found),
        "findings": casefile.findings(found),
        "recorded": casefile.recorded(found),
        "issued": casefile.issued(found),
        "holders": course.holders(found),
        "events": course.events(actor, found),
        "related": course.related(actor, found),
    }
