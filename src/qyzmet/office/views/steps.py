"""Everything a post does in a case: take, vote, complete a step, suspend."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from qyzmet.cases import acts, allow
from qyzmet.cases.models import IdempotencyKey
from qyzmet.cases.queries import CasePage, case_page
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.office import doing, signing, verbs
from qyzmet.office.deciding import Decision
from qyzmet.office.desk import actor_of, official
from qyzmet.office.extra import extra_fields
from qyzmet.office.views.case import draw, open_case, thrown_back
from qyzmet.pages import forms
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import say
from qyzmet.people.actor import Actor
from qyzmet.portal import keeping

__all__ = ["ON_THE_SIGNATURE", "UNSIGNED", "carry_out", "decide", "plain", "suspension"]

UNSIGNED = "signature-needed"
ON_THE_SIGNATURE = {"signature-invalid", UNSIGNED}


@posted_to("/office/cases/{ref}")
@official
@keeping.keeps
def plain(request: HttpRequest, ref: str, no: int, verb: str) -> HttpResponse:
    """Take, give back, assign, vote, recuse."""
    actor, now = actor_of(request), clock.now()
    open_case(actor, ref, now)
    if verb not in verbs.PLAIN:
        raise Http404
    try:
        verbs.PLAIN[verb](verbs.Asked(actor, ref, no, request.POST, now))
    except ActRefused as problem:
        return thrown_back(request, actor, ref, now, problem, sent=request.POST)
    messages.success(request, say(f"doing.done-{verb}"))
    back = request.POST.get("back", "")
    return redirect(f"/office/?{back}" if "back" in request.POST else f"/office/cases/{ref}")


@posted_to("/office/cases/{ref}")
@official
@keeping.keeps
def decide(request: HttpRequest, ref: str, no: int) -> HttpResponse:
    """Complete a step by one of its outcomes; `look` only prints its documents."""
    return carry_out(request, verbs.Asked(actor_of(request), ref, no, request.POST, clock.now()))


def carry_out(request: HttpRequest, asked: verbs.Asked) -> HttpResponse:
    """Do what was asked, or say on the case why not. What has to be signed first goes to its signature."""
    actor, ref, now = asked.actor, asked.ref, asked.now
    found = open_case(actor, ref, now)
    posted = (asked.no, asked.data.get("outcome", ""), asked.data)
    hand = next((h for h in doing.in_hand(actor, found, now, None, posted) if h.token.no == asked.no), None)
    if hand is None and _sent_before(actor, asked.key):
        return redirect(_onward(actor, found))
    if hand is None:
        return _overtaken(request, found, asked)
    if hand.chosen is None or hand.chosen.data is None:  # an outcome the page did not offer
        problem = hand.not_offered(posted[1])
        return thrown_back(request, actor, ref, now, problem, sent=asked.data)
    if hand.chosen.window:
        return redirect(hand.chosen.window)
    if not hand.chosen.right:
        return draw(request, found, now, posted=posted, status=200 if hand.chosen.editing else 422)
    try:
        if "look" in asked.data and asked.signed is None:
            looked = signing.look(actor, found, hand.chosen, now)
            return draw(request, found, now, posted=posted, looked=looked)
        return _done_or_signed(request, asked, found, hand, hand.chosen)
    except ActRefused as problem:
        if problem.code in ON_THE_SIGNATURE and asked.signed is not None:
            raise  # the page of the signature says which check failed, and stays open
        return thrown_back(request, actor, ref, now, problem, posted=posted)


def _done_or_signed(
    request: HttpRequest, asked: verbs.Asked, found: CasePage, hand: doing.InHand, decision: Decision
) -> HttpResponse:
    """The act itself says whether a signature is needed, once nothing else stands in its way."""
    try:
        verbs.DECIDING[decision.verb](asked, decision)
    except ActRefused as problem:
        if problem.code != UNSIGNED or asked.signed is not None:
            raise
        return redirect(f"/sign/{signing.ask(asked, found, decision).token}")
    messages.success(request, say("doing.done-step", name=hand.name))
    return redirect(_onward(asked.actor, found))


@posted_to("/office/cases/{ref}")
@official
@keeping.keeps
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
        return draw(
            request, case_page(actor, ref), now, sent=data, status=422, said=say("doing.moment-unread")
        )
    try:
        act(
            actor, ref, data.get("ground", ""), reason=data.get("reason", ""), occurred=occurred, now=now,
            key=data.get("key") or None,
        )  # fmt: skip
    except ActRefused as problem:
        return thrown_back(request, actor, ref, now, problem, sent=data)
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


def _sent_before(actor: Actor, key: str | None) -> bool:
    """Whether this very page was sent already: the second of two clicks is no surprise to tell of."""
    return bool(key) and IdempotencyKey.objects.filter(caller=actor.person, key=key).exists()


def _onward(actor: Actor, found: CasePage) -> str:
    """The case again, unless it has left the body's hands for good."""
    seen = allow.capacities(actor, found.case.pk)
    return f"/office/cases/{found.case.ref}" if seen else "/office/"


def _overtaken(request: HttpRequest, found: CasePage, asked: verbs.Asked) -> HttpResponse:
    """The step is no longer there to complete: the act itself says who was faster, and when."""
    try:
        acts.complete(asked.actor, asked.ref, asked.no, asked.text("outcome"), now=asked.now)
    except ActRefused as problem:
        return thrown_back(request, asked.actor, asked.ref, asked.now, problem)
    raise LookupError(f"step {asked.no} of {found.case.ref} is not in hand and yet can be completed")
