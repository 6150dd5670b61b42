"""The hearing before a refusal, as its recipient meets it: choose a slot, cannot come, object in writing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from qyzmet.cases.acts.answer_hearing import answer_hearing
from qyzmet.cases.hearings.appointments import ANSWERS, Hearing, hearing_of
from qyzmet.cases.queries import CasePage
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.documents.invitation import invitation_ics
from qyzmet.pages import acting
from qyzmet.pages.forms import Fault
from qyzmet.pages.words import current_language, say
from qyzmet.portal import following, keeping
from qyzmet.portal.trouble import refused_page
from qyzmet.portal.views.cabinet import head_of, page_of

__all__ = ["calendar", "hearing"]

COMES = "comes"
BESIDE = {
    "hearing-why": "said",
    "hearing-slot-gone": "answer",
    "hearing-answer": "answer",
    "hearing-passed": "answer",
}
"""The refusals told beside a field, so that what was typed stays."""


@keeping.kept
@acting.required
def hearing(request: HttpRequest, ref: str) -> HttpResponse:
    """The preliminary decision, when one is heard about it, and the answer.

    Cites: APPC art. 73; O109 r352 §7 ¶3; O109 r417 §15 ¶3.
    """
    page, found = _found(request, ref)
    given: Mapping[str, Any] = keeping.given(request) or {}
    errors: list[Fault] = []
    if request.method == "POST":
        given = request.POST
        answer, at = _chosen(found, given.get("answer", ""))
        if not answer:
            errors = [Fault("answer-0", say("hearing.choose"))]
        else:
            said = given.get("said", "")
            try:
                answer_hearing(request.actor, ref, answer, at=at, said=said, now=clock.now())  # type: ignore[attr-defined]
            except ActRefused as refusal:
                if refusal.code not in BESIDE:
                    return refused_page(request, refusal, back=f"/cabinet/{ref}")
                place = {"answer": "answer-0"}.get(BESIDE[refusal.code], BESIDE[refusal.code])
                errors = [Fault(place, refusal.text[current_language()])]
            else:
                messages.success(request, say("hearing.sent"))
                return redirect("cabinet-case", ref)
    shown_page = head_of(page, clock.now(), None) | _asked(page, found, given) | {"errors": errors}
    return render(request, "portal/hearing.html", shown_page, status=422 if errors else 200)


@acting.required
def calendar(request: HttpRequest, ref: str) -> HttpResponse:
    """The invitation as a calendar file, as the hearing stands now."""
    page, found = _found(request, ref)
    answer = HttpResponse(
        invitation_ics(page.case, found, current_language()), content_type="text/calendar; charset=utf-8"
    )
    name = f"hearing-{page.case.number or page.case.ref}.ics"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _found(request: HttpRequest, ref: str) -> tuple[CasePage, Hearing]:
    page = page_of(request, ref)
    found = hearing_of(page.case)
    if found is None:
        raise Http404(ref)
    return page, found


def _chosen(found: Hearing, answer: str) -> tuple[str, datetime | None]:
    """The answer of a posted choice: `comes.<moment>`, or one of the others; empty where there is none."""
    verb, _, moment = answer.partition(".")
    if verb not in ANSWERS:
        return "", None
    at = next((each for each in (found.at, *found.offered) if each.isoformat() == moment), None)
    return ("", None) if verb == COMES and at is None else (verb, at)


def _asked(page: CasePage, found: Hearing, given: Mapping[str, Any]) -> dict[str, Any]:
    before = f"{COMES}.{found.at.isoformat()}" if found.answer == COMES else found.answer
    chosen = given.get("answer", before)
    now = clock.now()
    slots = [(f"{COMES}.{each.isoformat()}", each) for each in found.choices(now)]
    return {
        "hearing": following.hearing(page, now),
        "slots": [{"value": value, "at": at, "checked": value == chosen} for value, at in slots],
        "others": [{"value": key, "checked": key == chosen} for key in found.answers(now) if key != COMES],
        "said": given.get("said", found.said),
    }
