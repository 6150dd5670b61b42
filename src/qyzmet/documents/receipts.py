"""The recipient's part of the chain: what a receipt carries so that nobody can drop its entry later.

A receipt names one entry of the case's journal stream with its exact bytes, the hash of every entry of the
stream up to its head, and the head itself. Whoever keeps it can show that the entry was there, in that place:
a journal (or an exported case) that lacks it, or has another in its place, gives other hashes.

    {"v": 1, "kind": "receipt", "case": ref, "number": …, "service": …, "edition": …, "stream": "case:12",
     "entry": {"seq": 2, "hash": hex, "body": text}, "hashes": [hex, …], "head": {"seq": 3, "hash": hex}}

`hashes[n]` is the hash of entry n + 1. The entry told is the one the receipt follows from, or the last before
it that names no official; the hashes of the others give nothing away, because each entry holds a salted
commitment to what it says.
"""

from __future__ import annotations

import json
from typing import Any

from qyzmet.cases import rows
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, Entry
from qyzmet.documents.attaching import File
from qyzmet.documents.inside import said_in
from qyzmet.people.actor import SYSTEM
from qyzmet.signatures import embedded_files, looks_like_pdf

__all__ = ["NAME", "RECEIPT", "VERSION", "dropped", "receipt_file", "receipt_json"]

VERSION = 1
NAME = "receipt.json"
RECEIPT = "receipt.typ"
"""The template of what a recipient is given when an application is taken in."""


def receipt_file(case: Case, seq: int, template: str) -> tuple[File, ...]:
    """What is put inside the PDF of a receipt that follows from entry `seq`; nothing inside another
    document."""
    if template != RECEIPT:
        return ()
    data = json.dumps(receipt_json(case, seq), ensure_ascii=False, sort_keys=True, indent=1).encode()
    return (File(NAME, data, "application/json", "Supplement", "Қолхат: журналдағы жазба"),)


def receipt_json(case: Case, seq: int) -> dict[str, Any]:
    """The receipt a document carries that follows from entry `seq`, by the head the stream has now.

    Plain JSON values. Raises LookupError when the stream has no such entry.
    """
    entries = rows.select(Entry, "WHERE stream = %s ORDER BY seq", [case.stream])
    if not 0 < seq <= len(entries):
        raise LookupError(f"{case.stream} has no entry {seq}, so there is nothing to give a receipt for")
    found = _told(case, entries[:seq])
    hashes = [bytes(each.hash).hex() for each in entries]
    return {
        "v": VERSION,
        "kind": "receipt",
        "case": case.ref,
        "number": case.number,
        "service": case.service,
        "edition": case.edition.name,
        "stream": case.stream,
        "entry": {"seq": found.seq, "hash": bytes(found.hash).hex(), "body": bytes(found.body).decode()},
        "hashes": hashes,
        "head": {"seq": len(hashes), "hash": hashes[-1]},
    }


def dropped(receipt: bytes) -> tuple[str, int] | None:
    """What a receipt (its JSON, or the PDF it is inside) names and the journal lacks or has otherwise:
    stream and number of the first such entry; None when all of it is there.

    Raises ValueError for what is no receipt, SignatureError for a PDF that cannot be read.
    """
    data = embedded_files(receipt).get(NAME, b"") if looks_like_pdf(receipt) else receipt
    said = said_in(data)
    stream = said.get("stream")
    if (
        said.get("kind") != "receipt"
        or not isinstance(stream, str)
        or not isinstance(said.get("hashes"), list)
    ):
        raise ValueError("the file is no receipt")
    kept = rows.select(Entry, "WHERE stream = %s ORDER BY seq", [stream])
    there = {each.seq: bytes(each.hash).hex() for each in kept}
    lost = (seq for seq, each in enumerate(said["hashes"], 1) if there.get(seq) != each)
    first = next(lost, None)
    return None if first is None else (stream, first)


def _told(case: Case, entries: list[Entry]) -> Entry:
    theirs = {case.applicant, case.filer if _filed_themselves(case) else case.applicant, SYSTEM.person}
    own = [each for each in entries if each.person in theirs]
    return own[-1] if own else entries[-1]


def _filed_themselves(case: Case) -> bool:
    """Whether no official keyed the application in."""
    channel = law_of(case.edition_id).package.channels.get(case.channel)
    return channel is None or channel.by is None
