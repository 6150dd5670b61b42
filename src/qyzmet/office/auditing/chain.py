"""A stream of the journal, entry by entry, with what each one's bytes prove."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from qyzmet.cases.journal.diagnosis import diagnose
from qyzmet.cases.journal.entry_rows import Row, payload_state, read, said
from qyzmet.cases.journal.findings import Tampering

__all__ = ["Link", "broken", "links"]

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """One entry. `holds`: its bytes give its hash and name the hash before it, in their place; `payload`:
    kept, none, erased or altered; `data`: the payload as it is stored, empty once erased."""

    seq: int
    act: str
    person: str
    post: str
    occurred: datetime | None
    recorded: datetime | None
    edition: str
    hash: str
    prev: str
    holds: bool
    payload: str
    data: str


def links(stream: str) -> list[Link]:
    """Every entry of a stream, in order."""
    return list(_links(stream))


def broken(stream: str) -> list[Tampering]:
    """What is not as it was written, for a stream whose links do not all hold; no seals are asked."""
    return diagnose(stream, (), None)


def _links(stream: str) -> Iterator[Link]:
    before, place = FIRST, 0
    for page in read(stream):
        for plain in page:
            row, place = Row._make(plain), place + 1
            link = _link(row, before, place)
            before = link.hash
            yield link


def _link(row: Row, before: str, place: int) -> Link:
    told, hashed = said(bytes(row.body)), sha256(bytes(row.body)).digest()
    in_place = told is not None and (told.stream, told.seq, told.prev) == (row.stream, str(place), before)
    payload = payload_state(row, told.data) if told else "altered"
    return Link(
        seq=row.seq,
        act=told.act if told else row.act,
        person=told.person if told else row.person,
        post=told.post if told else "",
        occurred=datetime.fromisoformat(told.occurred) if told else None,
        recorded=datetime.fromisoformat(told.recorded) if told else None,
        edition=told.edition if told else "",
        hash=hashed.hex(),
        prev=told.prev if told else "",
        holds=in_place and hashed == bytes(row.hash) and payload != "altered",
        payload=payload,
        data=_indented(row.data),
    )


def _indented(data: str | None) -> str:
    return json.dumps(json.loads(data), ensure_ascii=False, indent=1) if data else ""
