"""The cabinet: my applications, one application from receipt to result, and what I may still do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from qyzmet.cases.acts.withdraw import withdraw
from qyzmet.cases.filing.editions import complaint_law
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, CaseState, Deadline, Token
from qyzmet.cases.queries import CasePage, case_page, timeline, visible_cases
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.documents.models import Document
from qyzmet.gateway.cabinet import letters as letters_to
from qyzmet.pages import acting
from qyzmet.pages.endings import ending_of
from qyzmet.pages.files import sent
from qyzmet.pages.words import current_language, say, table
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body
from qyzmet.people.models import Account
from qyzmet.portal import cosigning, following, keeping, standing
from qyzmet.portal.filed import asked, awaited, filed_parts
from qyzmet.portal.models import Draft
from qyzmet.portal.proofs import proof_file, signatures_of
from qyzmet.portal.prospect import registration
from qyzmet.portal.trouble import refused_page

__all__ = ["attachment", "case", "filed", "head_of", "index", "page_of", "signature", "withdraw_case"]

# The way of the application and its list of documents tell these, each by its name.
BY_NAME = {"task.completed", "check.done", "document.issued"}

A_PAGE, MOST_DRAFTS = 30, 200


@acting.required
def index(request: HttpRequest) -> HttpResponse:
    """My applications: who holds each and until when; what I have begun and not filed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = visible_cases(actor, capacities=["party"])
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        found = found.filter(id__lt=int(before))
    cases = list(found[: A_PAGE + 1])
    drafts = Draft.objects.filter(owner_id=actor.account, party=actor.party, filed="").order_by("-id")
    return render(
        request,
        "portal/cabinet.html",
        {
            "rows": [_row(each, now) for each in cases[:A_PAGE]],
            "more": cases[A_PAGE - 1].pk if len(cases) > A_PAGE else None,
            "drafts": [{"draft": d, "name": law_of(d.edition_id).package.name} for d in drafts[:MOST_DRAFTS]],
            "to_sign": [] if actor.is_official else _to_sign(actor),
            "official": actor.is_official,
        },
    )


def _to_sign(actor: Actor) -> list[dict[str, Any]]:
    """Other people's applications that wait for this side's signature."""
    rows = cosigning.to_sign(actor)
    names = {a.number: a.full_name for a in Account.objects.filter(number__in=[r.draft.party for r in rows])}
    return [
        {
            "row": row,
            "name": law_of(row.draft.edition_id).package.name,
            "from": names.get(row.draft.party, row.draft.party),
        }
        for row in rows
    ]


def _row(case: Case, now: datetime) -> dict[str, Any]:
    law, language = law_of(case.edition_id), current_language()
    tokens = list(Token.objects.filter(case=case, closed_at=None))
    who = [law.post_name(t.post, t.step)[language] for t in tokens if t.post]
    ending = ending_of(law, case.exit)
    return {
        "case": case,
        "name": law.package.name,
        "mark": following.mark_of(case, now, ending.kind if ending else ""),
        "who": list(dict.fromkeys(who)),
        "where": body(case.provider_id).names,
        "ending": ending.words if ending else "",
        "due": following.due_of(case, None, now),
        "awaits": following.awaits_recipient(law, case, tokens, now),
    }


@acting.required
def case(request: HttpRequest, ref: str) -> HttpResponse:
    """One application: where it is, until when and why, what was said, and what I may do."""
    page, now = page_of(request, ref), clock.now()
    term = next((d for d in page.deadlines if d.duty == "term"), None)
    return render(
        request,
        "portal/case.html",
        {
            **head_of(page, now, term),
            "stages": [*following.portal_stages(page), *following.step_stages(page, now)],
            "parts": filed_parts(page),
            "documents": _documents(page),
            "signatures": signatures_of(page),
            "messages_": _messages(request, ref),
            "letters": letters_to(request.actor).filter(case=page.case),  # type: ignore[attr-defined]
            "can_withdraw": _may_withdraw(page),
            "stops": list(standing.stops(page)),
            "if_resumed": standing.due_if_resumed(page, term, now),
            "awaited": awaited(page),
            "asked": asked(request.actor, ref) if awaited(page) else [],  # type: ignore[attr-defined]
            "hearing": following.hearing(page, now),
            "complaints": Case.objects.filter(about=page.case).order_by("id"),
            "can_complain": _may_complain(page, now),
        },
    )


