"""One case as the history means it to go, before anything of it has happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

__all__ = ["COMPLAIN", "RESUME", "WITHDRAW", "Next", "Part"]

COMPLAIN, RESUME, WITHDRAW = "complain", "resume", "withdraw"


@dataclass(frozen=True)
class Next:
    """A further filing: the outcome it heads for, and the choices it takes."""

    outcome: str
    variant: Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """`applicant`: IIN or BIN. `outcome`: the exit it heads for, or a ground of suspension from outside.

    `body`: the provider, where several could be. `halts`: steps nobody gets to any more. `late`: steps done
    after their limit. `whole`: no paper is missing whatever the outcome. `ground`: which of the grounds that
    fit. `then`: what follows it. `email`: given in the form, empty for the person's own. `given`: answers
    that are no matter of chance. `after`: what the applicant files next, once it came out so.
    """

    no: int
    service: str
    channel: str
    outcome: str
    applicant: str
    files: datetime
    body: str = ""
    halts: frozenset[str] = frozenset()
    late: frozenset[str] = frozenset()
    whole: bool = False
    ground: int = 0
    then: str = ""
    email: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    language: str = "kk"
    after: tuple[Next, ...] = ()
