"""A refusal to accept at the window: the page to print from, and its sealed receipt in two copies."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from qyzmet.cases.laws import law_named
from qyzmet.cases.models import Payload, RefusedFiling
from qyzmet.cases.watching import has_no_cases
from qyzmet.config import clock
from qyzmet.documents.refused import issue_refusal
from qyzmet.documents.sealing import StampSilent
from qyzmet.office.desk import actor_of, official, page
from qyzmet.office.names import body_name, people
from qyzmet.pages.files import sent
from qyzmet.pages.words import say

__all__ = ["refused", "refused_document"]

CITE = "Law on state services art. 20(2)"


@official
def refused(request: HttpRequest, pk: int) -> HttpResponse:
    """The refusal to accept, in two copies."""
    row = _own(request, pk)
    context = {
        "row": row,
        "law": law_named(row.edition),
        "where": body_name(row.organisation_id),
        "signer": people(numbers=[row.official]).get(row.official, ""),
        "copies": (1, 2),
        "cite": CITE,
    }
    return page(request, "refused.html", context, at="intake")


@official
def refused_document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The receipt as a sealed PDF; the recipient waits at the window, so it is issued now if need be."""
    row = _own(request, pk)
    stream = f"counter:{row.organisation_id}"
    entry = Payload.objects.filter(stream=stream, data__contains=f'"{row.number}"').order_by("seq").first()
    if entry is None:
        raise Http404
    try:
        document = issue_refusal(stream, entry.seq, now=clock.now())
    except StampSilent:
        messages.warning(request, say("receipt.refused-later"))
        return redirect(f"/office/intake/refused/{pk}")
    return sent(document.digest, f"{document.number}.pdf".replace("/", "-"))


def _own(request: HttpRequest, pk: int) -> RefusedFiling:
    actor = actor_of(request)
    row = RefusedFiling.objects.filter(pk=pk, organisation=actor.organisation).first()
    if row is None or has_no_cases(actor):
        raise Http404
    return row
