"""Is a PDF a genuine document of the System? Judged from the file alone, with no network and no database.

    found = examine(pdf, at=now, trust=trust)
    found.genuine; found.data["number"]; [each.detail("kk") for each in found.findings]

Genuine: nothing failed. What cannot be asked here (whether a certificate was revoked) is `pending` and said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qyzmet.clock import LANGUAGES
from qyzmet.documents.decided import By, decision_findings
from qyzmet.documents.found import Finding, found
from qyzmet.documents.inside import said_in
from qyzmet.documents.printed import TABLES, differing
from qyzmet.identity import written_moment
from qyzmet.signatures import Rules, SignatureError, Signer, Trust, Verdict, embedded_files, verify_pdf

__all__ = ["Examined", "examine"]


@dataclass(frozen=True)
class Examined:
    """What was found. `data`: `document.json`, empty where there is none; `verdict`: on the seals."""

    findings: tuple[Finding, ...]
    data: Mapping[str, Any] = field(default_factory=dict)
    verdict: Verdict | None = None

    @property
    def genuine(self) -> bool:
        """Whether nothing failed."""
        return all(each.passed is not False for each in self.findings)

    @property
    def seal(self) -> Signer | None:
        """The last seal, which covers the whole file."""
        return self.verdict.signers[-1] if self.verdict and self.verdict.signers else None

    @property
    def sealed_at(self) -> datetime | None:
        """When it was sealed: by the time stamp, else by the seal's own word."""
        return (self.seal.stamped_at or self.seal.claimed_at) if self.seal else None

    @property
    def code(self) -> str:
        """The code of the data inside."""
        return str((self.data.get("verify") or {}).get("code", ""))

    def with_findings(self, *more: Finding) -> Examined:
        """With what a register says besides."""
        return Examined((*self.findings, *more), self.data, self.verdict)


def examine(pdf: bytes, *, at: datetime, trust: Trust, rules: Rules | None = None) -> Examined:
    """Examine a file. `at` is when, aware. Raises SignatureError (check `format`) for what is no PDF."""
    files = embedded_files(pdf)
    verdict, findings = _sealed(pdf, at, trust, rules)
    try:
        data = _data(files)
    except ValueError:
        return Examined((*findings, found("data-none", False)), {}, verdict)
    sheet = Examined((), data, verdict)
    findings.append(found("data-there", True, number=data["number"]))
    # Nothing vouches for the text of a file whose seal is broken, and reading it is dear.
    if verdict is not None and verdict.outcome != "invalid":
        findings += _printed(pdf, sheet)
    findings += decision_findings(pdf, files, data, By(sheet.sealed_at or at, trust, rules))
    return Examined(tuple(findings), data, verdict)


def _sealed(
    pdf: bytes, at: datetime, trust: Trust, rules: Rules | None
) -> tuple[Verdict | None, list[Finding]]:
    try:
        verdict = verify_pdf(pdf, at=at, trust=trust, rules=rules)
    except SignatureError as problem:
        if problem.code != "not-signed":
            raise
        return None, [found("seal-none", False)]
    findings = [Finding.of(each) for each in verdict.checks]
    seal = verdict.signers[-1]
    system = "information-system" in seal.roles
    name = ", ".join(part for part in (seal.name, seal.organisation, seal.bin) if part)
    findings.append(found("seal-system" if system else "seal-person", system, name=name))
    if seal.stamped_at is not None:
        findings.append(found("stamp-there", True, moment=_moment(seal.stamped_at)))
    elif all(each.check != "time-stamp" for each in findings):  # a stamp that does not pass is told already
        findings.append(found("stamp-none", "pending"))
    return verdict, findings


def _moment(moment: datetime) -> dict[str, str]:
    return {lang: written_moment(moment, lang) for lang in LANGUAGES}


def _data(files: Mapping[str, bytes]) -> dict[str, Any]:
    """`document.json`. Raises ValueError."""
    data = said_in(files.get("document.json", b""))
    known = data.get("kind") == "document" and data.get("v") == 1
    known = known and all(isinstance(data.get(key), kind) for key, kind in SHAPE.items())
    if not known or not isinstance(data.get("signer"), dict | None):
        raise ValueError("not the data of a document")
    if not all(isinstance(row, dict) for key in TABLES for row in data[key]):
        raise ValueError("a table has rows that are none")
    return data


SHAPE: Mapping[str, type] = {
    "number": str,
    "title": dict,
    "issuer": dict,
    "languages": list,
    "verify": dict,
    **dict.fromkeys(TABLES, list),
}


def _printed(pdf: bytes, sheet: Examined) -> list[Finding]:
    missing = differing(pdf, sheet.data)
    ours = {str(sheet.data["number"]), sheet.code}
    findings = []
    if ours & set(missing):
        findings.append(found("code-other", False))
    else:
        findings.append(found("code-same", True, code=sheet.code))
    other = [each for each in missing if each not in ours]
    if other:
        return [*findings, found("printed-other", False, missing=other[0][:80])]
    return [*findings, found("printed-same", True)]
