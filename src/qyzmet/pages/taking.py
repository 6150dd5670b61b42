"""What one takes away of a case: its file as a ZIP, and the receipts of its decisions as one page."""

from __future__ import annotations

import tempfile
from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.safestring import mark_safe

from qyzmet.documents.export.contents import decisions, export_case
from qyzmet.documents.export.pages import decision_rows
from qyzmet.documents.export.scope import Scope
from qyzmet.evidence import NoSealKey
from qyzmet.pages.words import current_language, say

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


def decisions_of(scope: Scope) -> dict[str, Any]:
    """The receipts of the decisions that are seen, each with its law, checks, grounds and journal entry: what
    `pages/decisions.html` shows, in the language of the page."""
    language = current_language()
    told = [
        {
            "name": said["step"]["name"][language],
            "rows": [(label, mark_safe(value)) for label, value in decision_rows(said, language)],  # noqa: S308 - escaped there
        }
        for said in decisions(scope)
    ]
    return {"told": told, "case": scope.case}
