"""Applying: choices, one page a section, documents, check; the draft is kept at every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from qyzmet.cases.queries import case_page
from qyzmet.cases.queries.duplicates import Opened, of_recipient
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.pages import acting, forms
from qyzmet.pages.files import sent
from qyzmet.pages.forms import Fault
from qyzmet.pages.words import current_language, say
from qyzmet.people.actor import Actor
from qyzmet.portal import cosigning, keeping, not_taken, saving, signing
from qyzmet.portal.beginning import Beginning
from qyzmet.portal.drafting import Drafted
from qyzmet.portal.models import Draft
from qyzmet.portal.papers import STAYING, DocumentRow, take_files
from qyzmet.portal.prospect import registration
from qyzmet.portal.summary import review
from qyzmet.portal.trouble import refused_page
from qyzmet.portal.views.catalogue import listed_or_404
from qyzmet.portal.views.drafts import frame, mine
from qyzmet.regulation.model import Field

__all__ = ["attachment", "check", "complain_about", "delete", "documents", "part", "resume", "start"]


@keeping.kept
@acting.required
def start(request: HttpRequest, service: str) -> HttpResponse:
    """What is chosen before the form: the way in, the variant, the body; drafts already begun are offered."""
    now, actor = clock.now(), request.actor  # type: ignore[attr-defined]
    found = listed_or_404(service, now)
    if not found.open:
        return refused_page(request, found.why[current_language()])
    return _begin(request, Beginning(found.law, actor, _chosen(request)), "")


@keeping.kept
@acting.required
def complain_about(request: HttpRequest, ref: str) -> HttpResponse:
    """Begin a complaint about one's own case (APPC art. 91)."""
    now, actor = clock.now(), request.actor  # type: ignore[attr-defined]
    try:
        page = case_page(actor, ref)
        if "party" not in page.capacities:
            raise Http404(ref)
        beginning = Beginning.of_complaint(page.case, actor, _chosen(request), now)
    except ActRefused as refusal:
        return refused_page(request, refusal)
    return _begin(request, beginning, ref)


def _chosen(request: HttpRequest) -> Any:
    """What is posted now, or was before the session ended."""
    return request.POST if request.method == "POST" else keeping.given(request)


def _begin(request: HttpRequest, beginning: Beginning, about: str) -> HttpResponse:
    actor, law = request.actor, beginning.law  # type: ignore[attr-defined]
    unfit = actor.party_kind not in law.package.recipients or actor.is_official
    if request.method == "POST" and (unfit or not beginning.possible):
        return refused_page(request, say("apply.unfit-role" if unfit else "apply.no-way"), back="/roles")
    if request.method == "POST" and not beginning.errors:
        draft = beginning.make(about, clock.now())
        return redirect("draft", draft.ref)
    begun = Draft.objects.filter(
        owner_id=actor.account, party=actor.party, service=law.package.service, filed=""
    )
    return render(
        request,
        "portal/start.html",
        {
            "package": law.package,
            "beginning": beginning,
            "errors": beginning.errors if request.method == "POST" else [],
            "begun": begun.filter(about=about).order_by("-id")[:10],
            "about": about,
            "unfit": unfit,
            "opened": [] if about else _opened(actor, law.package.service),
        },
        status=422 if request.method == "POST" else 200,
    )


def _refused(request: HttpRequest, found: Drafted) -> list[tuple[str, str]]:
    """The files that were not taken, each with its document: (document, file)."""
    refused, language = not_taken.told(request, found.draft.ref), current_language()
    asked = {key: d.name.in_language(language) for key, d in found.documents.items()}
    return [(asked[key], file.name) for key, files in refused.items() if key in asked for file in files]


def _opened(actor: Actor, service: str) -> list[Opened]:
    """What the recipient has open of this service already, of what one may open oneself."""
    return [each for each in of_recipient(actor, service, actor.party) if each.seen]


@acting.required
def resume(request: HttpRequest, ref: str) -> HttpResponse:
    """Go on where something is still missing."""
    found = mine(request, ref)
    if elsewhere := _elsewhere(found):
        return elsewhere
    for key in found.sections:
        if found.answers(key).faults:
            return redirect("draft-part", ref, key)
    return redirect("draft-documents" if found.documents and found.missing() else "draft-check", ref)


