"""A file of an exported case: its name, where it belongs, what it is, and where its bytes come from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from qyzmet.cases import blobs

__all__ = ["GROUPS", "Member", "as_json"]

GROUPS = (
    "documents", "attachments", "prepared", "signatures", "verdicts", "evidence", "journal", "seals", "dates",
    "law", "receipts", "verifier", "pages",
)  # fmt: skip
"""The parts of an exported case, in the order of the index; their names stand in `texts.yaml`."""
PIECE = 1 << 20


@dataclass(frozen=True)
class Member:
    """`title`: language → name, or one for all. `about`: what the verifier needs to know of it.

    `content` are its bytes; where they are None, those of the stored file `blob` (hex SHA-256).
    """

    name: str
    group: str
    title: Mapping[str, str] | str
    content: bytes | None = field(default=None, repr=False)
    blob: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)

    def chunks(self) -> Iterator[bytes]:
        """The bytes in pieces, each time anew. Raises BlobMissing, BlobErased, BlobDamaged."""
        if self.content is not None:
            yield self.content
            return
        with blobs.opened(self.blob) as file:
            while piece := file.read(PIECE):
                yield piece

    def listed(self) -> dict[str, Any]:
        """The line of the index."""
        hashed, size = hashlib.sha256(), 0
        for piece in self.chunks():
            hashed.update(piece)
            size += len(piece)
        said: dict[str, Any] = {"name": self.name, "group": self.group, "title": self.title}
        said |= {"size": size, "sha256": hashed.hexdigest()}
        return said | ({"about": dict(self.about)} if self.about else {})


def as_json(value: object) -> bytes:
    """JSON for people and programs, the same for the same value."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
