"""Entries as they lie in the database, read in one sweep with their payloads, for whoever checks them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import NamedTuple

from django.db import connection, transaction

from qyzmet.cases.journal import commitment, decode, encode

__all__ = ["Row", "Said", "payload_state", "read", "said", "snapshot", "stamped"]

PAGE = 5_000
COLUMNS = (
    "e.stream, e.seq, e.act, e.person, {occurred}, {recorded}, e.body, e.hash,"
    " p.id, p.salt, p.data, p.erased IS NOT NULL, e.id"
)
MOMENT = {
    # Text: what the column says, without the price of making it a moment.
    "sqlite": "e.{0} || ''",
    "postgresql": "to_char(e.{0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')",
}


class Row(NamedTuple):
    """An entry with its payload; moments are text as the database gives it (see `stamped`)."""

    stream: str
    seq: int
    act: str
    person: str
    occurred: str
    recorded: str
    body: bytes
    hash: bytes
    payload: int | None
    salt: bytes | None
    data: str | None
    erased: bool
    id: int


class Said(NamedTuple):
    """What an entry's bytes say, as text, in the order in which they say it."""

    act: str
    data: str
    edition: str
    occurred: str
    person: str
    post: str
    prev: str
    recorded: str
    seq: str
    stream: str


_canonical = re.compile(
    r'\{"act":"([^"\\]*)","data":"([0-9a-f]*)","edition":"([^"\\]*)","occurred_at":"([^"\\]*)",'
    r'"person":"([^"\\]*)","post":"([^"\\]*)","prev":"([0-9a-f]{64})","recorded_at":"([^"\\]*)",'
    r'"seq":(\d+),"stream":"([^"\\]*)","v":1\}'
).fullmatch


def said(body: bytes) -> Said | None:
    """Read an entry's bytes; None when they are not what `journal.encode` writes."""
    try:
        found = _canonical(body.decode())
        return Said._make(found.groups()) if found else _decoded(body)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _decoded(body: bytes) -> Said | None:
    record = decode(body)
    if encode(record) != body:
        return None
    occurred, recorded = (
        m.isoformat(timespec="microseconds") for m in (record.occurred_at, record.recorded_at)
    )
    return Said(
        record.act, record.data, record.edition, occurred, record.person, record.post, record.prev.hex(),
        recorded, str(record.seq), record.stream,
    )  # fmt: skip


def stamped(column: str) -> str:
    """A moment as the bytes of an entry write it, from the text the database gives."""
    if column[10:11] == "T":
        return f"{column}+00:00"
    micro = column[19:26] or ".000000"
    return f"{column[:10]}T{column[11:19]}{micro}+00:00"


def payload_state(row: Row, data: str) -> str:
    """`kept`, `none`, `erased` or `altered`, for an entry that commits to `data`."""
    if not data:
        return "none" if row.payload is None else "altered"
    if row.payload is None:
        return "altered"
    if row.salt is None and row.data is None:
        return "erased" if row.erased else "altered"
    if row.salt is None or row.data is None:
        return "altered"
    return "kept" if commitment(bytes(row.salt), row.data) == data else "altered"


def digest(row: Row) -> bytes:
    """SHA-256 of the bytes that are there now."""
    return sha256(row.body).digest()


def read(stream: str | None = None) -> Iterator[Sequence[tuple[object, ...]]]:
    """Every entry (of one stream) by stream and number, in pages of bare tuples in the order of `Row`."""
    columns = COLUMNS.format(
        **{n: MOMENT[connection.vendor].format(f"{n}_at") for n in ("occurred", "recorded")}
    )
    where, params = ("WHERE e.stream = %s", [stream]) if stream is not None else ("", [])
    sql = (
        f"SELECT {columns} FROM cases_entry e"  # noqa: S608
        " LEFT JOIN cases_payload p ON p.stream = e.stream AND p.seq = e.seq"
        f" {where} ORDER BY e.stream, e.seq, e.id"
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while page := cursor.fetchmany(PAGE):
            yield page


@contextmanager
def snapshot() -> Iterator[None]:
    """One view of the database for as long as it takes; writers go on."""
    if connection.in_atomic_block:
        yield  # whoever began the transaction has set what it sees
        return
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # Django would begin a writing transaction here; a deferred one reads and is in nobody's way.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