@keeping.kept
@acting.required
def part(request: HttpRequest, ref: str, part: str) -> HttpResponse:
    """One page of questions. What is posted is kept first and judged after."""
    found = mine(request, ref)
    if elsewhere := _elsewhere(found):
        return elsewhere
    if part not in found.sections:
        raise Http404(part)
    fields, faults = found.law.package.form[part].fields, {}
    newly: set[str] = set()
    given, torn = _unsent(request, found, fields)
    if request.method == "POST":
        asked = set(found.facts_asked(part))
        changed = forms.rows_command(fields, request.POST)
        given = changed if changed is not None else forms.posted(fields, request.POST)
        try:
            torn = saving.lay(found.draft, given, request.POST.get("seen", ""), clock.now())
        except saving.Moved:
            return redirect("draft", ref)
        newly = set(found.facts_asked(part)) - asked
        if changed is None and not newly and not torn:
            faults = found.answers(part).faults
            if not faults:
                return _after(request, found, part)
    typed = {name: given[name] for name in torn}
    form = forms.Form(fields, {**found.draft.form, **typed}, found.facts, faults, torn=torn)
    more = [] if faults else [each for each in form.widgets if each.name in newly]
    asked_more = {"more": more, "focus_on": more[0].target if more else ""}
    return render(
        request,
        "portal/part.html",
        frame(found, part)
        | {"form": form, "errors": form.errors, "seen": forms.drawn_from(fields, found.draft.form)}
        | asked_more,
        status=409 if torn and request.method == "POST" else 422 if faults else 200,
    )


@keeping.kept
@acting.required
def documents(request: HttpRequest, ref: str) -> HttpResponse:
    """Attach the documents; each file is kept as it arrives."""
    found = mine(request, ref)
    if elsewhere := _elsewhere(found):
        return elsewhere
    faults: dict[str, str] = {}
    if request.method == "POST":
        going_on = not STAYING & request.POST.keys()
        try:
            faults = take_files(found, request, clock.now(), going_on=going_on)
        except saving.Moved:
            return redirect("draft", ref)
        if going_on and not faults:
            faults = {key: say("uploads.missing", name=d.name.in_language(current_language()))
                      for key, d in found.stopped_by.items()}  # fmt: skip
            if not faults:
                return redirect("draft-check", ref)
    refused = not_taken.told(request, ref)
    rows = [
        replace(DocumentRow.of(found, key, faults.get(key, "")), refused=refused.get(key, ()))
        for key in found.documents
    ]
    errors = [Fault(row.id, row.error) for row in rows if row.error]
    page = frame(found, "documents") | {"rows": rows, "errors": errors}
    return render(request, "portal/documents.html", page, status=422 if errors else 200)


@acting.required
def attachment(request: HttpRequest, ref: str, document: str, place: int) -> HttpResponseBase:
    """One of the files attached so far, to look at."""
    files = mine(request, ref).draft.documents.get(document, [])
    if place >= len(files):
        raise Http404(document)
    kept = files[place]
    return sent(kept["sha256"], kept["name"])


@acting.required
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything on one page before signing, each answer with its way back."""
    found = mine(request, ref)
    if elsewhere := _elsewhere(found):
        return elsewhere
    seen = review(found)
    sides = cosigning.others(found)
    errors = [*seen.errors, *(Fault("sides", say("cosign.unnamed")) for side in sides if not side.number)]
    if request.method == "POST" and not errors:
        if sides:
            cosigning.invite(found, clock.now())
        return redirect("draft-sides" if sides else "draft-sign", ref)
    page = frame(found, "check") | {
        "review": seen,
        "sides": sides,
        "refused": _refused(request, found),
        "signs": signing.signs(found),
        "first": registration(found.law, found.draft.channel, clock.now()),
        "errors": errors if request.method == "POST" else [],
    }
    return render(request, "portal/check.html", page, status=422 if page["errors"] else 200)


@acting.required
def delete(request: HttpRequest, ref: str) -> HttpResponse:
    """Throw a draft away, after a page that says what is lost."""
    found = mine(request, ref)
    if found.draft.filed:
        return redirect("cabinet")
    if request.method != "POST":
        page = {"draft": found.draft, "package": found.law.package}
        return render(
            request, "portal/delete.html", page | {"files": sum(map(len, found.draft.documents.values()))}
        )
    found.draft.delete()
    messages.success(request, say("apply.deleted"))
    return redirect("cabinet")


def _unsent(
    request: HttpRequest, found: Drafted, fields: Mapping[str, Field]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was typed before the session ended and another tab has answered otherwise: both of it."""
    before = keeping.given(request)
    if before is None:
        return {}, {}
    given = forms.posted(fields, before)
    return given, forms.overlaid(found.draft.form, given, before.get("seen", "")).torn


def _after(request: HttpRequest, found: Drafted, part: str) -> HttpResponse:
    """The next page, or back to the check one came from."""
    if request.GET.get("back") == "check":
        return redirect("draft-check", found.draft.ref)
    following = found.next_part(part)
    if following:
        return redirect("draft-part", found.draft.ref, following)
    return redirect("draft-documents" if found.documents else "draft-check", found.draft.ref)


def _elsewhere(found: Drafted) -> HttpResponse | None:
    """Where a draft that can no longer be changed is looked at: the case it became, or who has signed it."""
    if found.draft.filed:
        return redirect("cabinet-case", found.draft.filed)
    return redirect("draft-sides", found.draft.ref) if found.draft.prepared else None
