"""The file of a case as a ZIP: everything somebody may take away, an index the System signs, a verifier."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from django.conf import settings

from qyzmet.documents.decision_receipt import decision_receipt
from qyzmet.documents.export.dates import date_members, told_dates
from qyzmet.documents.export.evidence_pool import Pool
from qyzmet.documents.export.journal import journal_members
from qyzmet.documents.export.law import law_members
from qyzmet.documents.export.members import GROUPS, Member, as_json
from qyzmet.documents.export.notes import note_members
from qyzmet.documents.export.pages import dates_page, decisions_page, index_page
from qyzmet.documents.export.papers import attachment_members, document_members
from qyzmet.documents.export.records import record_members
from qyzmet.documents.export.scope import Scope
from qyzmet.documents.export.seals import seal_members
from qyzmet.documents.export.system import sign_as_system
from qyzmet.documents.export.words import say
from qyzmet.documents.verifier import assemble, room_files
from qyzmet.documents.verifier.seals import canonical
from qyzmet.documents.verifier.zipped import write_zip

__all__ = ["decisions", "export_case"]


def export_case(scope: Scope, out: BinaryIO, *, now: datetime) -> dict[str, Any]:
    """Write the ZIP of what a scope sees; the index as data.

    The bytes follow from the case and `now`, but for the signature of the index. Files are copied in pieces,
    each read twice. Raises evidence.NoSealKey where nobody can answer for the index, `zipped.TooLarge`,
    `blobs.BlobMissing` and `blobs.BlobDamaged` for a document that is not as it was stored.
    """
    members = _members(scope, now)
    index = _index(scope, members, now)
    page = Member("index.html", "pages", "index", index_page(index))
    index["files"].append(page.listed())
    data = as_json(index)
    seal = _seal(data, now)
    top = [page, Member("index.json", "pages", "", data), Member("index.seal", "pages", "", seal)]
    write_zip(out, ((each.name, each.chunks) for each in (*top, *members)))
    return index


def _members(scope: Scope, now: datetime) -> list[Member]:
    pool = Pool()
    parts = [
        *document_members(scope, pool, now=now),
        *attachment_members(scope),
        *record_members(scope, pool),
        *journal_members(scope),
        *note_members(scope),
        *seal_members(scope, pool),
        *date_members(scope),
        *law_members(scope),
        *_receipts(scope),
        *_verifier(),
        Member("dates.html", "pages", "dates", dates_page(scope.case, told_dates(scope))),
    ]
    members = {each.name: each for each in [*parts, *pool.members()]}
    return sorted(members.values(), key=lambda each: (GROUPS.index(each.group), each.name))


def _index(scope: Scope, members: list[Member], now: datetime) -> dict[str, Any]:
    case = scope.case
    return {
        "v": 1,
        "kind": "case-file",
        "made_at": now.isoformat(),
        "made_for": sorted(scope.capacities),
        "sample": not settings.PRODUCTION,
        "case": {
            "ref": case.ref,
            "number": case.number,
            "stream": case.stream,
            "service": case.service,
            "name": scope.law.package.name.model_dump(exclude={"reviewed"}),
            "edition": scope.law.name,
            "state": case.state,
            "exit": case.exit,
            "received_at": case.received_at.isoformat(),
            "registered_at": case.registered.isoformat() if case.registered else None,
            "due": case.due.isoformat() if case.due else None,
            "ended_at": case.ended_at.isoformat() if case.ended_at else None,
        },
        "groups": {group: say(f"group.{group}") for group in GROUPS},
        "files": [each.listed() for each in members],
    }


def decisions(scope: Scope) -> Iterator[dict[str, Any]]:
    """The receipts of decisions that are seen, in the order of steps."""
    for token in scope.case.tokens.order_by("no"):
        if token.closed_at is None or token.cancelled or not token.post:
            continue
        said = decision_receipt(scope.case, token)
        if scope.shows_decision(token, (said["journal"] or {}).get("seq")):
            yield said


def _receipts(scope: Scope) -> Iterator[Member]:
    for said in decisions(scope):
        stem = f"receipts/decision-{said['step']['no']:03d}"
        yield Member(f"{stem}.json", "receipts", said["step"]["name"], as_json(said))
        yield Member(f"{stem}.html", "receipts", said["step"]["name"], decisions_page([said]))


def _verifier() -> Iterator[Member]:
    yield Member("verifier/verify.py", "verifier", "verify.py", assemble())
    for name, data in room_files():
        yield Member(f"verifier/{name}", "verifier", "", data)


def _seal(index: bytes, now: datetime) -> bytes:
    """The System's signature on the index with its evidence, in the one way to write it."""
    record = sign_as_system(index, now=now).to_json()
    said = {"v": 1, "sha256": hashlib.sha256(canonical(record)).hexdigest(), "record": record}
    return canonical(said)
