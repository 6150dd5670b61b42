"""Drafts with several sides: what each has answered, and the page of a side that is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qyzmet.cases.laws import law_of
from qyzmet.cases.signed import Signed
from qyzmet.config import clock
from qyzmet.evidence.models import SigningRequest
from qyzmet.pages import acting
from qyzmet.pages.posting import posted_to
from qyzmet.pages.signing import finisher, page_of
from qyzmet.pages.signing.telling import tell
from qyzmet.pages.words import say
from qyzmet.portal import cosigning, signing
from qyzmet.portal.models import CoSignature
from qyzmet.portal.views.drafts import frame, mine

__all__ = ["decline", "sides", "sign_side", "signed_by_a_side", "unlock"]


@acting.required
def sides(request: HttpRequest, ref: str) -> HttpResponse:
    """Who has signed, who has not, and what the applicant may do now."""
    found = mine(request, ref)
    if found.draft.filed:
        return redirect("cabinet-case", found.draft.filed)
    if not found.draft.prepared:
        return redirect("draft-check", ref)
    asked = cosigning.others(found)
    same = signing.same_as(found, cosigning.content(found.draft)) is not None
    page = frame(found, "check") | {
        "before": "/cabinet",
        "sides": asked,
        "same": same,
        "declined": any(side.state == CoSignature.DECLINED for side in asked),
        "ready": same and all(side.state == CoSignature.SIGNED for side in asked),
    }
    return render(request, "portal/sides.html", page)


@posted_to("/drafts/{ref}/sides")
@acting.required
def unlock(request: HttpRequest, ref: str) -> HttpResponse:
    """Change the draft again; every signature is taken back."""
    found = mine(request, ref)
    cosigning.unlock(found.draft)
    messages.success(request, say("cosign.unlocked"))
    return redirect("draft-check", ref)


@acting.required
def sign_side(request: HttpRequest, ref: str) -> HttpResponse:
    """A side asked to sign: what it is, from whom, and its answer."""
    row = _asked(request, ref)
    if request.method == "POST" and _standing(row):
        return _to_page(request, row)
    content = cosigning.content(row.draft) if row.draft.prepared else b""
    told = tell(content) if content else None
    package = law_of(row.draft.edition_id).package
    title = package.parties[row.party].name
    page = {"row": row, "package": package, "told": told, "title": title, "standing": _standing(row)}
    return render(request, "portal/sign_side.html", page)


@posted_to("/to-sign/{ref}")
@acting.required
def decline(request: HttpRequest, ref: str) -> HttpResponse:
    """Refuse to sign, with a reason the applicant reads."""
    row = _asked(request, ref)
    reason = request.POST.get("reason", "").strip()[:2000]
    if not reason:
        messages.error(request, say("cosign.reason-missing"))
        return redirect("to-sign", ref)
    done = cosigning.answer(
        row, clock.now(), prepared=row.draft.prepared, state=CoSignature.DECLINED, reason=reason
    )
    messages.success(request, say("cosign.declined-now" if done else "cosign.gone"))
    return redirect("cabinet")


def _to_page(request: HttpRequest, row: CoSignature) -> HttpResponse:
    actor: Any = request.actor  # type: ignore[attr-defined]
    package = law_of(row.draft.edition_id).package
    asked = signing.asked_of(
        actor, ("co-signature", row.ref), package, cosigning.content(row.draft), clock.now()
    )
    return page_of(asked)


@finisher("co-signature", back=lambda row: f"/to-sign/{row.subject}")
def signed_by_a_side(request: HttpRequest, row: SigningRequest, signed: Mapping[str, Signed]) -> HttpResponse:
    """Keep a side's signature with the draft."""
    asked = _asked(request, row.subject)
    if cosigning.take(asked, signed[signing.ITEM], clock.now()):
        messages.success(request, say("cosign.signed-now"))
    else:
        messages.warning(request, say("cosign.gone"))
    return redirect("cabinet")


def _standing(row: CoSignature) -> bool:
    return row.state == CoSignature.INVITED and bool(row.draft.prepared) and not row.draft.filed


def _asked(request: HttpRequest, ref: str) -> CoSignature:
    actor: Any = request.actor  # type: ignore[attr-defined]
    row = CoSignature.objects.select_related("draft").filter(ref=ref, number=actor.party).first()
    if row is None:
        raise Http404(ref)
    return row
