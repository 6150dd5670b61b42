"""What one takes away of a case: its file as a ZIP, and the receipts of its decisions as one page."""

from __future__ import annotations

import tempfile
from datetime import datetime

from django.http import FileResponse, HttpResponse, HttpResponseBase

from qyzmet.documents.export.contents import decisions, export_case
from qyzmet.documents.export.pages import decisions_page
from qyzmet.documents.export.scope import Scope
from qyzmet.evidence import NoSealKey
from qyzmet.pages.files import SHUT
from qyzmet.pages.words import say

__all__ = ["case_file", "decisions_of"]


def case_file(scope: Scope, now: datetime) -> HttpResponseBase:
    """The ZIP, written to a file of its own first, so that an answer is whole or an error."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    try:
        export_case(scope, out, now=now)
    except NoSealKey:
        out.close()
        return HttpResponse(say("taking.not-now"), status=503, content_type="text/plain; charset=utf-8")
    except BaseException:
        out.close()
        raise
    out.seek(0)
    name = f"{scope.case.number or scope.case.ref}.zip"
    answer = FileResponse(out, content_type="application/zip", filename=name, as_attachment=True)
    answer["Cache-Control"] = "private, no-store"
    return answer


def decisions_of(scope: Scope) -> HttpResponse:
    """The receipts of the decisions that are seen, each with its law, checks, grounds and journal entry."""
    answer = HttpResponse(decisions_page(list(decisions(scope))))
    answer["Content-Security-Policy"] = SHUT
    answer["Cache-Control"] = "private, no-store"
    return answer
