"""A signature not taken, as the message of process 4: which check failed, its clause, what to do next.

Cites: A120 §10(6); A120 §10(7); K4201 an.1 §8.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from qyzmet.cases.refusals import ActRefused
from qyzmet.evidence import NotSigned
from qyzmet.pages.words import current_language, say, table
from qyzmet.signatures import Check

__all__ = ["CLAUSE", "Fault", "Tried", "line", "of_problem", "of_refusal", "tried"]

CLAUSE = "A120 §10(7)"
SAME_ADVICE = {
    "structure": "format",
    "signature": "content",
    "algorithm": "chain",
    "certificate": "chain",
    "policy": "chain",
    "revocation": "validity",
    "signers": "role",
}


@dataclass(frozen=True, slots=True)
class Tried:
    """One check in words. `sign` is `done`, `refused` or `soon`; `word` says the same."""

    name: str
    word: str
    sign: str
    detail: str


@dataclass(frozen=True, slots=True)
class Fault:
    """The message: the check's name, its sentence, what to do, and every check that was made. `item`: of many
    things signed the one it is about."""

    check: str
    name: str
    detail: str
    advice: str
    clause: str
    tried: tuple[Tried, ...] = field(default=())
    item: str = ""


def of_problem(problem: NotSigned, item: str = "") -> Fault:
    """The message for signatures that are not good; `item`: of many the one it was."""
    checks = [each for verdict in problem.verdicts.values() for each in verdict.checks]
    found = _fault(problem.check, problem.text[current_language()], problem.clause, tried(checks))
    return replace(found, item=item)


def of_refusal(refusal: ActRefused) -> Fault:
    """The message for an act that did not take the signature, as when an employee signed for the company."""
    check = str(refusal.hint.get("check", "signers"))
    return _fault(check, refusal.text[current_language()], refusal.clause or CLAUSE, ())


def tried(checks: Iterable[Check]) -> tuple[Tried, ...]:
    """Checks in words, each sentence once."""
    language: Any = current_language()
    found = [_tried(each, language) for each in checks]
    return tuple(dict.fromkeys(found))


def _tried(check: Check, language: Any) -> Tried:
    return line(check.check, check.passed, check.detail(language))


def line(check: str, passed: bool | str, detail: str) -> Tried:
    """A check by its public name; what is neither True nor False waits for an answer."""
    word, sign = ("pending", "soon")
    if isinstance(passed, bool):
        word, sign = ("passed", "done") if passed else ("not-passed", "refused")
    return Tried(_name(check), say(f"signing.{word}"), sign, detail)


def _name(check: str) -> str:
    key = f"signing.check-{check}"
    return say(key if key in table() else "signing.check-other")


def _fault(check: str, detail: str, clause: str, found: tuple[Tried, ...]) -> Fault:
    key = f"signing.next-{SAME_ADVICE.get(check, check)}"
    advice = say(key if key in table() else "signing.next-other")
    return Fault(check, _name(check), detail, advice, clause, found)
