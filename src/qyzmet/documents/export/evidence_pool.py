"""Evidence of many verdicts, each certificate, list and answer once, under the hash of its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from qyzmet.documents.export.members import Member, as_json
from qyzmet.signatures import SignatureError, Verdict, read_certificate

__all__ = ["Pool"]

KINDS = {"certificates": "cer", "crls": "crl", "ocsps": "ocsp"}


class Pool:
    """Gathers evidence."""

    def __init__(self) -> None:
        self._found: dict[str, bytes] = {}

    def record(self, name: str, title: Any, verdict: Verdict, content: str, signature: str) -> Member:
        """The file of a verdict: its evidence is named, not repeated. `content`, `signature`: files."""
        said = verdict.to_json()
        said["evidence"] = {
            "signature": signature,
            "roots": list(verdict.evidence.roots),
            **{kind: self._named(getattr(verdict.evidence, kind), KINDS[kind]) for kind in KINDS},
        }
        record = {"v": 1, "content": content, "verdict": said}
        return Member(name, "verdicts", title, as_json(record))

    def members(self) -> Iterator[Member]:
        """The evidence, by name; a certificate is titled with whose it is."""
        for name, data in sorted(self._found.items()):
            yield Member(name, "evidence", _subject(data) if name.endswith(".cer") else "", data)

    def _named(self, parts: Iterable[bytes], ending: str) -> list[str]:
        names = []
        for der in parts:
            name = f"evidence/{hashlib.sha256(der).hexdigest()}.{ending}"
            self._found[name] = der
            names.append(name)
        return names


def _subject(der: bytes) -> str:
    try:
        return read_certificate(der).subject.name
    except SignatureError:
        return ""
