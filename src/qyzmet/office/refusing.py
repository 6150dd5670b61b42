"""An act that was refused, as the page tells it: the sentence, the clause, and where to put it right."""

from __future__ import annotations

from dataclasses import dataclass

from qyzmet.cases.refusals import ActRefused
from qyzmet.pages.words import current_language

__all__ = ["Refused", "refused", "status_of"]

OVERTAKEN = {
    "changed", "ended", "assigned-elsewhere", "voted-already", "key-reused", "not-suspended", "ticket-gone",
    "ticket-state", "given-already", "result-not-sealed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refused:
    """`stale`: somebody was faster or has yet to finish, so the page is to be read again."""

    code: str
    text: str
    clause: str
    stale: bool


def refused(problem: ActRefused) -> Refused:
    """The refusal in the language of the page."""
    return Refused(problem.code, problem.text[current_language()], problem.clause, problem.code in OVERTAKEN)


def status_of(problem: ActRefused) -> int:
    """409 where there is somebody to wait for or to give way to, 422 where something has to be put right."""
    return 409 if problem.code in OVERTAKEN else 422
