"""The last step of an application: signed with a key, or confirmed by password where no key is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from qyzmet import evidence
from qyzmet.cases import rows
from qyzmet.cases.acts.accounts import prove_account
from qyzmet.cases.acts.complain import complain
from qyzmet.cases.acts.submit import submit
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed import Signed
from qyzmet.cases.signed.filing import APPLICANT
from qyzmet.config import clock
from qyzmet.evidence.models import SigningRequest
from qyzmet.pages import acting
from qyzmet.pages.forms import Fault
from qyzmet.pages.signing import finisher, page_of
from qyzmet.pages.words import say
from qyzmet.portal import cosigning, not_taken, signing
from qyzmet.portal.drafting import Drafted
from qyzmet.portal.prospect import registration
from qyzmet.portal.summary import review
from qyzmet.portal.trouble import refused_page
from qyzmet.portal.views.drafts import frame, mine

__all__ = ["file_signed", "sign"]

ONCE = "key-reused"
ASKED_ANEW = ("signature-not-this",)
PROCESS_4 = ("signature-invalid",)


@sensitive_post_parameters("password")
@acting.required
def sign(request: HttpRequest, ref: str) -> HttpResponse:
    """To the page of signatures, or confirm by password. The draft's reference is the key: filed once."""
    found = mine(request, ref)
    if found.draft.filed:
        return redirect("cabinet-filed", found.draft.filed)
    if review(found).errors:
        return redirect("draft-check", ref)
    if not _all_signed(found):
        return redirect("draft-sides" if found.draft.prepared else "draft-check", ref)
    if signing.signs(found):
        content = cosigning.content(found.draft) if found.draft.prepared else None
        return page_of(signing.asked_to_file(found, content, clock.now()))
    return _by_password(request, found)


def _all_signed(found: Drafted) -> bool:
    return all(side.state == "signed" for side in cosigning.others(found))


def _by_password(request: HttpRequest, found: Drafted) -> HttpResponse:
    errors: list[Fault] = []
    if not found.actor.confirmed:
        messages.warning(request, say("accounts.confirm-first"))
        return redirect(f"/account/confirm?next=/drafts/{found.draft.ref}/sign")
    if request.method == "POST":
        number = request.user.get_username()
        if authenticate(request, number=number, password=request.POST.get("password", "")) is None:
            errors = [Fault("password", say("apply.password-wrong"))]
        else:
            return _file(request, found, _application(found))
    page = frame(found, "sign") | {
        "errors": errors,
        "first": registration(found.law, found.draft.channel, clock.now()),
    }
    return render(request, "portal/sign.html", page, status=422 if errors else 200)


def _application(found: Drafted) -> Application:
    """What is filed without the applicant's key, with the signatures of the other sides."""
    given = cosigning.signatures(found.draft)
    same = signing.same_as(found, cosigning.content(found.draft)) if given else None
    return replace(same or found.application(), signatures=given)


@finisher(
    "filing",
    back=lambda row: f"/drafts/{row.subject}/check",
    during=evidence.taken_by_its_act,
)
def file_signed(request: HttpRequest, row: SigningRequest, signed: Mapping[str, Signed]) -> HttpResponse:
    """File what was signed, if the draft still says the same."""
    found = mine(request, row.subject)
    if found.draft.filed:
        return redirect("cabinet-filed", found.draft.filed)
    application = signing.same_as(found, evidence.content_of(row, signing.ITEM))
    if application is None or not _all_signed(found):
        messages.warning(request, say("apply.answers-changed"))
        return redirect("draft-check", row.subject)
    if not found.actor.confirmed and signed[signing.ITEM].verdict.valid:
        prove_account(acting.roles(request)[0], signed[signing.ITEM], now=clock.now())
    given = {APPLICANT: signed[signing.ITEM], **cosigning.signatures(found.draft)}
    return _file(request, found, replace(application, signatures=given), row)


def _file(
    request: HttpRequest, found: Drafted, application: Application, row: SigningRequest | None = None
) -> HttpResponse:
    """File it; in the same transaction the draft is filed, and what asked for the signature ends."""
    draft, now = found.draft, clock.now()

    def kept(case: Case) -> None:
        draft.filed = case.ref
        rows.update(draft, ("filed",))
        if row is not None:
            evidence.take(row, now)

    try:
        if draft.about:
            case = complain(found.actor, draft.about, application, now=now, key=draft.ref, then=kept)
        else:
            case = submit(found.actor, application, now=now, key=draft.ref, then=kept)
    except ActRefused as refusal:
        return _refused(request, found, refusal)
    if row is not None:
        row.closed_at = now
    not_taken.forgotten(request, draft.ref)
    return redirect("cabinet-filed", case.ref)


def _refused(request: HttpRequest, found: Drafted, refusal: ActRefused) -> HttpResponse:
    """What stopped it; an application another tab has just filed is shown as filed."""
    if refusal.code in PROCESS_4:
        raise refusal
    check = f"/drafts/{found.draft.ref}/check"
    if refusal.code in ASKED_ANEW:
        messages.warning(request, say("apply.answers-changed"))
        return redirect(check)
    filed: Any = Case.objects.filter(filer=found.actor.person, filing_key=found.draft.ref).first()
    if refusal.code == ONCE and filed is not None:
        return redirect("cabinet-filed", filed.ref)
    return refused_page(request, refusal, back=check)
