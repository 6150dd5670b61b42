"""A verdict: what was signed, by whom, each check with its outcome, and evidence to check it all again."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from qyzmet.signatures.checks import Check
from qyzmet.signatures.errors import SignatureError

Kind = Literal["cms", "xml", "pdf"]
VERSION = 1


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signed. Empty text where the certificate does not say; moments aware, UTC.

    `moment` is the one the signature was judged at: the time stamp's, else the verdict's. `claimed_at` is the
    signer's own word. `certificate` is the SHA-256 of the certificate, hex.
    """

    iin: str = ""
    bin: str = ""
    roles: tuple[str, ...] = ()
    name: str = ""
    organisation: str = ""
    serial: str = ""
    issuer: str = ""
    algorithm: str = ""
    certificate: str = ""
    policies: tuple[str, ...] = ()
    moment: datetime | None = None
    stamped_at: datetime | None = None
    claimed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the checks used, DER (`signature` of kinds xml and pdf is the file).

    The content of a CMS signature is never kept, only its digests.
    """

    signature: bytes = field(default=b"", repr=False)
    certificates: tuple[bytes, ...] = field(default=(), repr=False)
    crls: tuple[bytes, ...] = field(default=(), repr=False)
    ocsps: tuple[bytes, ...] = field(default=(), repr=False)
    # SHA-256 of the roots the chains ended in, hex.
    roots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`content` maps a digest's name to its value in hex; `at` is when it was judged."""

    kind: Kind
    at: datetime
    content: Mapping[str, str]
    signers: tuple[Signer, ...]
    checks: tuple[Check, ...]
    evidence: Evidence

    @property
    def valid(self) -> bool:
        """Whether every check passed; a pending one has not."""
        return bool(self.checks) and all(each.passed is True for each in self.checks)

    @property
    def outcome(self) -> Literal["valid", "invalid", "pending"]:
        """Invalid by any failed check; pending when a source of revocation has yet to answer."""
        if any(each.passed is False for each in self.checks) or not self.checks:
            return "invalid"
        return "valid" if self.valid else "pending"

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(each for each in self.checks if each.passed is False)

    def with_checks(self, *more: Check) -> Verdict:
        """The verdict with further checks, as those of who may sign for whom."""
        return replace(self, checks=(*self.checks, *more))

    def to_json(self) -> dict[str, Any]:
        """The record, of JSON's own types."""
        return {
            "v": VERSION,
            "kind": self.kind,
            "at": self.at.isoformat(),
            "outcome": self.outcome,
            "content": dict(self.content),
            "signers": [_signer_json(each) for each in self.signers],
            "checks": [each.to_json() for each in self.checks],
            "evidence": _evidence_json(self.evidence),
        }


def verdict_of(record: Mapping[str, Any]) -> Verdict:
    """A verdict from its record. Raises SignatureError `verdict-unreadable`."""
    if record.get("v") != VERSION:
        raise SignatureError("verdict-unreadable")
    try:
        return Verdict(
            kind=record["kind"],
            at=datetime.fromisoformat(record["at"]),
            content=dict(record["content"]),
            signers=tuple(_signer(each) for each in record["signers"]),
            checks=tuple(Check(**each) for each in record["checks"]),
            evidence=_evidence(record["evidence"]),
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise SignatureError("verdict-unreadable") from problem


_MOMENTS = ("moment", "stamped_at", "claimed_at")
_BYTES = ("certificates", "crls", "ocsps")


def _signer_json(signer: Signer) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(signer, name) for name in Signer.__slots__}
    row.update(roles=list(signer.roles), policies=list(signer.policies))
    row.update({name: row[name].isoformat() if row[name] else None for name in _MOMENTS})
    return row


def _signer(row: Mapping[str, Any]) -> Signer:
    values = dict(row)
    values.update(roles=tuple(row["roles"]), policies=tuple(row["policies"]))
    values.update({name: datetime.fromisoformat(row[name]) if row[name] else None for name in _MOMENTS})
    return Signer(**values)


def _evidence_json(evidence: Evidence) -> dict[str, Any]:
    row: dict[str, Any] = {name: [_text(each) for each in getattr(evidence, name)] for name in _BYTES}
    return {**row, "signature": _text(evidence.signature), "roots": list(evidence.roots)}


def _evidence(row: Mapping[str, Any]) -> Evidence:
    lists = {name: tuple(base64.b64decode(each, validate=True) for each in row[name]) for name in _BYTES}
    signature = base64.b64decode(row["signature"], validate=True)
    return Evidence(signature=signature, roots=tuple(row["roots"]), **lists)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
