"""The cabinet: my applications, one application from receipt to result, and what I may still do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from qyzmet.cases import blobs
from qyzmet.cases.acts.answer_correction import answer_correction
from qyzmet.cases.acts.withdraw import withdraw
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, CaseState, Deadline, Token
from qyzmet.cases.queries import CasePage, case_page, timeline, visible_cases
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.documents.models import Document
from qyzmet.pages import acting, forms
from qyzmet.pages.words import current_language, say, table
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body
from qyzmet.portal import following
from qyzmet.portal.filed import Filed, filed_parts
from qyzmet.portal.models import Draft
from qyzmet.portal.prospect import registration
from qyzmet.portal.trouble import refused_page
from qyzmet.portal.uploads import UploadRefused, keep

__all__ = ["attachment", "case", "correct", "filed", "index", "withdraw_case"]

A_PAGE = 30


@acting.required
def index(request: HttpRequest) -> HttpResponse:
    """My applications: who holds each and until when; what I have begun and not filed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = visible_cases(actor, capacities=["party"])
    before = request.GET.get("before", "")
    if before.isdigit():
        found = found.filter(id__lt=int(before))
    cases = list(found[: A_PAGE + 1])
    drafts = Draft.objects.filter(owner_id=actor.account, party=actor.party, filed="").order_by("-id")
    return render(
        request,
        "portal/cabinet.html",
        {
            "rows": [_row(each, now) for each in cases[:A_PAGE]],
            "more": cases[A_PAGE - 1].pk if len(cases) > A_PAGE else None,
            "drafts": [{"draft": d, "name": law_of(d.edition_id).package.name} for d in drafts[:20]],
            "official": actor.is_official,
        },
    )


def _row(case: Case, now: datetime) -> dict[str, Any]:
    law, language = law_of(case.edition_id), current_language()
    tokens = Token.objects.filter(case=case, closed_at=None).exclude(post="")
    who = [law.post_name(t.post, t.step)[language] for t in tokens]
    ending = law.package.exits.get(case.exit or "")
    return {
        "case": case,
        "name": law.package.name,
        "mark": following.mark_of(case, now, ending.kind if ending else case.exit or ""),
        "who": list(dict.fromkeys(who)),
        "where": body(case.provider_id).names,
        "ending": ending.name if ending else None,
        "due": following.due_of(case, None, now),
    }


@acting.required
def case(request: HttpRequest, ref: str) -> HttpResponse:
    """One application: where it is, until when and why, what was said, and what I may do."""
    page, now = _page(request, ref), clock.now()
    term = next((d for d in page.deadlines if d.duty == "term"), None)
    ending = page.law.package.exits.get(page.case.exit or "")
    return render(
        request,
        "portal/case.html",
        {
            **_head(page, now, term),
            "stages": [*following.portal_stages(page), *following.step_stages(page, now)],
            "parts": filed_parts(page),
            "documents": _documents(page.case),
            "messages_": _messages(request, ref),
            "ending": ending,
            "can_withdraw": _may_withdraw(page),
            "correction": _awaited(page),
            "complaints": Case.objects.filter(about=page.case).order_by("id"),
            "can_complain": page.case.state != CaseState.RECEIVED and page.case.about_id is None,
        },
    )


@acting.required
def filed(request: HttpRequest, ref: str) -> HttpResponse:
    """The confirmation, which is the receipt too: number or when it registers and why, and the due date."""
    page, now = _page(request, ref), clock.now()
    term = next((d for d in page.deadlines if d.duty == "term"), None)
    return render(request, "portal/filed.html", _head(page, now, term) | {"parts": filed_parts(page)})


@acting.required
def withdraw_case(request: HttpRequest, ref: str) -> HttpResponse:
    """Withdraw the application, after a page that says what it means."""
    page, now = _page(request, ref), clock.now()
    if request.method == "POST":
        reason = request.POST.get("reason", "")[:2000]
        try:
            withdraw(request.actor, ref, reason=reason, now=now)  # type: ignore[attr-defined]
        except ActRefused as refusal:
            return refused_page(request, refusal, back=f"/cabinet/{ref}")
        messages.success(request, say("cabinet.withdrawn-now"))
        return redirect("cabinet-case", ref)
    return render(request, "portal/withdraw.html", _head(page, now, None))


