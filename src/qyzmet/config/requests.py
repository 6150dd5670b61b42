"""What no request may bring: a NUL, which no database keeps, and more bytes than any form has.

There is no page whose address has a NUL. One in a question or in what was typed is dropped, so that the rest
is kept. A body that is too large is read to its end before it is refused: a browser still sending when the
connection closes shows its own error page and not ours.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict

__all__ = ["WholeRequestMiddleware", "drain"]

NUL = "\x00"
CHUNK = 1 << 16
Next = Callable[[HttpRequest], HttpResponseBase]


class WholeRequestMiddleware:
    """Stands behind what the page of a refusal needs: language, session, account."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if NUL in request.path:
            raise Http404
        if _length(request) > settings.QYZMET_LARGEST_REQUEST:
            raise RequestDataTooBig("more than QYZMET_LARGEST_REQUEST bytes")
        if "charset" in (request.content_params or {}):
            # Our pages send UTF-8; what else a request names may be no alphabet at all, as `hex` and `idna`.
            request.encoding = "utf-8"
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *called: object) -> None:
        """Drop NULs from question and form."""
        request.GET = _clean(request.GET)  # type: ignore[assignment]
        request.POST = _clean(request.POST)  # type: ignore[assignment]


def _clean(given: QueryDict) -> QueryDict:
    if not any(NUL in text for name, texts in given.lists() for text in (name, *texts)):
        return given
    clean = QueryDict(mutable=True)
    for name, texts in given.lists():
        clean.setlist(name.replace(NUL, ""), [text.replace(NUL, "") for text in texts])
    return clean


def drain(request: HttpRequest) -> None:
    """Read what is left of a body, unless it is larger than any request may be."""
    if _length(request) <= settings.QYZMET_LARGEST_REQUEST:
        while request.read(CHUNK):
            pass


def _length(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or ""
    return int(given) if given.isdecimal() and len(given) < 100 else 0
