"""The bytes of a journal entry: how they are written, chained and committed to.

An entry is canonical JSON (keys sorted, no spaces, UTF-8) of `v, stream, seq, prev, occurred_at, recorded_at,
act, post, person, edition, data`. `prev` is the hash of the entry before it in the stream, 64 zeros for the
first; `data` is the commitment to the payload, empty when there is none. The hash is SHA-256 of these bytes.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from json.encoder import encode_basestring as _text
from typing import NamedTuple

__all__ = ["FIRST", "VERSION", "Record", "commitment", "decode", "encode", "hash_of", "payload_text"]

VERSION = 1
FIRST = bytes(32)
"""What stands for the hash before the first entry of a stream."""

_dump = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode


class Record(NamedTuple):
    """An entry before it is bytes. `post` is `organisation/post`, empty for a party or the system."""

    stream: str
    seq: int
    prev: bytes
    occurred_at: datetime
    recorded_at: datetime
    act: str
    post: str
    person: str
    edition: str
    data: str


def encode(record: Record) -> bytes:
    """The exact bytes that are stored and hashed."""
    stream, seq, prev, occurred, recorded, act, post, person, edition, data = record
    return (
        f'{{"act":{_text(act)},"data":{_text(data)},"edition":{_text(edition)},"occurred_at":"{_stamp(occurred)}"'
        f',"person":{_text(person)},"post":{_text(post)},"prev":"{prev.hex()}","recorded_at":"{_stamp(recorded)}"'
        f',"seq":{seq},"stream":{_text(stream)},"v":{VERSION}}}'
    ).encode()


def decode(body: bytes) -> Record:
    """Read stored bytes back. Raises ValueError or KeyError when they are not an entry."""
    said = json.loads(body)
    if said.pop("v") != VERSION:
        raise ValueError("the entry is written in a version this program does not know")
    said["prev"] = bytes.fromhex(said["prev"])
    for name in ("occurred_at", "recorded_at"):
        said[name] = datetime.fromisoformat(said[name])
    return Record(**said)


def hash_of(body: bytes) -> bytes:
    """SHA-256 of an entry's bytes."""
    return hashlib.sha256(body).digest()


def payload_text(data: object) -> str:
    """The payload as it is stored and committed to."""
    return _dump(data)


def commitment(salt: bytes, text: str) -> str:
    """What an entry says of its payload: hex of SHA-256 over salt and text. The salt keeps short texts
    unguessed."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
