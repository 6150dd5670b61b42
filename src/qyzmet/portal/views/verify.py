"""Is a document genuine: by its code, without anybody's personal data."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qyzmet.documents.models import Document

__all__ = ["verify"]

LOOKALIKES = str.maketrans("OIL", "011")


def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Genuine or not, what it is, who issued it, still in force or replaced by what."""
    typed = code or request.GET.get("code", "")
    if not code and typed.strip():
        return redirect("verify-code", _plain(typed) or "-")
    found = (
        Document.objects.select_related("replaced_by").filter(code=_plain(typed)).first() if typed else None
    )
    page = {"code": typed, "found": found, "asked": bool(typed)}
    return render(request, "portal/verify.html", page, status=404 if typed and found is None else 200)


def _plain(typed: str) -> str:
    """The code as it is kept, however it was typed: in groups of four, look-alikes put right."""
    signs = re.sub(r"[^0-9A-Z]", "", typed.upper().translate(LOOKALIKES))[:16]
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))
