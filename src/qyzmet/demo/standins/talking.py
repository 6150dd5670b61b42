"""Asking the person, and the ways an answer can go wrong on purpose."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from qyzmet.demo.standins.desk import Asked
from qyzmet.demo.standins.signing import altered
from qyzmet.demo.standins.table import Table
from qyzmet.demo.standins.wishes import Wish
from qyzmet.signatures import SigningKey

__all__ = [
    "CLOSE",
    "NO_SIGNATURE",
    "RUBBISH",
    "Answer",
    "Cancelled",
    "Closed",
    "Failed",
    "Gone",
    "Left",
    "Rubbish",
    "chosen",
    "to_sign",
]


class _Close:
    """Hang up without a word."""


CLOSE: Final = _Close()
Answer = str | _Close | None
Gone = Callable[[], bool]
RUBBISH = "<html>502 Bad Gateway</html>"
NO_SIGNATURE = b"this is no signature"


class Cancelled(Exception):
    """The person pressed cancel."""


class Closed(Exception):
    """Misbehaving: the connection drops."""


class Rubbish(Exception):
    """Misbehaving: an answer that is no JSON."""


class Left(Exception):
    """Whoever asked is no longer there."""


class Failed(Exception):
    """An answer with a code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def chosen(table: Table, asked: Asked, gone: Gone) -> tuple[SigningKey, Wish]:
    """The key somebody chose for this request. Raises what they did instead."""
    wish = table.desk.ask(asked, gone)
    if wish is None:
        raise Left
    _misbehave(wish)
    if wish.deed == "slow":
        _wait(table.slow, gone)
    if word := table.refuses(asked.wanted, wish):
        raise Failed("KEY_NOT_FOUND", f"no key fits the request ({word})")
    return table.key(wish), wish


def to_sign(content: bytes, wish: Wish) -> bytes:
    """The bytes that really get signed."""
    return altered(content) if wish.deed == "wrong" else content


def _misbehave(wish: Wish) -> None:
    match wish.deed:
        case "cancel":
            raise Cancelled
        case "close":
            raise Closed
        case "rubbish":
            raise Rubbish
        case "error":
            raise Failed("500", "internal error")


def _wait(seconds: float, gone: Gone) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if gone():
            raise Left
        time.sleep(min(0.2, max(0.0, until - time.monotonic())))
