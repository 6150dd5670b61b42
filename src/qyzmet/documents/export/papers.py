"""Documents that were issued and files that were given, under names any system can keep."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from qyzmet import evidence
from qyzmet.cases import blobs, rows
from qyzmet.cases.models import Filing, Payload
from qyzmet.cases.signed import records_of
from qyzmet.documents.export.evidence_pool import Pool
from qyzmet.documents.export.members import Member, as_json
from qyzmet.documents.export.records import prepared_name
from qyzmet.documents.export.scope import Scope
from qyzmet.documents.models import Document
from qyzmet.evidence.sources import Sources
from qyzmet.signatures import Verdict, embedded_files, read_certificate, verify_pdf
from qyzmet.signatures.certificates.chain import build_chain

__all__ = ["attachment_members", "document_members"]

ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")


def document_members(scope: Scope, pool: Pool, *, now: datetime) -> Iterator[Member]:
    """The PDF of each document that is seen, the verdict on its seal, and the receipt that is inside one."""
    sources = Sources(now)
    entries = _recorded(scope)
    decided = {
        each.seq: prepared_name(each)
        for each in records_of(scope.case)
        if each.subject.startswith("step:") and scope.shows_record(each)
    }
    for row in scope.documents:
        stem = f"{row.seq:04d}-{row.issued}-{row.code}"
        about: dict[str, Any] = {
            "document": row.issued,
            "number": row.number,
            "code": row.code,
            "state": row.state,
            "sealed": row.sealed_at is not None,
            "entry": entries.get(row.digest),
        }
        data, path = blobs.read(row.digest), f"documents/{stem}.pdf"
        inside = embedded_files(data)
        if "decision.json" in inside and row.seq in decided:
            about["decision"] = decided[row.seq]
        yield Member(path, "documents", _title(row), blob=row.digest, about=about)
        if row.sealed_at is not None:
            verdict = _seal(data, row.sealed_at, sources)
            yield pool.record(f"verdicts/document-{stem}.json", _title(row), verdict, path, path)
        if "receipt.json" in inside:
            yield Member(f"receipts/{stem}.json", "receipts", _title(row), inside["receipt.json"])


def _seal(data: bytes, at: datetime, sources: Sources) -> Verdict:
    """The verdict on the seal as it was put, with what the sources say of its certificates."""
    known, rules = evidence.trust(), evidence.rules()
    first = verify_pdf(data, at=at, trust=known, rules=rules)
    certificates = [read_certificate(each) for each in first.evidence.certificates]
    wider = known.with_more(certificates)
    for each in certificates:
        if not each.is_authority:
            sources.ask_about(build_chain(each, wider))
    return verify_pdf(data, at=at, trust=sources.added_to(known), rules=rules)


def attachment_members(scope: Scope) -> Iterator[Member]:
    """The files given with the application; `left-out.json` names those that cannot be given."""
    filing = rows.select(Filing, "WHERE case_id = %s", [scope.case.pk])
    if not scope.attachments or not filing:
        return
    left_out: list[dict[str, str]] = []
    for document, files in sorted(filing[0].documents.items()):
        for place, file in enumerate(files, 1):
            digest, name = file.get("sha256"), str(file.get("name", ""))
            why = _missing(digest)
            if why:
                left_out.append({"document": document, "name": name, "why": why})
                continue
            ending = ENDING.search(name)
            path = f"attachments/{document}-{place}{ending[0].lower() if ending else ''}"
            yield Member(path, "attachments", _named(scope, document, name), blob=digest)
    if left_out:
        title = "left out"
        yield Member("attachments/left-out.json", "attachments", title, as_json(left_out))


def _missing(digest: str | None) -> str:
    if not digest:
        return "on paper"
    try:
        with blobs.opened(digest):
            return ""
    except blobs.BlobErased:
        return "erased"
    except blobs.BlobMissing:
        return "not kept"


def _named(scope: Scope, document: str, name: str) -> Mapping[str, str]:
    rule = scope.law.package.documents.get(document)
    said = rule.name.model_dump(exclude={"reviewed"}) if rule else dict.fromkeys(("kk", "ru", "en"), document)
    return {language: f"{words} ({name})" if name else words for language, words in said.items()}


def _recorded(scope: Scope) -> dict[str, int]:
    """SHA-256 of a PDF → the entry that recorded it."""
    told = rows.select(Payload, "WHERE stream = %s AND data IS NOT NULL", [scope.case.stream])
    found: dict[str, int] = {}
    for each in told:
        said = json.loads(str(each.data))
        if isinstance(said, dict) and {"document", "code", "sha256"} <= said.keys():
            found[str(said["sha256"])] = each.seq
    return found


def _title(row: Document) -> Mapping[str, str]:
    return {language: f"{name}, № {row.number}" for language, name in row.name.items()}
