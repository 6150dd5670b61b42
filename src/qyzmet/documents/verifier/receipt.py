"""A receipt: its entry against its hash, and against the journal where one is at hand."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from qyzmet.documents.verifier.report import Report


def check_receipt(said: dict[str, Any], name: str, report: Report, hashes: list[str]) -> None:
    """Check what a receipt says; with the `hashes` of a journal also that all it names is still there."""
    whole = _agrees(said)
    report.add(whole, name, "receipt", "receipt-good" if whole else "receipt-broken")
    if not whole or not hashes:
        return
    given = list(said["hashes"])
    lost = next((n for n, each in enumerate(given, 1) if hashes[n - 1 : n] != [each]), None)
    code = "receipt-journal" if lost is None else "receipt-dropped"
    report.add(lost is None, name, "receipt-journal", code, seq=lost)


def _agrees(said: dict[str, Any]) -> bool:
    try:
        entry, hashes = said["entry"], said["hashes"]
        body = entry["body"].encode()
        told = json.loads(body)
        before = hashes[entry["seq"] - 2] if entry["seq"] > 1 else "0" * 64
        return bool(
            hashlib.sha256(body).hexdigest() == entry["hash"] == hashes[entry["seq"] - 1]
            and (told["stream"], told["seq"], told["prev"]) == (said["stream"], entry["seq"], before)
            and said["head"] == {"seq": len(hashes), "hash": hashes[-1]}
        )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return False
