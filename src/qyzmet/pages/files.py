"""A stored file sent to a browser as what its bytes said when it was kept, never as what its name says."""

from __future__ import annotations

from django.http import FileResponse, Http404

from qyzmet.cases import blobs
from qyzmet.cases.models import Blob

__all__ = ["sent"]

PDF = "application/pdf"
SHOWN = {PDF, "image/png", "image/jpeg"}
"""What a browser may show by itself; anything else is only saved."""
SHUT = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A file may fetch and run nothing. Browsers show no PDF under it; a PDF keeps the policy of the pages."""


def sent(digest: str, name: str) -> FileResponse:
    """The bytes, streamed once they are checked against their digest. Raises Http404 where there are none."""
    row = Blob.objects.filter(digest=digest).first()
    try:
        file = blobs.opened(digest)
    except (blobs.BlobMissing, blobs.BlobErased) as problem:
        raise Http404 from problem
    media = row.media_type if row else "application/octet-stream"
    answer = FileResponse(file, content_type=media, filename=name, as_attachment=media not in SHOWN)
    answer["Cache-Control"] = "private, no-store"
    if media != PDF:
        answer["Content-Security-Policy"] = SHUT
    return answer
