"""The case waits for its recipient: corrections and papers, or what a step asks to be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qyzmet.cases.acts.answer_correction import answer_correction
from qyzmet.cases.acts.deliver_event import deliver_event
from qyzmet.cases.queries import CasePage
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.pages import acting, forms
from qyzmet.pages.words import say
from qyzmet.portal import keeping
from qyzmet.portal.filed import Filed, asked, awaited
from qyzmet.portal.trouble import refused_page
from qyzmet.portal.uploads import UploadRefused, keep
from qyzmet.portal.views.cabinet import head_of, page_of
from qyzmet.regulation.model import Step

__all__ = ["answer"]


@keeping.kept
@acting.required
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    """What the awaiting step asks for, on one page; sent by one act."""
    page, now = page_of(request, ref), clock.now()
    waiting = awaited(page)
    if waiting is None:
        return redirect("cabinet-case", ref)
    step = page.law.step(waiting.step)
    if step.output:
        return _tell(request, page, step, now)
    return _correct(request, page, step, now)


def _correct(request: HttpRequest, page: CasePage, step: Step, now: datetime) -> HttpResponse:
    answered = Filed(page)
    faults: dict[str, str] = {}
    before = keeping.given(request)
    if before is not None:
        answered.change(forms.posted(answered.fields, before))
    if request.method == "POST":
        given = forms.rows_command(answered.fields, request.POST)
        answered.change(given if given is not None else forms.posted(answered.fields, request.POST))
        if given is None:
            faults = answered.faults()
            if not faults:
                return _send(request, page, lambda: _corrections(request, page, answered, now))
    form = forms.Form(answered.fields, answered.form, answered.facts, faults)
    return _shown(request, page, step, form, answered.documents())


def _tell(request: HttpRequest, page: CasePage, step: Step, now: datetime) -> HttpResponse:
    before = keeping.given(request)
    given: dict[str, Any] = {} if before is None else forms.posted(step.output, before)
    faults: dict[str, str] = {}
    facts = page.law.facts(page.case.facts)
    if request.method == "POST":
        given = forms.posted(step.output, request.POST)
        read = forms.check(step.output, given, facts)
        faults = read.faults
        if not faults:
            return _send(request, page, lambda: _event(request, page, step, read.clean, now))
    return _shown(request, page, step, forms.Form(step.output, given, facts, faults), {})


def _send(request: HttpRequest, page: CasePage, act: Any) -> HttpResponse:
    ref = page.case.ref
    try:
        act()
    except UploadRefused as refusal:
        return refused_page(request, str(refusal), back=f"/cabinet/{ref}/answer")
    except ActRefused as refusal:
        return refused_page(request, refusal, back=f"/cabinet/{ref}")
    messages.success(request, say("cabinet.answered"))
    return redirect("cabinet-case", ref)


def _corrections(request: HttpRequest, page: CasePage, answered: Filed, now: datetime) -> None:
    files = {
        key: [*answered.given.get(key, []), *(keep(f, now=now) for f in request.FILES.getlist(key))]
        for key in answered.documents()
        if request.FILES.getlist(key)
    }
    actor = request.actor  # type: ignore[attr-defined]
    answer_correction(actor, page.case.ref, form=answered.changed(), documents=files, now=now)


def _event(
    request: HttpRequest, page: CasePage, step: Step, output: Mapping[str, Any], now: datetime
) -> None:
    outcome = next(each for each in step.then if each != "timeout")
    actor = request.actor  # type: ignore[attr-defined]
    deliver_event(actor, page.case.ref, step.event or "", outcome, output=output, now=now)


def _shown(
    request: HttpRequest, page: CasePage, step: Step, form: forms.Form, documents: Mapping[str, Any]
) -> HttpResponse:
    shown = {"step": step, "form": form, "errors": form.errors, "documents": documents}
    shown["asked"] = asked(request.actor, page.case.ref)  # type: ignore[attr-defined]
    whole = head_of(page, clock.now(), None) | shown
    return render(request, "portal/answer.html", whole, status=422 if form.errors else 200)
