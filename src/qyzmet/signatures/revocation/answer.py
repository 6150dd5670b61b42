"""What a source of revocation says about one certificate at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Status = Literal["good", "revoked", "pending"]


@dataclass(frozen=True, slots=True)
class Answer:
    """`code` and `facts` name the sentence; `source` is the list or response that was used, DER."""

    status: Status
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    source: bytes = b""


def revoked_or_later(
    revoked_at: datetime, reason: str, since: datetime | None, moment: datetime, source: bytes
) -> Answer:
    """A certificate listed as revoked: whether it already was at the moment.

    `since` is the day the key is said to have been lost, where it is earlier than the listing.
    """
    begins = min(revoked_at, since or revoked_at)
    facts = {"when": begins.isoformat(), "reason": reason.replace("_", " ")}
    if begins <= moment:
        return Answer("revoked", "revoked", facts, source)
    return Answer("good", "revoked-later", facts, source)
