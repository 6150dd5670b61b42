"""Files of a case: what the applicant gave and what was issued."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.utils.text import get_valid_filename

from qyzmet.cases import blobs
from qyzmet.cases.models import Blob
from qyzmet.config import clock
from qyzmet.office import casefile
from qyzmet.office.desk import actor_of, official
from qyzmet.office.views.case import open_case

__all__ = ["attachment", "issued"]

SHOWN = {"application/pdf", "image/png", "image/jpeg"}
"""What a browser may show by itself; anything else is only saved."""


@official
def attachment(request: HttpRequest, ref: str, document: str, place: int) -> FileResponse:
    """A file of the application."""
    file = casefile.file_of(open_case(actor_of(request), ref, clock.now()), document, place)
    if file is None:
        raise Http404
    return _answer(file["sha256"], str(file["name"]))


@official
def issued(request: HttpRequest, ref: str, pk: int) -> FileResponse:
    """The PDF of an issued document."""
    page = open_case(actor_of(request), ref, clock.now())
    found = next((each for each in casefile.issued(page) if each.pk == pk), None)
    if found is None:
        raise Http404
    return _answer(found.digest, f"{found.number}.pdf".replace("/", "-"))


def _answer(digest: str, name: str) -> FileResponse:
    """The bytes, streamed once they are checked against their digest."""
    row = Blob.objects.filter(digest=digest).first()
    try:
        file = blobs.opened(digest)
    except (blobs.BlobMissing, blobs.BlobErased) as problem:
        raise Http404 from problem
    media = row.media_type if row else "application/octet-stream"
    answer = FileResponse(
        file, content_type=media, filename=get_valid_filename(name), as_attachment=media not in SHOWN
    )
    answer["Cache-Control"] = "private, no-store"
    return answer
