"""Hanging up on another side that talks past its time: a socket's own time-out starts anew with every byte.

    with hanging_up_after(3.0):             # TimeoutError when it was needed
        line = opener().open(request, timeout=3.0)

What rings is wound when a connection stands, by `wind` or by the connections here; so it covers headers,
answers without end and bytes that drip. One connection at a time in a thread.
"""

from __future__ import annotations

import http.client
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

__all__ = ["Covered", "Plain", "hanging_up_after", "opener", "wind"]


class _Bell(threading.local):
    within: float | None = None
    rings: tuple[threading.Timer, socket.socket] | None = None

    def stop(self) -> None:
        """The answer is complete, or there will be none."""
        if self.rings is not None:
            self.rings[0].cancel()
            self.rings[1].close()
            self.rings = None


_bell = _Bell()


def wind(line: socket.socket) -> None:
    """From when a connection stands; nothing outside `hanging_up_after`."""
    _bell.stop()
    if _bell.within is None:
        return
    # A line of its own: TLS takes the connection's away.
    own = line.dup()
    _bell.rings = threading.Timer(_bell.within, _hang_up, [own]), own
    _bell.rings[0].daemon = True
    _bell.rings[0].start()


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):  # ended meanwhile
        line.shutdown(socket.SHUT_RDWR)


@contextmanager
def hanging_up_after(within: float) -> Iterator[None]:
    """Hang up on what is connected in the block when it is not done after so many seconds.

    Raises TimeoutError then, however the line broke, and also where it did not: an answer that was cut off
    may look whole.
    """
    until = time.monotonic() + within
    _bell.within = within
    try:
        yield
    except (OSError, http.client.HTTPException) as problem:
        if time.monotonic() < until:
            raise
        raise TimeoutError(f"the answer was not complete after {within:g} s") from problem
    finally:
        _bell.stop()
        _bell.within = None
    if time.monotonic() > until:
        raise TimeoutError(f"the answer was not complete after {within:g} s")


class Plain(http.client.HTTPConnection):
    """The bell is wound as soon as it stands."""

    def connect(self) -> None:
        super().connect()
        wind(self.sock)


class Covered(http.client.HTTPSConnection, Plain):
    """The bell is wound before TLS is spoken."""


class _ByPlain(urllib.request.HTTPHandler):
    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(Plain, request)


class _ByCovered(urllib.request.HTTPSHandler):
    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(Covered, request)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Whom we ask is at the address in the settings or in a certificate, and nowhere else."""
        return


def opener(*more: urllib.request.BaseHandler) -> urllib.request.OpenerDirector:
    """What follows no redirect and can be hung up on."""
    return urllib.request.build_opener(_NoRedirects, _ByPlain, _ByCovered, *more)
