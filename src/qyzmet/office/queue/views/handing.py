"""Handing a result over: what waits at the window, who it is given to, and the receipt they sign, on paper or
with their key."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from qyzmet.cases import acts
from qyzmet.cases.allow import elsewhere, fits
from qyzmet.cases.hall.handing import given_before, gives, unsealed
from qyzmet.cases.models import Token
from qyzmet.cases.queries import CasePage
from qyzmet.cases.queries.handing import MOST, Waiting, kept, waiting
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed import Signed
from qyzmet.config import clock
from qyzmet.evidence.models import SigningRequest
from qyzmet.office import signing
from qyzmet.office.desk import actor_of
from qyzmet.office.names import people
from qyzmet.office.queue.gate import counter, draw, fault, number
from qyzmet.office.queue.giving import ASKED, HANDING, Giving, label, papers_of
from qyzmet.office.queue.rows import in_hand_at
from qyzmet.office.refusing import refused, status_of
from qyzmet.office.scans import Scans
from qyzmet.office.views.case import open_case
from qyzmet.office.views.steps import ON_THE_SIGNATURE, UNSIGNED
from qyzmet.pages.posting import posted_to
from qyzmet.pages.signing import finisher, page_of
from qyzmet.pages.words import current_language, say
from qyzmet.people.actor import Actor
from qyzmet.portal import keeping

__all__ = ["finish", "give", "index", "paper", "remind"]

AS = ("recipient", "representative")
LIST = "/office/handing-over/"


@counter
def index(request: HttpRequest) -> HttpResponse:
    """What waits to be collected, found by a number too; what is past its time stands out."""
    actor, now, words = actor_of(request), clock.now(), request.GET.get("q", "")[:40].strip()
    found = waiting(actor, now, words, number(request.GET.get("after", "")))
    limits, names = kept(now), people(ids=[each.token.assignee_id for each in found])
    return draw(
        request, "handing.html", "handing",
        rows=[
            (each, _sign(each, *limits), names.get(each.token.assignee_id or 0, ""))
            for each in found[:MOST]
        ],
        me=actor.account,
        more=found[MOST - 1].token.pk if len(found) > MOST else None,
        words_asked=words, limits=limits,
    )  # fmt: skip


def _sign(each: Waiting, soon: int, late: int) -> str:
    return "late" if each.days > late else "soon" if each.days >= soon else "open"


@posted_to("/office/handing-over/")
@counter
def remind(request: HttpRequest, ref: str, no: int) -> HttpResponse:
    """Write to the recipient that the result waits."""
    try:
        acts.remind_to_collect(actor_of(request), ref, no, now=clock.now())
    except ActRefused as problem:
        if problem.is_absence:
            raise Http404 from problem
        messages.warning(request, problem.text[current_language()])
    else:
        messages.success(request, say("handing.reminded"))
    return redirect(LIST)


@counter
@keeping.keeps
def give(request: HttpRequest, ref: str, no: int) -> HttpResponseBase:
    """Who received it, what they showed, and the receipt they signed; the act checks them.

    `?typed=<token>` brings back what was typed before a signature that was not given.
    """
    page, token = _found(request, ref, no)
    actor, now = actor_of(request), clock.now()
    if request.method == "POST":
        scans = Scans.from_page(request, actor, ["receipt"], now)
        return _carry_out(request, Giving(page, token, request.POST, scans))
    before = given_before(page.case, no)
    if before is not None:
        return _given_before(request, page, before)
    row = signing.asked_for(actor, request.GET.get("typed", ""), HANDING)
    mine = row is not None and (row.params["ref"], row.params["no"]) == (ref, no)
    back = keeping.given_here(request)
    data = back.data if back else signing.sent(row) if row is not None and mine else _drafted(page)
    return _give(request, Giving(page, token, data, Scans.kept(actor, data.getlist("scan"))))


def _carry_out(request: HttpRequest, giving: Giving, signed: Signed | None = None) -> HttpResponse:
    """Do it, or say on the page why not; who signs with their key goes to the signature first."""
    actor, now = actor_of(request), clock.now()
    waits = _waits(actor, giving)
    if waits is not None:  # before anything more is asked of who stands at the window
        return _give(request, giving, problem=refused(waits), status=status_of(waits))
    if giving.missing:
        return _give(request, giving, errors=giving.missing, status=422)
    try:
        giving.do(actor, now, signed)
    except ActRefused as problem:
        if problem.code == UNSIGNED and giving.by_key and signed is None:
            return page_of(giving.ask(actor, now))
        if problem.code in ON_THE_SIGNATURE and signed is not None:
            raise  # the page of the signature says which check failed, and stays open
        if "field" in problem.hint:
            return _give(request, giving, errors=[fault(problem, "number")], status=422)
        return _give(request, giving, problem=refused(problem), status=status_of(problem))
    case = giving.page.case
    messages.success(request, say("handing.given", number=case.number or case.ref))
    return redirect(LIST)


def _waits(actor: Actor, giving: Giving) -> ActRefused | None:
    """Why nothing can be given here yet: a colleague has it in hand, or its papers are not sealed."""
    return elsewhere(actor, giving.token) or unsealed(giving.page.case, giving.page.law)


def _back(row: SigningRequest) -> str:
    return f"{LIST}{row.params['ref']}/{row.params['no']}?typed={row.token}"


@finisher(HANDING, back=_back)
def finish(request: HttpRequest, row: SigningRequest, signed: Mapping[str, Signed]) -> HttpResponse:
    """Hand the result over as its receiver signed for it."""
    request.belongs_to = _back(row).partition("?")[0]  # type: ignore[attr-defined]
    return cast(HttpResponse, _finished(request, row, signed[HANDING]))


@counter
def _finished(request: HttpRequest, row: SigningRequest, signed: Signed) -> HttpResponse:
    page, token = _found(request, row.params["ref"], row.params["no"])
    data = signing.sent(row)
    scans = Scans.kept(actor_of(request), data.getlist("scan"))
    return _carry_out(request, Giving(page, token, data, scans), signed)


def _given_before(request: HttpRequest, page: CasePage, before: ActRefused) -> HttpResponse:
    """It was handed over meanwhile: by oneself, as by a second press, or by somebody else."""
    if before.hint["official"] == actor_of(request).person:
        messages.success(request, say("handing.given", number=page.case.number or page.case.ref))
        return redirect(LIST)
    messages.warning(request, before.text[current_language()])
    return redirect(f"/office/cases/{page.case.ref}")


def _drafted(page: CasePage) -> QueryDict:
    data = QueryDict(mutable=True)
    data["received-by"] = str(page.shown.get("applicant_name") or "")
    return data


def _give(request: HttpRequest, giving: Giving, status: int = 200, **more: Any) -> HttpResponse:
    page, token, typed, scans = giving.page, giving.token, giving.data, giving.scans
    wrong = {each.id: each.text for each in more.get("errors", ())}
    waits, holder = _waits(actor_of(request), giving), token.assignee_id or 0
    fields = [(name, label(name), typed.get(name, ""), wrong.get(name, "")) for name in ASKED]
    return draw(
        request, "give.html", "handing", status,
        case=page.case, page=page, law=page.law, no=token.no, fields=fields,
        authority=(typed.get("authority", ""), wrong.get("authority", "")),
        as_party=typed.get("as", AS[0]), scans=scans, receipts=scans.of("receipt"),
        scan_error=wrong.get("file-receipt", ""),
        waits=refused(waits) if waits else None, holder=people(ids=[holder]).get(holder, ""),
        issued=papers_of(page), step=page.law.step(token.step),
        key=typed.get("key") or secrets.token_urlsafe(16), ticket=in_hand_at(actor_of(request)), **more,
    )  # fmt: skip


@counter
def paper(request: HttpRequest, ref: str, no: int) -> HttpResponseBase:
    """The receipt that is printed for the recipient to sign, once it can name every paper that is given."""
    page, token = _found(request, ref, no)
    actor = actor_of(request)
    if unsealed(page.case, page.law) is not None:
        return redirect(f"{LIST}{ref}/{no}")
    return draw(
        request, "receipt.html", "handing", case=page.case, page=page, law=page.law,
        issued=papers_of(page), step=page.law.step(token.step), now=clock.now(),
        signer=people(numbers=[actor.person]).get(actor.person, actor.name),
    )  # fmt: skip


def _found(request: HttpRequest, ref: str, no: int) -> tuple[CasePage, Token]:
    """The case and the step of this window by which its result is given, or was."""
    actor = actor_of(request)
    page = open_case(actor, ref, clock.now())
    token = Token.objects.filter(case_id=page.case.pk, no=no).first()
    if token is None or not fits(actor, token) or not gives(page.law, page.case.channel, token.step):
        raise Http404
    return page, token
