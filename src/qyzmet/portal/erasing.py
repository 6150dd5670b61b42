"""Drafts a case was filed from and the requests to sign it, emptied by a lawful erasure of the case."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from qyzmet.cases import erasing
from qyzmet.cases.models import Case
from qyzmet.evidence.models import SigningRequest
from qyzmet.portal.models import CoSignature, Draft

__all__ = ["erase", "named"]


@erasing.eraser("portal")
def erase(case: Case, now: datetime) -> set[str]:
    """Remove the draft with its other sides' signatures, and every request to sign that concerns the case."""
    drafts = list(Draft.objects.filter(filed=case.ref))
    files: set[str] = set()
    for draft in drafts:
        files |= erasing.digests_in(draft.documents) | ({draft.prepared} - {""})
    refs = [case.ref, *(draft.ref for draft in drafts)]
    wanted = Q()
    for ref in refs:
        wanted |= Q(subject__contains=ref)
    for request in SigningRequest.objects.filter(wanted):
        files |= {str(item["prepared"]) for item in request.items} | {
            str(d) for d in request.received.values()
        }
        files |= erasing.digests_in(request.items) | erasing.digests_in(request.params)
        request.delete()
    Draft.objects.filter(filed=case.ref).delete()
    return files


@erasing.namer("portal")
def named(digests: set[str]) -> set[str]:
    """Files of drafts being written and of requests that wait."""
    drafts = Draft.objects.filter(prepared__in=digests).values_list("prepared", flat=True)
    return (
        {*drafts}
        | erasing.mentioned(Draft, ("documents",), digests)
        | erasing.mentioned(CoSignature, ("signed",), digests)
        | erasing.mentioned(SigningRequest, ("items", "received", "params"), digests)
    )
