"""Signatures as they were sent: files, or text from a program that signs. What they hold is judged later."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

__all__ = ["LARGEST", "NotGiven", "given"]

LARGEST = 5 << 20
"""Bytes: a detached signature with its certificates and time stamp has some thousands."""


class NotGiven(Exception):
    """Nothing to judge was sent. `code`: missing, empty, large, phone (it has sent nothing yet), or unnamed:
    the `name` of one of many files does not say which item it signs."""

    def __init__(self, code: str, item: str = "", name: str = "") -> None:
        super().__init__(code)
        self.code, self.item, self.name = code, item, name


def given(request: HttpRequest, items: Iterable[str]) -> dict[str, bytes]:
    """Item → signature: DER, PEM or base64. Raises NotGiven for the first that is not there."""
    return {item: _one(request, item) for item in items}


def _one(request: HttpRequest, item: str) -> bytes:
    file = request.FILES.get(f"signature.{item}")
    posted = request.POST.get(f"signature.{item}", "").encode()
    if file is None and not posted.strip():
        raise NotGiven("missing", item)
    if (file.size or 0 if file else len(posted)) > LARGEST:
        raise NotGiven("large", item)
    data = file.read() if file else posted
    if not data.strip():
        raise NotGiven("empty", item)
    return data
