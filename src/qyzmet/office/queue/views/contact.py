"""The contact centre: by a number and an IIN the stage of an application, and what to tell of its service.

Nothing of the papers is shown, no name, no document. Cites: O109 an.2 row 10 ¶3.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from qyzmet.cases.acts.contact import look_up
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, Token
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.watching import CONTACT_CENTRE
from qyzmet.config import clock
from qyzmet.office.desk import actor_of, only, page
from qyzmet.office.names import body_name, step_name
from qyzmet.office.queue.asking import Request, choices
from qyzmet.office.refusing import refused
from qyzmet.pages.forms import Fault
from qyzmet.pages.words import current_language, say

__all__ = ["contact", "visit"]

consultant = only(CONTACT_CENTRE)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has an open step, and until when."""

    step: str
    body: str
    post: str
    due: datetime | None
    suspended: bool


@never_cache
@consultant
def contact(request: HttpRequest) -> HttpResponse:
    """Look up one application; each look-up leaves an entry its recipient sees."""
    typed = {name: request.POST.get(name, "")[:40].strip() for name in ("case", "number")}
    if request.method != "POST":
        return _page(request, typed)
    errors = [Fault(name, text) for name, text in _needed().items() if not typed[name]]
    if errors:
        return _page(request, typed, errors=errors, status=422)
    try:
        found = look_up(actor_of(request), typed["case"], typed["number"], now=clock.now())
    except ActRefused as problem:
        return _page(request, typed, problem=refused(problem), status=429)
    if found is None:
        return _page(request, typed, errors=[Fault("case", say("contact.none"))], status=422)
    return _page(request, typed, found=found)


def _needed() -> dict[str, str]:
    return {"case": say("contact.case-needed"), "number": say("contact.number-needed")}


def _page(request: HttpRequest, typed: dict[str, str], status: int = 200, **more: object) -> HttpResponse:
    found = more.get("found")
    shown: dict[str, object] = {}
    if isinstance(found, Case):
        law = law_of(found.edition_id)
        shown = {
            "law": law,
            "stage": f"accounts.stage-{found.state}",
            "holders": _holders(found),
            "provider": body_name(found.provider_id),
        }
    errors = more.get("errors") or []
    wrong = {each.id: each.text for each in errors} if isinstance(errors, list) else {}
    labels = {"case": say("contact.case"), "number": say("contact.number")}
    fields = [(name, labels[name], typed[name], wrong.get(name, "")) for name in typed]
    context = {"fields": fields, **shown, **more}
    return page(request, "queue/contact.html", context, at="contact", status=status)


def _holders(case: Case) -> list[Holder]:
    law, language = law_of(case.edition_id), current_language()
    return [
        Holder(
            step_name(law, each.step),
            body_name(each.organisation_id),
            law.post_name(each.post, each.step)[language] if each.post else "",
            each.due,
            each.suspended,
        )
        for each in Token.objects.filter(case=case, closed_at__isnull=True).order_by("no")
    ]


@never_cache
@consultant
def visit(request: HttpRequest) -> HttpResponseBase:
    """Write down that somebody who called asks for a visit to their home; the body appoints it."""
    actor, now = actor_of(request), clock.now()
    asked = Request(request.POST, choices(now))
    if request.method == "POST" and asked.ask(actor, now) is not None:
        messages.success(request, say("visits.passed-on"))
        return redirect("/office/contact/")
    context = {
        "asked": asked,
        "errors": asked.errors,
        "key": request.POST.get("key") or secrets.token_urlsafe(16),
    }
    return page(
        request, "queue/contact_visit.html", context, at="contact", status=422 if asked.errors else 200
    )
