"""The journal as one act writes it: streams locked, entries chained, all written together."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from qyzmet.cases import rows
from qyzmet.cases.journal import FIRST, Record, commitment, encode, hash_of, payload_text
from qyzmet.cases.models import Entry, Payload, Stream
from qyzmet.cases.refusals import refused
from qyzmet.people.actor import Actor

__all__ = ["Ledger"]

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
TURN = timedelta(minutes=5)
"""How long an act may have waited for its turn, or a round of the ticker last; shorter than `SETTLED` of the
seals. A clock that is further behind was moved back."""


class Ledger:
    """Entries of one act. Streams are locked when first touched; lock several at once so that two acts that
    share them take them in the same order. `now` moves on to the last entry of a stream it waited for."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.now = now
        self._streams: dict[str, Stream] = {}
        self._entries: list[Entry] = []
        self._payloads: list[Payload] = []

    def lock(self, names: Iterable[str]) -> None:
        """Lock streams by name, in order. Raises ActRefused `clock-back` when one was written well after
        now."""
        missing = sorted(set(names) - self._streams.keys())
        if not missing:
            return
        found = {each.name: each for each in _locked(missing)}
        for name in missing:
            stream = found.get(name) or rows.make(Stream, name=name, seq=0, head=FIRST, recorded_at=BEGINNING)
            self._not_before(stream.recorded_at)
            self._streams[name] = stream

    def not_before_seals(self) -> None:
        """Raise ActRefused `clock-back` when now lies before the last seal: nothing is added behind it."""
        found = rows.run("SELECT sealed_at FROM cases_seal ORDER BY no DESC LIMIT 1").fetchone()
        if found is not None:
            self._not_before(_utc(found[0]))

    def _not_before(self, written: datetime) -> None:
        if written - self.now > TURN:
            raise refused("clock-back", at=written, now=self.now)
        self.now = max(self.now, written)

    def begin(self, name: str) -> None:
        """Start a stream that cannot be there yet, without asking the database."""
        self._streams[name] = rows.make(Stream, name=name, seq=0, head=FIRST, recorded_at=BEGINNING)

    def seq(self, name: str) -> int:
        """The number of the last entry of a locked stream, 0 before the first."""
        return self._streams[name].seq

    def add(  # noqa: PLR0917 - the parts of an entry, in its own order
        self, name: str, code: str, data: Any, occurred: datetime, edition: str, actor: Actor
    ) -> int:
        """Chain an entry to a stream and return its number."""
        if name not in self._streams:
            self.lock([name])
        stream = self._streams[name]
        seq = stream.seq + 1
        text, salt = (payload_text(data), os.urandom(16)) if data is not None else ("", b"")
        body = encode(
            Record(
                stream=name,
                seq=seq,
                prev=bytes(stream.head),
                occurred_at=occurred,
                recorded_at=self.now,
                act=code,
                post=f"{actor.organisation}/{actor.post}" if actor.post else "",
                person=actor.person,
                edition=edition,
                data=commitment(salt, text) if text else "",
            )
        )
        digest = hash_of(body)
        self._entries.append(
            rows.make(Entry, stream=name, seq=seq, act=code, person=actor.person, occurred_at=occurred,
                recorded_at=self.now, body=body, hash=digest,
            )
        )  # fmt: skip
        if text:
            self._payloads.append(rows.make(Payload, stream=name, seq=seq, salt=salt, data=text))
        stream.seq, stream.head, stream.recorded_at = seq, digest, self.now
        return seq

    def write(self) -> None:
        """Write entries, payloads and the new heads."""
        written = {entry.stream for entry in self._entries}
        rows.insert(self._entries)
        rows.insert(self._payloads)
        rows.upsert([self._streams[name] for name in sorted(written)], "name")


def _utc(stored: datetime | str) -> datetime:
    moment = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _locked(names: list[str]) -> list[Stream]:
    marks = rows.marks(names)
    if connection.vendor == "sqlite":
        return rows.select(Stream, f"WHERE name IN ({marks})", names)
    with connection.cursor() as cursor:
        # A stream nobody has written yet needs a row to lock.
        row = ", ".join(["(%s, 0, %s, %s)"] * len(names))
        params = [each for name in names for each in (name, FIRST, BEGINNING)]
        cursor.execute(
            f"INSERT INTO cases_stream (name, seq, head, recorded_at) VALUES {row} ON CONFLICT DO NOTHING",  # noqa: S608
            params,
        )
    return rows.select(Stream, f"WHERE name IN ({marks}) ORDER BY name FOR UPDATE", names)
