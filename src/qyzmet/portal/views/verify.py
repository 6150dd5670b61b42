"""Is a document genuine: by its code, or by the file itself, without anybody's personal data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qyzmet import evidence
from qyzmet.config import clock
from qyzmet.config.client import address
from qyzmet.documents.codes import plain_code
from qyzmet.documents.examining import Examined, examine
from qyzmet.documents.found import Finding, found
from qyzmet.documents.models import Document
from qyzmet.documents.register import by_code, compared, life_of
from qyzmet.pages.forms import Fault
from qyzmet.pages.words import current_language, say
from qyzmet.people import attempts
from qyzmet.signatures import Language, SignatureError

__all__ = ["verify"]

LARGEST = 10 * 1024 * 1024
GUESS = "verify"
"""Codes nobody issued are counted by place, in the database: one count for all processes of the web."""
ABOUT_PEOPLE = {"decision-signature", "subject", "printed"}
"""Checks whose sentences name people; the page says only how they came out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A check of an uploaded file: `sign` is done, failed or waiting."""

    sign: str
    text: str


def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Genuine or not, what it is, who issued it, when it was sealed, whether it is still in force.

    GET with a code, however typed or scanned; POST with a file is compared with what was issued.
    """
    if _resting(request):
        return render(request, "portal/error.html", {"kind": "guesses"}, status=429)
    if request.method == "POST":
        return _uploaded(request, code)
    typed = code or request.GET.get("code", "")[:200]
    if not code and typed.strip():
        return redirect("verify-code", plain_code(typed) or "-")
    document = by_code(plain_code(typed))
    if typed and document is None:
        _count_guess(request)
    return _page(request, document, {"code": typed, "asked": bool(typed)})


def _uploaded(request: HttpRequest, code: str) -> HttpResponse:
    file = request.FILES.get("file")
    typed = code or request.POST.get("code", "")[:200]
    if not isinstance(file, UploadedFile) or not file.size:
        return _page(request, by_code(plain_code(typed)), {"code": typed, "error": "file-none"}, 422)
    if file.size > LARGEST:
        return _page(request, by_code(plain_code(typed)), {"code": typed, "error": "file-large"}, 422)
    pdf = file.read()
    try:
        sheet = examine(pdf, at=clock.now(), trust=evidence.trust(), rules=evidence.rules())
    except SignatureError:
        _count_guess(request)
        return _page(request, by_code(plain_code(typed)), {"code": typed, "error": "file-unreadable"}, 422)
    document, finding = compared(sheet, pdf)
    sheet = _beside(sheet.with_findings(finding), typed)
    if not sheet.genuine:
        _count_guess(request)
    shown = {"code": typed, "file": file.name, "sheet": sheet, "lines": [_line(f) for f in sheet.findings]}
    return _page(request, document or by_code(plain_code(typed)), shown)


def _beside(sheet: Examined, typed: str) -> Examined:
    """The code one came with must be the file's own: a QR code can be cut out of another document."""
    asked = plain_code(typed)
    if not asked or asked == sheet.code:
        return sheet
    return sheet.with_findings(found("code-asked-other", False, asked=asked, code=sheet.code or "–"))


def _line(finding: Finding) -> Line:
    sign = {True: "done", False: "failed", "pending": "waiting"}[finding.passed]
    if finding.check in ABOUT_PEOPLE:
        return Line(sign, say(f"verify.check-{finding.check}-{sign}"))
    return Line(sign, finding.detail(cast(Language, current_language())))


def _page(
    request: HttpRequest, document: Document | None, shown: dict[str, Any], status: int | None = None
) -> HttpResponse:
    life = life_of(document) if document else ()
    missing = bool(shown.get("asked")) and document is None
    said = shown.get("error")
    errors = [Fault("file", say(f"verify.{said}"))] if said else []
    page = {"found": document, "life": life, "errors": errors, **shown}
    answer = render(request, "portal/verify.html", page, status=status or (404 if missing else 200))
    answer["Cache-Control"] = "no-store"
    return answer


def _resting(request: HttpRequest) -> bool:
    return attempts.spent(GUESS, address(request), clock.now())


def _count_guess(request: HttpRequest) -> None:
    attempts.may(GUESS, address(request), clock.now())
