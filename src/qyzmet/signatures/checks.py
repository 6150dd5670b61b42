"""One outcome of one check, with the sentence that explains it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from qyzmet.signatures.errors import Language, SignatureError, check_of, sentence, shown

Outcome = bool | Literal["pending"]


@dataclass(frozen=True, slots=True)
class Check:
    """`check` is a public name (content, chain, revocation…), `signer` counts from 0, None for the whole."""

    check: str
    passed: Outcome
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    signer: int | None = None

    def detail(self, language: Language = "en") -> str:
        """The sentence for the person."""
        return sentence(self.code, self.facts, language)

    def to_json(self) -> dict[str, Any]:
        """As it is kept: the code and the facts, not the sentence."""
        return {
            "check": self.check,
            "passed": self.passed,
            "code": self.code,
            "facts": dict(self.facts),
            "signer": self.signer,
        }


def outcome(code: str, passed: Outcome, signer: int | None = None, **facts: object) -> Check:
    """A check whose name is the one texts.yaml gives the code."""
    return Check(check_of(code), passed, code, {name: shown(fact) for name, fact in facts.items()}, signer)


def refusal(problem: SignatureError, signer: int | None = None) -> Check:
    """A failed check from a refusal."""
    return Check(problem.check, False, problem.code, problem.facts, signer)
