"""Errors as problem documents (RFC 9457), with the sentence in all three languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.http import JsonResponse
from django.utils.translation import get_language

__all__ = ["Problem", "answer", "problem"]

LANGUAGES = ("kk", "ru", "en")


class Problem(Exception):
    """What went wrong: an HTTP status, a code, the sentence by language, further members of the document."""

    def __init__(self, status: int, code: str, text: Mapping[str, str], **more: Any) -> None:
        super().__init__(f"{status} {code}: {text['en']}")
        self.status, self.code, self.text, self.more = status, code, dict(text), more


def problem(code: str, **more: Any) -> Problem:
    """The problem with this code of `problems.yaml`."""
    row = _table()[code]
    return Problem(int(row["status"]), code, {each: str(row[each]) for each in LANGUAGES}, **more)


def answer(found: Problem) -> JsonResponse:
    """The document. `detail` is in the language of the request; `message` says the same for older clients."""
    language = get_language() if get_language() in LANGUAGES else "kk"
    said = found.text[str(language)]
    body = {
        "type": "about:blank",
        "title": found.code,
        "status": found.status,
        "detail": said,
        "code": found.code,
        "message": said,
        "text": found.text,
        **found.more,
    }
    response = JsonResponse(body, status=found.status, content_type="application/problem+json")
    response["Content-Language"] = str(language)
    return response


@cache
def _table() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("problems.yaml").read_text("utf-8"))
    return loaded
