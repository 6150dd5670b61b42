"""My personal data: consents, who read my case, and a copy of everything kept about me."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from qyzmet.cases.acts.withdraw_consent import withdraw_consent
from qyzmet.cases.filing.consents import consents
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, Filing
from qyzmet.cases.queries import visible_cases
from qyzmet.cases.queries.readings import handlings, readings
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.retention import kept_until
from qyzmet.config import clock
from qyzmet.pages import acting
from qyzmet.pages.state_data import rows
from qyzmet.pages.words import current_language, say
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body
from qyzmet.portal import keeping
from qyzmet.portal.models import Draft
from qyzmet.portal.personal_copy import copy_of
from qyzmet.portal.posts import post_name
from qyzmet.portal.trouble import refused_page
from qyzmet.portal.views.cabinet import page_of

__all__ = ["consent", "copy", "data", "index"]

A_PAGE = 30


@acting.required
def index(request: HttpRequest) -> HttpResponse:
    """What is kept about me, by application with the consents that stand, and the copy to take away."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found, before = visible_cases(actor, capacities=["party"]), request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        found = found.filter(id__lt=int(before))
    cases = list(found[: A_PAGE + 1])
    filings = Filing.objects.in_bulk([each.pk for each in cases])
    begun = Draft.objects.filter(owner_id=actor.account, party=actor.party, filed="").count()
    page = {
        "rows": [_kept(each, filings[each.pk]) for each in cases[:A_PAGE]],
        "more": cases[A_PAGE - 1].pk if len(cases) > A_PAGE else None,
        "begun": begun,
    }
    return render(request, "portal/personal.html", page)


def _kept(case: Case, filing: Filing) -> dict[str, Any]:
    """What a line says of one application: the consents that may be withdrawn, and until when it is kept."""
    law = law_of(case.edition_id)
    standing = [each for each in consents(case, law, filing.form) if each.may_withdraw]
    return {
        "case": case,
        "name": law.package.name,
        "consents": len(standing),
        "until": kept_until(case),
        "erased": filing.erased,
    }


@acting.required
def copy(request: HttpRequest) -> HttpResponseBase:
    """The ZIP: one page to read, one file for programs."""
    made = copy_of(request.actor, now=clock.now())  # type: ignore[attr-defined]
    answer = FileResponse(made, content_type="application/zip", filename="my-data.zip", as_attachment=True)
    answer["Cache-Control"] = "private, no-store"
    return answer


@acting.required
def data(request: HttpRequest, ref: str) -> HttpResponse:
    """Personal data of one application: consents, what state databases gave, and who read it."""
    page = page_of(request, ref)
    return render(
        request,
        "portal/case_data.html",
        {
            "case": page.case,
            "package": page.law.package,
            "consents": consents(page.case, page.law, page.shown.get("form") or {}),
            "readings": [
                {"at": each.at, "who": _who(page.case, each.organisation, each.post)}
                for each in readings(page.case)
            ],
            "hands": [
                {"step": page.law.step(h.step).name, "who": _who(page.case, h.organisation, h.post),
                 "since": h.since, "until": h.until}
                for h in handlings(page.case)
            ],
            "fetched": rows(request.actor, page),  # type: ignore[attr-defined]
            "erased": Filing.objects.get(pk=page.case.pk).erased,
            "until": kept_until(page.case),
        },
    )  # fmt: skip


@keeping.kept
@acting.required
def consent(request: HttpRequest, ref: str, field: str) -> HttpResponse:
    """Withdraw one consent, after a page that says what it means."""
    page = page_of(request, ref)
    if request.method == "POST":
        reason = request.POST.get("reason", "")[:2000]
        try:
            withdraw_consent(request.actor, ref, field, reason=reason, now=clock.now())  # type: ignore[attr-defined]
        except ActRefused as refusal:
            return refused_page(request, refusal, back=f"/cabinet/{ref}/data")
        messages.success(request, say("personal.withdrawn-now"))
        return redirect("cabinet-data", ref)
    given = consents(page.case, page.law, page.shown.get("form") or {})
    found = next((each for each in given if each.field == field and each.may_withdraw), None)
    if found is None:
        return redirect("cabinet-data", ref)
    before: Mapping[str, Any] = keeping.given(request) or {}
    context: dict[str, Any] = {"case": page.case, "package": page.law.package, "consent": found}
    context["reason"] = before.get("reason", "")
    return render(request, "portal/consent.html", context)


def _who(case: Case, organisation: int, post: str) -> str:
    """A body and a post in words; the person is nobody's business here."""
    at, language = body(organisation), current_language()
    return f"{at.names[language]}: {post_name(post, case.service, at.kind)[language]}"
