"""One case as the history means it to go, before anything of it has happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["COMPLAIN", "RESUME", "WITHDRAW", "Part"]

COMPLAIN, RESUME, WITHDRAW = "complain", "resume", "withdraw"


@dataclass(frozen=True)
class Part:
    """`applicant`: IIN or BIN. `outcome`: the exit it heads for, or a ground of suspension from outside.

    `body`: the provider, where several could be. `halts`: steps nobody gets to any more. `late`: steps done
    after their limit. `whole`: no paper is missing whatever the outcome. `ground`: which of the grounds that
    fit. `after`: the part that has to have ended well before this one is filed. `then`: what follows it. `email`: given in the form, empty for the person's own.
    """

    no: int
    service: str
    channel: str
    outcome: str
    applicant: str
    files: datetime
    variant: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    halts: frozenset[str] = frozenset()
    late: frozenset[str] = frozenset()
    whole: bool = False
    ground: int = 0
    after: int | None = None
    then: str = ""
    email: str = ""
    language: str = "kk"
