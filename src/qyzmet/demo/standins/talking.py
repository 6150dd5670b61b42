"""What both families of messages share: asking the person, the ways an answer can go wrong, base64."""

from __future__ import annotations

import base64
import binascii
import time
from collections.abc import Callable
from typing import Final

from qyzmet.demo.standins import signing
from qyzmet.demo.standins.desk import Asked
from qyzmet.demo.standins.services import ServiceSilent
from qyzmet.demo.standins.signing import altered
from qyzmet.demo.standins.table import Table
from qyzmet.demo.standins.wishes import Wish
from qyzmet.signatures import SignatureError, SigningKey

__all__ = [
    "CLOSE",
    "NO_SIGNATURE",
    "RUBBISH",
    "Answer",
    "Failed",
    "Gone",
    "answered",
    "as_base64",
    "chosen",
    "from_base64",
    "signed_xml",
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


def answered(work: Callable[[], str], cancelled: str, failed: Callable[[Failed], str]) -> Answer:
    """What the work answers, or what stands for the way it went wrong; `failed` writes an error down."""
    try:
        return work()
    except Cancelled:
        return cancelled
    except Closed:
        return CLOSE
    except Left:
        return None
    except Rubbish:
        return RUBBISH
    except ServiceSilent:
        return failed(Failed("TSP_ERROR", "the time-stamp service does not answer"))
    except Failed as problem:
        return failed(problem)
    except (SignatureError, ValueError, TypeError, IndexError) as problem:
        said = str(problem) or "the arguments are not those of the method"
        return failed(Failed("INVALID_ARGUMENTS", said))


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


def signed_xml(content: bytes, key: SigningKey, wish: Wish) -> str:
    """The document signed, or spoilt on purpose."""
    document = signing.xml(content.decode(), key)
    spoilt = wish.deed == "wrong"
    return document.replace("SignatureValue>", "SignatureValue>AAAA", 1) if spoilt else document


def as_base64(data: bytes) -> str:
    """Bytes as messages carry them."""
    return base64.b64encode(data).decode()


def from_base64(text: str) -> bytes:
    """Bytes from a message. Raises ValueError."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise ValueError("the data is no base64") from problem


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
