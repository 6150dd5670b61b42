"""What becomes of an official's signature: the one act it was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from qyzmet.cases.signed import Signed
from qyzmet.config import clock
from qyzmet.evidence.models import SigningRequest
from qyzmet.office import signing
from qyzmet.office.desk import actor_of, official
from qyzmet.office.views.case import open_case
from qyzmet.office.views.steps import carry_out
from qyzmet.pages.files import sent
from qyzmet.pages.signing import finisher

__all__ = ["finish", "looked"]


def _back(row: SigningRequest) -> str:
    """The form, with everything typed still in it."""
    return f"/office/cases/{row.params['ref']}?typed={row.token}#do-{row.params['no']}"


@finisher(signing.DECISION, back=_back)
def finish(request: HttpRequest, row: SigningRequest, signed: Mapping[str, Signed]) -> HttpResponse:
    """Complete the step as it was asked, signed. A page somebody has overtaken says so, as ever."""
    request.belongs_to = f"/office/cases/{row.params['ref']}"  # type: ignore[attr-defined]
    return cast(HttpResponse, _finished(request, row, signed[signing.DECISION]))


@official
def _finished(request: HttpRequest, row: SigningRequest, signed: Signed) -> HttpResponse:
    return carry_out(request, signing.asked_again(row, actor_of(request), clock.now(), signed))


@official
def looked(request: HttpRequest, ref: str, note: str) -> FileResponse:
    """A document printed to be looked at before it is signed."""
    actor = actor_of(request)
    open_case(actor, ref, clock.now())
    found = signing.looked_at(actor, ref, note)
    if found is None:
        raise Http404
    digest, name = found
    return sent(digest, f"{name}.pdf".replace("/", "-"))
