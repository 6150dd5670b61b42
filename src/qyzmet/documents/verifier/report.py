"""What was checked and how it came out: each finding names a file and a check, in three languages."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from qyzmet.documents.verifier.texts import TEXTS

LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True)
class Finding:
    """`passed` is None where what is at hand can neither prove nor disprove. `text`: language → sentence."""

    file: str
    check: str
    passed: bool | None
    text: dict[str, str]


@dataclass
class Report:
    """Everything found, and `notes` that change no outcome."""

    findings: list[Finding] = field(default_factory=list)
    notes: list[dict[str, str]] = field(default_factory=list)

    def add(self, passed: bool | None, file: str, check: str, code: str = "", **facts: object) -> bool:
        """Note an outcome; the sentence is that of `code`, or of the check. True unless it failed."""
        self.findings.append(Finding(file, check, passed, sentence(code or check, facts)))
        return passed is not False

    def say(self, passed: bool | None, file: str, check: str, text: dict[str, str]) -> None:
        """Note an outcome whose sentence comes from the room of signatures."""
        self.findings.append(Finding(file, check, passed, text))

    def note(self, code: str, **facts: object) -> None:
        """Tell the reader something."""
        self.notes.append(sentence(code, facts))

    @property
    def failed(self) -> list[Finding]:
        return [each for each in self.findings if each.passed is False]

    @property
    def open(self) -> list[Finding]:
        return [each for each in self.findings if each.passed is None]

    def as_json(self) -> str:
        """`{green, checks: [{file, check, passed, text}], notes}`."""
        checks: list[dict[str, Any]] = [
            {"file": each.file, "check": each.check, "passed": each.passed, "text": each.text}
            for each in self.findings
        ]
        said = {"green": not self.failed, "checks": checks, "notes": self.notes}
        return json.dumps(said, ensure_ascii=False, indent=1) + "\n"

    def as_text(self, language: str, *, whole: bool = False) -> str:
        """What failed and what is open, each by file and check, then the outcome; with `whole`, every
        check."""
        shown = self.findings if whole else [*self.failed, *self.open]
        marks = {True: "+", False: "-", None: "?"}
        lines = [f"{marks[f.passed]} {f.file}: {f.check}: {f.text[language]}" for f in shown]
        lines += [f"  {each[language]}" for each in self.notes]
        counts = {"count": len(self.findings), "failed": len(self.failed), "open": len(self.open)}
        word = "red" if self.failed else "green-open" if self.open else "green"
        return "\n".join([*lines, sentence(word, counts)[language]]) + "\n"


def sentence(code: str, facts: dict[str, Any]) -> dict[str, str]:
    """The sentence of a code with its facts put in, by language."""
    return {lang: text.format(**facts) for lang, text in zip(LANGUAGES, TEXTS[code], strict=True)}
