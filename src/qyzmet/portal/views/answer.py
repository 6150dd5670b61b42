"""The case waits for its recipient: corrections and papers, or what a step asks to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
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
from qyzmet.portal import keeping, not_taken
from qyzmet.portal.filed import Filed, asked, awaited
from qyzmet.portal.papers import STAYING, DocumentRow, taken
from qyzmet.portal.trouble import refused_page
from qyzmet.portal.views.cabinet import head_of, page_of
from qyzmet.regulation.model import Step

__all__ = ["answer"]

HELD = "answer-files"


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
    unfit: dict[str, str] = {}
    files = _files_so_far(request, page.case.ref)
    place = f"answer.{page.case.ref}"
    before = keeping.given(request)
    if before is not None:
        answered.change(forms.posted(answered.fields, before))
    if request.method == "POST":
        given = forms.rows_command(answered.fields, request.POST)
        answered.change(given if given is not None else forms.posted(answered.fields, request.POST))
        going_on = given is None and not STAYING & request.POST.keys()
        unfit = taken(files, answered.documents(), request, now, place=place, going_on=going_on)
        _keep_files(request, page.case.ref, files)
        if going_on and not unfit:
            faults = answered.faults()
            if not faults:
                return _send(request, page, lambda: _corrections(request, page, answered, files, now))
    form = forms.Form(answered.fields, answered.form, answered.facts, faults)
    lacking, refused = answered.lacking(), not_taken.told(request, place)
    rows = [
        replace(row, required=row.key in lacking, refused=refused.get(row.key, ()))
        for row in (
            DocumentRow.asked(key, document, files.get(key, ()), unfit.get(key, ""))
            for key, document in answered.documents().items()
        )
    ]
    rows.sort(key=lambda row: not row.required)  # what is missing stands first
    return _shown(request, page, step, form, rows, typed=bool(answered.changed()))


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
    return _shown(request, page, step, forms.Form(step.output, given, facts, faults), [])


def _send(request: HttpRequest, page: CasePage, act: Any) -> HttpResponse:
    ref = page.case.ref
    try:
        act()
    except ActRefused as refusal:
        return refused_page(request, refusal, back=f"/cabinet/{ref}")
    _keep_files(request, ref, {})
    not_taken.forgotten(request, f"answer.{ref}")
    messages.success(request, say("cabinet.answered"))
    return redirect("cabinet-case", ref)


def _corrections(
    request: HttpRequest, page: CasePage, answered: Filed, files: Mapping[str, Any], now: datetime
) -> None:
    whole = {key: [*answered.given.get(key, []), *added] for key, added in files.items() if added}
    actor = request.actor  # type: ignore[attr-defined]
    answer_correction(actor, page.case.ref, form=answered.changed(), documents=whole, now=now)


def _files_so_far(request: HttpRequest, ref: str) -> dict[str, list[dict[str, Any]]]:
    """What was attached to this answer and not sent yet."""
    held = request.session.get(HELD, {}).get(ref, {})
    return {key: list(files) for key, files in held.items()}


def _keep_files(request: HttpRequest, ref: str, files: Mapping[str, Any]) -> None:
    before = request.session.get(HELD, {})
    if before.get(ref, {}) != files:
        others = {key: held for key, held in before.items() if key != ref}
        request.session[HELD] = others | ({ref: dict(files)} if any(files.values()) else {})


def _event(
    request: HttpRequest, page: CasePage, step: Step, output: Mapping[str, Any], now: datetime
) -> None:
    outcome = next(each for each in step.then if each != "timeout")
    actor = request.actor  # type: ignore[attr-defined]
    deliver_event(actor, page.case.ref, step.event or "", outcome, output=output, now=now)


def _shown(
    request: HttpRequest,
    page: CasePage,
    step: Step,
    form: forms.Form,
    rows: list[DocumentRow],
    *,
    typed: bool = False,
) -> HttpResponse:
    """The page; the answers are folded away where only papers are missing and none of them was touched."""
    errors = [*form.errors, *(forms.Fault(row.id, row.error) for row in rows if row.error)]
    shown: dict[str, Any] = {"step": step, "form": form, "errors": errors, "rows": rows}
    waiting = awaited(page)
    shown["until"] = waiting.due if waiting else None
    shown["lacking"] = [row.name for row in rows if row.required]
    shown["asked"] = asked(request.actor, page.case.ref)  # type: ignore[attr-defined]
    shown["unfolded"] = typed or form.errors or shown["asked"] or not shown["lacking"]
    whole = head_of(page, clock.now(), None) | shown
    return render(request, "portal/answer.html", whole, status=422 if errors else 200)
