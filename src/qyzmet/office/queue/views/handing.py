"""Handing a result over: what waits at the window, who it is given to, and the receipt they sign."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from qyzmet.cases import acts
from qyzmet.cases.hall.handing import Receiver
from qyzmet.cases.models import Token
from qyzmet.cases.queries import CasePage
from qyzmet.cases.queries.handing import MOST, Waiting, kept, waiting
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.office import casefile
from qyzmet.office.desk import actor_of
from qyzmet.office.names import people
from qyzmet.office.queue.gate import counter, draw, fault, number
from qyzmet.office.queue.rows import in_hand_at
from qyzmet.office.refusing import refused, status_of
from qyzmet.office.scans import Scans
from qyzmet.office.views.case import open_case
from qyzmet.pages.forms import Fault
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import current_language, say

__all__ = ["give", "index", "paper", "remind"]

AS = ("recipient", "representative")
ASKED = ("received-by", "number", "identified-by")


def _label(name: str) -> str:
    return {
        "received-by": say("handing.received-by"),
        "number": say("handing.number"),
        "identified-by": say("handing.identified-by"),
    }[name]


@counter
def index(request: HttpRequest) -> HttpResponse:
    """What waits to be collected, found by a number too; what is past its time stands out."""
    actor, now, words = actor_of(request), clock.now(), request.GET.get("q", "")[:40].strip()
    found = waiting(actor, now, words, number(request.GET.get("after", "")))
    limits = kept(now)
    return draw(
        request, "handing.html", "handing",
        rows=[(each, _sign(each, limits.reminded_after, limits.kept_for)) for each in found[:MOST]],
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
    return redirect("/office/handing-over/")


@counter
def give(request: HttpRequest, ref: str, no: int) -> HttpResponseBase:
    """Who received it, what they showed, and the receipt they signed; the act checks them."""
    page, token = _found(request, ref, no)
    scans = Scans.from_page(request, actor_of(request), ["receipt"], clock.now())
    if request.method != "POST":
        return _give(request, page, token, scans)
    missing = [Fault(name, say("handing.needed", name=_label(name))) for name in ASKED
               if not _said(request, name)]  # fmt: skip
    missing += [Fault("file-receipt", text) for text in scans.faults.values()]
    if missing:
        return _give(request, page, token, scans, errors=missing, status=422)
    try:
        _act(request, page, token, scans, clock.now())
    except ActRefused as problem:
        if "field" in problem.hint:
            return _give(request, page, token, scans, errors=[fault(problem, "number")], status=422)
        return _give(request, page, token, scans, problem=refused(problem), status=status_of(problem))
    messages.success(request, say("handing.given", number=page.case.number or page.case.ref))
    return redirect("/office/handing-over/")


def _act(request: HttpRequest, page: CasePage, token: Token, scans: Scans, now: datetime) -> None:
    papers = tuple(scans.of("receipt"))
    shown, authority = _said(request, "number"), _said(request, "authority")
    receiver = (
        Receiver(shown, "representative", authority, papers)
        if request.POST.get("as") == "representative"
        else Receiver(shown, paper=papers)
    )
    acts.hand_over(
        actor_of(request), page.case.ref, token.no, received_by=_said(request, "received-by"),
        identified_by=_said(request, "identified-by"), receiver=receiver, now=now,
        key=request.POST.get("key") or None,
    )  # fmt: skip


def _said(request: HttpRequest, name: str) -> str:
    return "".join(each for each in request.POST.get(name, "")[:300] if each.isprintable()).strip()


def _give(
    request: HttpRequest, page: CasePage, token: Token, scans: Scans, status: int = 200, **more: Any
) -> HttpResponse:
    drafted = {"received-by": page.shown.get("applicant_name", "")}
    typed = request.POST if request.method == "POST" else drafted
    values = {name: typed.get(name, "") for name in (*ASKED, "authority")}
    wrong = {each.id: each.text for each in more.get("errors", ())}
    fields = [(name, _label(name), values[name], wrong.get(name, "")) for name in ASKED]
    return draw(
        request, "give.html", "handing", status,
        case=page.case, page=page, law=page.law, no=token.no, fields=fields,
        authority=(values["authority"], wrong.get("authority", "")),
        as_party=typed.get("as", AS[0]), scans=scans, receipts=scans.of("receipt"),
        scan_error=wrong.get("file-receipt", ""),
        issued=casefile.issued(page), step=page.law.step(token.step),
        key=typed.get("key") or secrets.token_urlsafe(16), ticket=in_hand_at(actor_of(request)), **more,
    )  # fmt: skip


@counter
def paper(request: HttpRequest, ref: str, no: int) -> HttpResponse:
    """The receipt that is printed for the recipient to sign."""
    page, token = _found(request, ref, no)
    actor = actor_of(request)
    return draw(
        request, "receipt.html", "handing", case=page.case, page=page, law=page.law,
        issued=casefile.issued(page), step=page.law.step(token.step), now=clock.now(),
        signer=people(numbers=[actor.person]).get(actor.person, actor.name),
    )  # fmt: skip


def _found(request: HttpRequest, ref: str, no: int) -> tuple[CasePage, Token]:
    """The case and the step of this window by which it is given."""
    actor = actor_of(request)
    page = open_case(actor, ref, clock.now())
    found = next((each for each in waiting(actor, clock.now(), ref) if each.token.no == no), None)
    if found is None:
        raise Http404
    return page, found.token
