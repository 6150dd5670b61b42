"""A signature an act rests on: which bytes were signed, and the verdict on it.

    signed = Signed(prepared, verdict)  # `prepared`: SHA-256 of the signed bytes, kept as a blob
    proof = prove(signed, now=now)  # before the transaction: the bytes read, the evidence kept
    restored(row); rechecked(row, now)  # at any later moment, from what was kept

Who may sign for whom stands in `signers`, what the bytes say in `prepared`.
"""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qyzmet.cases import blobs, rows
from qyzmet.cases.models import Case, SignatureRecord
from qyzmet.cases.signed.parts import not_this
from qyzmet.cases.signed.prepared import read_prepared
from qyzmet.signatures import Signer, Trust, Verdict, digests_of, recheck, verdict_of

__all__ = ["BIG", "Proof", "Signed", "prove", "proved", "rechecked", "record_of", "records_of", "restored"]

BIG = 8_000
"""From how many bytes on a piece of evidence is kept as a blob: a list of revoked keys, which many share."""

LISTS = ("certificates", "crls", "ocsps")


@dataclass(frozen=True, slots=True)
class Signed:
    """A judged signature over bytes that are kept as the blob `prepared` (SHA-256, hex)."""

    prepared: str
    verdict: Verdict

    @property
    def signer(self) -> Signer:
        """Who signed; of several the first, and nobody by name where the verdict knows none."""
        return self.verdict.signers[0] if self.verdict.signers else Signer()

    @property
    def pending(self) -> bool:
        """Whether a source of revocation has yet to answer."""
        return self.verdict.outcome == "pending"

    def plain(self) -> dict[str, str]:
        """What the journal says of it."""
        who = self.signer
        return {
            "prepared": self.prepared,
            "outcome": self.verdict.outcome,
            "iin": who.iin,
            "bin": who.bin,
            "name": who.name,
            "certificate": who.certificate,
        }

    def to_json(self) -> dict[str, Any]:
        """The whole of it, evidence included, of JSON's own types."""
        return {"prepared": self.prepared, "verdict": self.verdict.to_json()}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Signed:
        """Back from `to_json`, or from `record_of` where big evidence lies in blobs."""
        return cls(said["prepared"], verdict_of(_whole(said["verdict"])))


@dataclass(frozen=True, slots=True)
class Proof:
    """A signature ready for the act: what its bytes say, and its verdict as it will be kept."""

    signed: Signed
    said: Mapping[str, Any]
    record: Mapping[str, Any] = field(repr=False)


def prove(signed: Signed, *, now: datetime) -> Proof:
    """Read the signed bytes and keep the evidence, before the transaction.

    Raises ActRefused `signature-not-this` when the verdict is about other bytes or nobody kept them.
    """
    try:
        data = blobs.read(signed.prepared)
    except (blobs.BlobMissing, blobs.BlobErased):
        raise not_this(["prepared"]) from None
    found = digests_of(io.BytesIO(data), set(signed.verdict.content)) if signed.verdict.content else {}
    if not found or any(value.hex() != signed.verdict.content[name] for name, value in found.items()):
        raise not_this(["prepared"])
    return Proof(signed, read_prepared(data), record_of(signed, now=now))


def proved(signed: Signed | None, *, now: datetime) -> Proof | None:
    """The same where there may be none."""
    return None if signed is None else prove(signed, now=now)


def record_of(signed: Signed, *, now: datetime) -> dict[str, Any]:
    """The verdict as it is kept: big evidence in blobs, named by digest."""
    said = signed.verdict.to_json()
    evidence = said["evidence"]
    for name in LISTS:
        evidence[name] = [_kept(each, now) for each in evidence[name]]
    evidence["signature"] = _kept(evidence["signature"], now)
    return said


def records_of(case: Case) -> list[SignatureRecord]:
    """Every signature of a case, in the order they were given."""
    return rows.select(SignatureRecord, "WHERE case_id = %s ORDER BY id", [case.pk])


def restored(row: SignatureRecord) -> Verdict:
    """The verdict as it was recorded. Raises SignatureError, BlobMissing, BlobErased, BlobDamaged."""
    return verdict_of(_whole(row.record))


def rechecked(row: SignatureRecord, now: datetime, *, trust: Trust | None = None) -> Verdict:
    """The recorded verdict checked again from its own evidence and the signed bytes, with no network.

    `now` is when it is checked again; the signature counts at the moment it was judged or time-stamped.
    """
    verdict = restored(row)
    content = digests_of(io.BytesIO(blobs.read(row.prepared)), set(verdict.content))
    return recheck(verdict, content, now, trust=trust)


def _kept(text: str, now: datetime) -> str | dict[str, str]:
    if len(text) * 3 < BIG * 4:
        return text
    data = base64.b64decode(text)
    name = hashlib.sha256(data).hexdigest()
    # The same list of revoked keys backs many signatures of an hour: it is written once.
    if not blobs.kept(name):
        blobs.put(data, "application/octet-stream", now=now)
    return {"sha256": name}


def _whole(said: Mapping[str, Any]) -> dict[str, Any]:
    evidence = dict(said["evidence"])
    for name in LISTS:
        evidence[name] = list(_loaded(evidence[name]))
    evidence["signature"] = next(_loaded([evidence["signature"]]))
    return {**said, "evidence": evidence}


def _loaded(parts: Iterable[str | Mapping[str, str]]) -> Iterator[str]:
    for each in parts:
        yield each if isinstance(each, str) else base64.b64encode(blobs.read(each["sha256"])).decode()
