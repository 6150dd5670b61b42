"""One question over HTTP: bounded in time and size, no redirects, and a dead host is left alone."""

from __future__ import annotations

import http.client
import socket
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import structlog

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


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """A source is where its certificate says it is, or nowhere."""
        return


class _Bell(threading.local):
    """Hangs up on a source that talks past its time: a socket's own time-out starts anew with every byte."""

    within = TIMEOUT
    rings: tuple[threading.Timer, socket.socket] | None = None

    def wind(self, line: socket.socket) -> None:
        """From when a connection stands."""
        self.stop()
        # A line of its own: TLS takes the connection's away.
        own = line.dup()
        self.rings = threading.Timer(self.within, _hang_up, [own]), own
        self.rings[0].daemon = True
        self.rings[0].start()

    def stop(self) -> None:
        """The answer is complete, or there will be none."""
        if self.rings is not None:
            self.rings[0].cancel()
            self.rings[1].close()
            self.rings = None


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):  # ended meanwhile
        line.shutdown(socket.SHUT_RDWR)


_bell = _Bell()


class _Plain(http.client.HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _bell.wind(self.sock)


class _Covered(http.client.HTTPSConnection, _Plain):
    """The bell is wound before TLS is spoken."""


class _ByPlain(urllib.request.HTTPHandler):
    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Plain, request)


class _ByCovered(urllib.request.HTTPSHandler):
    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Covered, request)


_ways = (_NoRedirects, _ByPlain, _ByCovered)
_far = urllib.request.build_opener(*_ways)
_near = urllib.request.build_opener(*_ways, urllib.request.ProxyHandler({}))


def fetch(
    address: str,
    body: bytes | None = None,
    content_type: str = "",
    *,
    limit: int = SMALL,
    within: float = TIMEOUT,
    known_as: str = "",
) -> bytes:
    """The body of the answer, at most `limit` bytes, in about `within` seconds. Raises SourceSilent.

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
        answer = _read(_near if host in _HERE else _far, request, limit, within)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        why = f"{type(problem).__name__}: {problem}"
        sources_rest.failed(name)
        log.warning("source.silent", address=address, why=why)
        raise SourceSilent(address, why) from problem
    sources_rest.succeeded(name)
    return answer


def _read(
    opener: urllib.request.OpenerDirector, request: urllib.request.Request, limit: int, within: float
) -> bytes:
    until = time.monotonic() + within
    _bell.within = within
    try:
        with opener.open(request, timeout=min(TIMEOUT, within)) as response:
            return _body(response, limit, until, within)
    except (OSError, http.client.HTTPException) as problem:
        if time.monotonic() < until:
            raise
        # However the line broke: it was cut off here.
        raise TimeoutError(f"the answer was not complete after {within:g} s") from problem
    finally:
        _bell.stop()


def _body(response: Any, limit: int, until: float, within: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := response.read1(CHUNK):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise ValueError(f"the answer is longer than {limit} bytes")
        if time.monotonic() > until:
            break
    if time.monotonic() > until:
        raise TimeoutError(f"the answer was not complete after {within:g} s")
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(parts)