@acting.required
def correct(request: HttpRequest, ref: str) -> HttpResponse:
    """Answer a return: the answers as filed, to be changed, and more documents."""
    page, now = _page(request, ref), clock.now()
    if not _awaited(page):
        return redirect("cabinet-case", ref)
    answer = Filed(page)
    form, faults = forms.Form(answer.fields, answer.form, answer.facts), {}
    if request.method == "POST":
        given = forms.rows_command(answer.fields, request.POST)
        answer.change(given if given is not None else forms.posted(answer.fields, request.POST))
        if given is None:
            faults = answer.faults()
            if not faults:
                return _answer(request, ref, answer, now)
        form = forms.Form(answer.fields, answer.form, answer.facts, faults)
    status = 422 if faults else 200
    documents = answer.documents()
    return render(
        request,
        "portal/correct.html",
        _head(page, now, None)
        | {"form": form, "errors": form.errors, "documents": documents, "asked": _faults_named(page)},
        status=status,
    )


def _answer(request: HttpRequest, ref: str, answer: Filed, now: datetime) -> HttpResponse:
    try:
        files = {
            key: [*answer.given.get(key, []), *(keep(f, now=now) for f in request.FILES.getlist(key))]
            for key in answer.documents()
            if request.FILES.getlist(key)
        }
        answer_correction(request.actor, ref, form=answer.changed(), documents=files, now=now)  # type: ignore[attr-defined]
    except UploadRefused as refusal:
        return refused_page(request, str(refusal), back=f"/cabinet/{ref}/correct")
    except ActRefused as refusal:
        return refused_page(request, refusal, back=f"/cabinet/{ref}")
    messages.success(request, say("cabinet.corrected"))
    return redirect("cabinet-case", ref)


@acting.required
def attachment(request: HttpRequest, ref: str, document: str, place: int) -> HttpResponseBase:
    """A file I attached, or (`issued`) a document of the case."""
    page = _page(request, ref)
    if document == "issued":
        issued = Document.objects.filter(case=page.case).order_by("id")
        if place >= len(issued):
            raise Http404(document)
        made = issued[place]
        return FileResponse(
            blobs.opened(made.digest), filename=f"{made.code}.pdf", content_type="application/pdf"
        )
    files = (page.shown.get("documents") or {}).get(document, [])
    if place >= len(files):
        raise Http404(document)
    return FileResponse(blobs.opened(files[place]["sha256"]), filename=files[place]["name"])


def _page(request: HttpRequest, ref: str) -> CasePage:
    try:
        page = case_page(request.actor, ref)  # type: ignore[attr-defined]
    except ActRefused as refusal:
        raise Http404(refusal.code) from refusal
    if "party" not in page.capacities:
        raise Http404(ref)
    return page


def _head(page: CasePage, now: datetime, term: Deadline | None) -> dict[str, Any]:
    ending = page.law.package.exits.get(page.case.exit or "")
    case = page.case
    return {
        "case": case,
        "package": page.law.package,
        "page": page,
        "mark": following.mark_of(case, now, ending.kind if ending else case.exit or ""),
        "due": following.due_of(case, term, now),
        "holders": following.holders(page.tokens, page),
        "where": body(case.provider_id).names,
        "first": registration(page.law, case.channel, case.received_at),
        "applicant": page.shown.get("applicant_name", ""),
    }


def _documents(case: Case) -> list[dict[str, Any]]:
    found = Document.objects.filter(case=case).order_by("id")
    return [{"document": each, "place": n} for n, each in enumerate(found)]


def _messages(request: HttpRequest, ref: str) -> list[dict[str, Any]]:
    """What was said to the recipient, newest first."""
    told = timeline(request.actor, ref)  # type: ignore[attr-defined]
    keys = table()
    return [
        {"text": say(f"happened.{each.code}"), "at": each.occurred_at, "data": each.data}
        for each in reversed(told)
        if f"happened.{each.code}" in keys
    ]


def _may_withdraw(page: CasePage) -> bool:
    if page.case.state == CaseState.ENDED:
        return False
    kinds = {each.kind for each in page.law.package.exits.values()}
    return page.case.state == CaseState.RECEIVED or "withdrawn" in kinds


def _awaited(page: CasePage) -> bool:
    """Whether the case waits for its recipient."""
    parties = page.law.package.parties
    return any(
        t.closed_at is None and t.kind == "await" and page.law.step(t.step).from_ in parties
        for t in page.tokens
    )


def _faults_named(page: CasePage) -> list[str]:
    """What the official named when returning the application."""
    return [str(each.get("fault", "")) for each in page.shown.get("faults", ())]
