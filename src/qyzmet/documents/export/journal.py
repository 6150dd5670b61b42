"""The journal of the case: the exact stored bytes of what may be shown, and the chain over all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qyzmet.cases import rows
from qyzmet.cases.models import Entry, Payload
from qyzmet.documents.export.members import Member, as_json
from qyzmet.documents.export.scope import Scope

__all__ = ["journal_members"]


def journal_members(scope: Scope) -> Iterator[Member]:
    """Entries, payloads and `chain.json`, which names every entry by hash and says what is not shown.

    `entry`: `kept` or `withheld`. `payload`: `kept`, `none`, `withheld`, or `erased` with rule and clause.
    """
    stream = scope.case.stream
    payloads = {p.seq: p for p in rows.select(Payload, "WHERE stream = %s", [stream])}
    links: list[dict[str, Any]] = []
    for entry in rows.select(Entry, "WHERE stream = %s ORDER BY seq", [stream]):
        payload = payloads.get(entry.seq)
        link = {"seq": entry.seq, "hash": bytes(entry.hash).hex(), "entry": "withheld", "payload": "withheld"}
        if scope.shows_entry(entry):
            link |= {"entry": "kept", "act": entry.act, **_payload(scope, entry, payload)}
            yield _entry(entry)
        if link["payload"] == "kept" and payload is not None:
            name = f"journal/{entry.seq:04d}.payload.json"
            yield Member(name, "journal", entry.act, str(payload.data).encode())
        links.append(link)
    head = {"seq": len(links), "hash": links[-1]["hash"] if links else "0" * 64}
    chain = {"v": 1, "stream": stream, "head": head, "entries": links}
    yield Member("journal/chain.json", "journal", stream, as_json(chain))


def _entry(entry: Entry) -> Member:
    return Member(f"journal/{entry.seq:04d}.entry.json", "journal", entry.act, bytes(entry.body))


def _payload(scope: Scope, entry: Entry, payload: Payload | None) -> dict[str, Any]:
    if payload is None:
        return {"payload": "none"}
    if payload.data is None or payload.salt is None:
        return {"payload": "erased", "erased": payload.erased}
    if not scope.shows_payload(entry, payload.data):
        return {"payload": "withheld"}
    return {"payload": "kept", "salt": bytes(payload.salt).hex()}
