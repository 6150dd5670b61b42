"""What was signed in the case: the bytes, the CMS, the verdict with its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qyzmet.cases import blobs
from qyzmet.cases.models import SignatureRecord
from qyzmet.cases.signed import records_of, restored
from qyzmet.documents.export.evidence_pool import Pool
from qyzmet.documents.export.members import Member
from qyzmet.documents.export.scope import Scope

__all__ = ["prepared_name", "record_members"]


def prepared_name(record: SignatureRecord) -> str:
    """Where the signed bytes of a record lie."""
    return f"prepared/{_stem(record)}.json"


def record_members(scope: Scope, pool: Pool) -> Iterator[Member]:
    """Three files for each signature that is seen. Signed bytes that were lawfully erased are left out, and
    their verdict with them: it could not be checked."""
    for record in records_of(scope.case):
        if not scope.shows_record(record) or not _kept(record.prepared):
            continue
        stem, title = _stem(record), _title(record)
        verdict = restored(record)
        signature = f"signatures/{stem}.{'xml' if verdict.kind == 'xml' else 'p7s'}"
        yield Member(prepared_name(record), "prepared", title, blob=record.prepared)
        yield Member(signature, "signatures", title, verdict.evidence.signature)
        yield pool.record(f"verdicts/{stem}.json", title, verdict, prepared_name(record), signature)


def _kept(digest: str) -> bool:
    try:
        with blobs.opened(digest):
            return True
    except blobs.BlobErased:
        return False


def _stem(record: SignatureRecord) -> str:
    return f"{record.seq:04d}-{record.subject.replace(':', '-')}"


def _title(record: SignatureRecord) -> Any:
    return record.name or record.subject
