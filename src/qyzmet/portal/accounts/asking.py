"""What one signs for one's own account: few words, made new each time, so that no signature serves twice."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

import rfc8785

from qyzmet import evidence
from qyzmet.pages.words import LANGUAGES, say

__all__ = ["asked_bytes", "item"]


def asked_bytes(what: str, number: str, now: datetime, nonce: str = "") -> bytes:
    """`what`: confirm, company or password. `number`: the IIN or BIN, empty where the key says it."""
    said: dict[str, Any] = {
        "v": 1,
        "kind": "account",
        "what": what,
        "number": number,
        "nonce": nonce or secrets.token_urlsafe(24),
        "prepared_at": now.isoformat(),
    }
    return rfc8785.dumps(dict(said))


def item(what: str, content: bytes) -> evidence.Item:
    """The same as a thing to sign, with its name in every language."""
    return evidence.Item(what, {each: say(f"signing-account.{what}", each) for each in LANGUAGES}, content)