@acting.required
def filed(request: HttpRequest, ref: str) -> HttpResponse:
    """The confirmation, which is the receipt too: number or when it registers and why, and the due date."""
    page, now = page_of(request, ref), clock.now()
    term = next((d for d in page.deadlines if d.duty == "term"), None)
    return render(request, "portal/filed.html", head_of(page, now, term) | {"parts": filed_parts(page)})


@keeping.kept
@acting.required
def withdraw_case(request: HttpRequest, ref: str) -> HttpResponse:
    """Withdraw the application, after a page that says what it means."""
    page, now = page_of(request, ref), clock.now()
    if request.method == "POST":
        reason = request.POST.get("reason", "")[:2000]
        try:
            withdraw(request.actor, ref, reason=reason, now=now)  # type: ignore[attr-defined]
        except ActRefused as refusal:
            return refused_page(request, refusal, back=f"/cabinet/{ref}")
        messages.success(request, say("cabinet.withdrawn-now"))
        return redirect("cabinet-case", ref)
    before: Mapping[str, Any] = keeping.given(request) or {}
    typed = {"reason": before.get("reason", "")}
    return render(request, "portal/withdraw.html", head_of(page, now, None) | typed)


@acting.required
def attachment(request: HttpRequest, ref: str, document: str, place: int) -> HttpResponseBase:
    """A file I attached, or (`issued`) a document of the case."""
    page = page_of(request, ref)
    if document == "issued":
        issued = _issued(page)
        if place >= len(issued):
            raise Http404(document)
        return sent(issued[place].digest, f"{issued[place].code}.pdf")
    files = (page.shown.get("documents") or {}).get(document, [])
    if place >= len(files):
        raise Http404(document)
    return sent(files[place]["sha256"], files[place]["name"])


@acting.required
def signature(request: HttpRequest, ref: str, pk: int, kind: str) -> HttpResponse:
    """What was signed when it was filed, or the signature itself."""
    page = page_of(request, ref)
    found = proof_file(page, pk, kind)
    if found is None:
        raise Http404(kind)
    answer = HttpResponse(found.data, content_type=found.media)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name)
    return answer


def page_of(request: HttpRequest, ref: str) -> CasePage:
    try:
        page = case_page(request.actor, ref)  # type: ignore[attr-defined]
    except ActRefused as refusal:
        raise Http404(refusal.code) from refusal
    if "party" not in page.capacities:
        raise Http404(ref)
    return page


def head_of(page: CasePage, now: datetime, term: Deadline | None) -> dict[str, Any]:
    case = page.case
    ending = ending_of(page.law, case.exit)
    return {
        "case": case,
        "package": page.law.package,
        "ending": ending,
        "page": page,
        "mark": following.mark_of(case, now, ending.kind if ending else ""),
        "due": following.due_of(case, term, now),
        "holders": following.holders(page.tokens, page),
        "where": body(case.provider_id).names,
        "first": registration(page.law, case.channel, case.received_at),
        "applicant": page.shown.get("applicant_name", ""),
    }


def _documents(page: CasePage) -> list[dict[str, Any]]:
    return [{"document": each, "place": n} for n, each in enumerate(_issued(page))]


def _issued(page: CasePage) -> list[Document]:
    """The documents of the case but for the minutes, which say how each member voted."""
    found = Document.objects.filter(case=page.case).exclude(issued__in=page.law.minutes)
    return list(found.order_by("id"))


def _messages(request: HttpRequest, ref: str) -> list[dict[str, Any]]:
    """What was said to the recipient, newest first."""
    told = timeline(request.actor, ref)  # type: ignore[attr-defined]
    keys = table()
    return [
        {"text": say(f"happened.{each.code}"), "at": each.occurred_at, "data": each.data}
        for each in reversed(told)
        if f"happened.{each.code}" in keys and each.code not in BY_NAME
    ]


def _may_complain(page: CasePage, now: datetime) -> bool:
    """Once registered, not about a complaint, while a law on complaints is in force (APPC art. 91)."""
    if page.case.state == CaseState.RECEIVED or page.case.about_id is not None:
        return False
    try:
        complaint_law(now)
    except ActRefused:
        return False
    return True


def _may_withdraw(page: CasePage) -> bool:
    if page.case.state == CaseState.ENDED:
        return False
    kinds = {each.kind for each in page.law.package.exits.values()}
    return page.case.state == CaseState.RECEIVED or "withdrawn" in kinds
