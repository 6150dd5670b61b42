"""Files of a case: what the applicant gave and what was issued."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.text import get_valid_filename

from qyzmet.config import clock
from qyzmet.office import casefile, proofs
from qyzmet.office.desk import actor_of, official
from qyzmet.office.views.case import open_case
from qyzmet.pages.files import sent

__all__ = ["attachment", "issued", "signature"]


@official
def attachment(request: HttpRequest, ref: str, document: str, place: int) -> FileResponse:
    """A file of the application."""
    file = casefile.file_of(open_case(actor_of(request), ref, clock.now()), document, place)
    if file is None:
        raise Http404
    return sent(file["sha256"], get_valid_filename(str(file["name"])))


@official
def issued(request: HttpRequest, ref: str, pk: int) -> FileResponse:
    """The PDF of an issued document."""
    page = open_case(actor_of(request), ref, clock.now())
    found = next((each for each in casefile.issued(page) if each.pk == pk), None)
    if found is None:
        raise Http404
    return sent(found.digest, f"{found.number}.pdf".replace("/", "-"))


@official
def signature(request: HttpRequest, ref: str, pk: int, kind: str) -> HttpResponse:
    """The bytes somebody signed (`content`), or the signature itself (`signature`)."""
    found = proofs.file_of(open_case(actor_of(request), ref, clock.now()), pk, kind)
    if found is None:
        raise Http404
    answer = HttpResponse(found.data, content_type=found.media)
    answer["Content-Disposition"] = f'attachment; filename="{found.name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
