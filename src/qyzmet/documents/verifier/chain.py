"""The journal of the case: bytes against hash, hash against the next entry, payload against commitment.

An entry is canonical JSON with `stream`, `seq`, `prev` (the hash of the entry before, 64 zeros for the first)
and `data` (SHA-256 over salt and payload, empty when there is none). `journal/chain.json` names every entry
of the stream by its hash, also those that are not shown.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from qyzmet.documents.verifier.bundle import Files
from qyzmet.documents.verifier.report import Report

CHAIN = "journal/chain.json"
ZEROS = "0" * 64


def check_chain(files: Files, report: Report) -> list[str]:
    """Check the stream; the hashes of its entries in order, empty when the chain cannot be read."""
    chain = files.json(CHAIN)
    if chain is None:
        return []
    hashes = [str(each["hash"]) for each in chain["entries"]]
    before, hidden = "", 0
    for number, link in enumerate(chain["entries"], 1):
        name = f"journal/{number:04d}.entry.json"
        if link["seq"] != number:
            report.add(False, name, "journal", "entry-place")
        if link["entry"] == "withheld":
            hidden += 1
            continue
        said = _entry(files, name, report)
        if said is None:
            continue
        fault = _out_of_place(said, chain["stream"], number, hashes)
        report.add(not fault, name, "journal", fault or "entry-good")
        if said.get("recorded_at", "") < before:
            report.add(False, name, "journal", "entry-back")
        before = said.get("recorded_at", "")
        hidden += link["payload"] == "withheld"
        _payload(files, report, link, said, number)
    head = hashes[-1] if hashes else ZEROS
    whole = chain["head"] == {"seq": len(hashes), "hash": head}
    report.add(whole, CHAIN, "journal-head", "head-good" if whole else "head-other")
    if hidden:
        report.note("withheld", count=hidden)
    return hashes


def _entry(files: Files, name: str, report: Report) -> dict[str, Any] | None:
    data = files.read(name)
    if data is None:
        if not any(each["name"] == name for each in files.index["files"]):
            report.add(False, name, "journal", "entry-missing")
        return None
    said: dict[str, Any] = json.loads(data)
    return {**said, "": hashlib.sha256(data).hexdigest()}


def _out_of_place(said: dict[str, Any], stream: str, number: int, hashes: list[str]) -> str:
    """What is wrong with an entry in its place; empty when nothing is."""
    if said[""] != hashes[number - 1]:
        return "entry-hash"
    if (said.get("stream"), said.get("seq")) != (stream, number):
        return "entry-place"
    return "" if said.get("prev") == (hashes[number - 2] if number > 1 else ZEROS) else "entry-prev"


def _payload(files: Files, report: Report, link: dict[str, Any], said: dict[str, Any], number: int) -> None:
    name = f"journal/{number:04d}.payload.json"
    promised, state = said.get("data"), link["payload"]
    if state == "erased":
        report.note("payload-erased", seq=number, clause=(link.get("erased") or {}).get("clause", "?"))
    if state in {"erased", "withheld"}:
        return
    if state == "none":
        if promised:
            report.add(False, f"journal/{number:04d}.entry.json", "journal-payload", "payload-other")
        return
    data = files.read(name)
    if data is None:
        if not any(each["name"] == name for each in files.index["files"]):
            report.add(False, name, "journal-payload", "payload-other")
        return
    same = hashlib.sha256(bytes.fromhex(link["salt"]) + data).hexdigest() == promised
    report.add(same, name, "journal-payload", "payload-good" if same else "payload-other")
