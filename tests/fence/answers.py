"""What a browser is answered, in a form two answers can be compared in."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.test import Client

__all__ = ["ask", "same_shape", "text_of"]

CHANGES = re.compile(r'(name="(?:csrfmiddlewaretoken|key|confirmed|kept)" value=")[^"]*')
"""What no two pages have the same."""


def ask(browser: Client, method: str, path: str, data: Any = None) -> HttpResponse:
    return browser.post(path, data or {}) if method == "POST" else browser.get(path, data or {})


def same_shape(answer: HttpResponse, *said: str) -> tuple[Any, ...]:
    """Status, kind, place and words of an answer, without what was asked for (the address, an id)."""
    text, where = text_of(answer), answer.headers.get("Location", "")
    for each in said:
        for spelt in (quote(each), each):
            text, where = text.replace(spelt, "ASKED"), where.replace(spelt, "ASKED")
    return answer.status_code, answer.headers.get("Content-Type", ""), where, CHANGES.sub(r"\1", text)


def text_of(answer: HttpResponse) -> str:
    """All that can be read in an answer: a page, a table, every file of an archive."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    return content.decode(errors="replace")
