"""What every page of a draft starts from: whose it is, and where in it one is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest

from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.pages.words import current_language, say
from qyzmet.portal.drafting import Drafted, open_draft

__all__ = ["frame", "mine"]


def mine(request: HttpRequest, ref: str) -> Drafted:
    """The actor's own draft, or the page that says there is none."""
    try:
        found = open_draft(request.actor, ref, clock.now())  # type: ignore[attr-defined]
    except ActRefused as refusal:
        raise Http404(refusal.text[current_language()]) from refusal
    if found is None:
        raise Http404(ref)
    if found.changed:
        messages.warning(request, say("apply.changed"))
    return found


def frame(found: Drafted, at: str) -> dict[str, Any]:
    """Where one is: the pages in order, the number of this one, and the page before it."""
    keys = [*found.sections, *(["documents"] if found.documents else []), "check", "sign"]
    before = keys[keys.index(at) - 1] if keys.index(at) else None
    addresses = {"documents": "documents", "check": "check", "sign": "sign"}
    back = f"/drafts/{found.draft.ref}/{addresses.get(before, f'part/{before}')}" if before else ""
    return {
        "draft": found.draft,
        "found": found,
        "package": found.law.package,
        "section": found.sections.get(at),
        "number": keys.index(at) + 1,
        "total": len(keys),
        "before": back,
    }
