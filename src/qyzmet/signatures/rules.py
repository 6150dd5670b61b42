"""What a check demands beyond arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Rules:
    """`purpose` login takes authentication keys too. `policies` are prefixes one of which must be met;
    none: any.

    `test_ids` lets the numbers of the national test certificates pass. `signers_at_most` bounds the work.
    """

    purpose: Literal["sign", "login"] = "sign"
    policies: tuple[str, ...] = ()
    test_ids: bool = False
    time_stamp: bool = False
    signers_at_most: int = 50
