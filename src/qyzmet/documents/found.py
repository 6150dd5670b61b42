"""One thing found about a document, with the sentence that says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from qyzmet.signatures import Check, Language

__all__ = ["Finding", "found"]

Outcome = bool | Literal["pending"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`check` is a public name; `pending` is what could not be asked here. `facts` fill the sentence."""

    check: str
    passed: Outcome
    code: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    seal: Check | None = None

    @classmethod
    def of(cls, check: Check) -> Finding:
        """A check of a signature as one of the document's."""
        return cls(check.check, check.passed, check.code, check.facts, check)

    def detail(self, language: Language = "en") -> str:
        """The sentence for the person."""
        if self.seal is not None:
            return self.seal.detail(language)
        facts = {key: _said(fact, language) for key, fact in self.facts.items()}
        return str(_texts()[self.code][language].format(**facts))


def found(code: str, passed: Outcome, /, **facts: Any) -> Finding:
    """A finding whose check is the one `findings.yaml` gives the code."""
    return Finding(_texts()[code]["check"], passed, code, facts)


def _said(fact: Any, language: Language) -> Any:
    return fact[language] if isinstance(fact, Mapping) else fact


@cache
def _texts() -> dict[str, Any]:
    return dict(yaml.safe_load(Path(__file__).with_name("findings.yaml").read_text(encoding="utf-8")))
