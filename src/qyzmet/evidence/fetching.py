"""One question over HTTP: bounded in time and size, no redirects, and a dead host is left alone."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

import structlog

from qyzmet.evidence.bell import hanging_up_after, opener
from qyzmet.evidence.breaker import Breaker

__all__ = ["SMALL", "SourceSilent", "fetch", "sources_rest"]

log = structlog.get_logger("qyzmet.evidence")
TIMEOUT = 3.0
SMALL = 1 << 20
CHUNK = 1 << 16
_HERE = {"localhost", "127.0.0.1", "::1"}
sources_rest = Breaker()


class SourceSilent(Exception):
    """A source of evidence gave no usable answer. What rests on it stays pending."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"{address} gave no usable answer ({why}); what rests on it is asked again later")
        self.address, self.why = address, why


_far = opener()
_near = opener(urllib.request.ProxyHandler({}))


def fetch(
    address: str,
    body: bytes | None = None,
    content_type: str = "",
    *,
    limit: int = SMALL,
    within: float | None = None,
    known_as: str = "",
) -> bytes:
    """The body of the answer: at most `limit` bytes, within seconds, or `TIMEOUT`. Raises SourceSilent.

    What keeps failing is left alone by its host, or by the name it is `known_as`, where one host answers for
    several that do not fail together. Addresses come from the settings or from certificates that chain to
    trust, never from anybody else.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host:
        raise SourceSilent(address, "it is no http address")
    name = known_as or parts.netloc
    if sources_rest.rests(name):
        raise SourceSilent(address, "it failed before and is left alone for a while")
    headers = {"Content-Type": content_type} if content_type else {}
    request = urllib.request.Request(address, data=body, headers=headers)  # noqa: S310 - checked above
    try:
        answer = _read(_near if host in _HERE else _far, request, limit, within or TIMEOUT)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        why = f"{type(problem).__name__}: {problem}"
        sources_rest.failed(name)
        log.warning("source.silent", address=address, why=why)
        raise SourceSilent(address, why) from problem
    sources_rest.succeeded(name)
    return answer


def _read(
    opened: urllib.request.OpenerDirector, request: urllib.request.Request, limit: int, within: float
) -> bytes:
    with (
        hanging_up_after(within),
        opened.open(request, timeout=min(TIMEOUT, within)) as response,
    ):
        return _body(response, limit)


def _body(response: Any, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := response.read1(CHUNK):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise ValueError(f"the answer is longer than {limit} bytes")
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(parts)
