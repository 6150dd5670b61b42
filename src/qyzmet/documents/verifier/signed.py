"""What was signed in an exported case: the index, applications, decisions, daily seals; documents as PDFs."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from qyzmet.documents.verifier.bundle import INDEX, SEAL, Bundle, Files
from qyzmet.documents.verifier.receipt import check_receipt
from qyzmet.documents.verifier.report import Report
from qyzmet.documents.verifier.room import Room
from qyzmet.documents.verifier.seals import canonical

REFERRED = ("certificates", "crls", "ocsps")


def read_seal(bundle: Bundle, report: Report) -> dict[str, Any] | None:
    """The record in `index.seal`, when the file is as it was written: canonical, with its own hash."""
    if SEAL not in bundle.names():
        report.add(False, SEAL, "index-seal", "index-seal-missing")
        return None
    data = b"".join(bundle.chunks(SEAL))
    try:
        said: dict[str, Any] = json.loads(data)
        record = said["record"]
        whole = canonical(said) == data and hashlib.sha256(canonical(record)).hexdigest() == said["sha256"]
    except (ValueError, KeyError, TypeError):
        whole, record = False, None
    report.add(whole, SEAL, "index-seal", "index-seal-good" if whole else "index-seal")
    return record if whole else None


def check_index(room: Room, bundle: Bundle, record: dict[str, Any]) -> bool:
    """Whether the index is what a system sealed; what fails is told of the index."""
    verdict = room.signatures.verdict_of(record)
    again = room.check_record(INDEX, verdict, b"".join(bundle.chunks(INDEX)))
    return again is not None and room.check_sealer(INDEX, again)


def check_records(room: Room, files: Files, report: Report) -> None:
    """Every record of `verdicts/` again, over the bytes that were signed."""
    for name in files.under("verdicts"):
        said = files.json(name)
        content = files.read(said["content"])
        try:
            verdict = room.signatures.verdict_of(_whole(files, said["verdict"]))
        except (room.signatures.SignatureError, KeyError, TypeError, ValueError) as problem:
            report.add(False, name, "record", "record-unreadable", why=problem)
            continue
        if content is None:
            report.add(False, name, "content", "content-missing", name=said["content"])
            continue
        room.check_record(name, verdict, content)


def _whole(files: Files, record: dict[str, Any]) -> dict[str, Any]:
    """A record with its evidence back in it: the export keeps each certificate, list and answer once."""
    evidence = dict(record["evidence"])
    evidence["signature"] = _base64(files, evidence["signature"])
    for kind in REFERRED:
        evidence[kind] = [_base64(files, each) for each in evidence[kind]]
    return {**record, "evidence": evidence}


def _base64(files: Files, name: str) -> str:
    data = files.read(name)
    if data is None:
        raise KeyError(name)
    return base64.b64encode(data).decode()


def check_documents(room: Room, files: Files, report: Report, hashes: list[str]) -> None:
    """Every issued PDF: the data inside it, and the hash the journal has of it. Its seal has a record."""
    for name in files.under("documents"):
        data = files.read(name)
        if data is None:
            continue
        about = files.facts(name).get("about", {})
        inside = room.inside(name, data)
        _data(report, name, inside, about)
        decision = files.read(about["decision"]) if about.get("decision") else None
        if decision is not None:
            same = inside.get("decision.json") == decision
            report.add(same, name, "pdf-decision", "pdf-decision" if same else "pdf-decision-other")
        if about.get("entry"):
            _journal(files, report, name, data, int(about["entry"]))
        if "receipt.json" in inside:
            check_receipt(json.loads(inside["receipt.json"]), name, report, hashes)


def _data(report: Report, name: str, inside: dict[str, bytes], about: dict[str, Any]) -> None:
    if "document.json" not in inside:
        return
    said = json.loads(inside["document.json"])
    told = (said.get("number"), (said.get("verify") or {}).get("code"))
    same = told == (about.get("number"), about.get("code"))
    report.add(same, name, "pdf-data", "pdf-number" if same else "pdf-number-other")


def _journal(files: Files, report: Report, name: str, data: bytes, entry: int) -> None:
    said = files.json(f"journal/{entry:04d}.payload.json")
    if said is not None:
        same = said.get("sha256") == hashlib.sha256(data).hexdigest()
        report.add(same, name, "pdf-journal", "pdf-journal" if same else "pdf-journal-other")
