"""Is the journal what was written? One sweep over every entry, then a close look at each stream that is not.

The sweep asks only whether a stream is intact: bytes against hash, hash against the next entry, columns and
numbers against bytes, payload against commitment, the stream's head, the seals kept outside the database.
What was done to a stream that is not intact is for `diagnosis` to say.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import connection

from qyzmet.cases.journal.diagnosis import diagnose
from qyzmet.cases.journal.entry_rows import Row, payload_state, read, said, snapshot, stamped
from qyzmet.cases.journal.findings import Report, Tampering, Unsealed
from qyzmet.cases.journal.seal_files import Sealed, read_seals

__all__ = ["verify"]

NOTHING = "0" * 64


def verify(seals: Path | None = None) -> Report:
    """Check the whole journal, against the seals in a folder when one is given.

    Without seals a chain that was rewritten to its end cannot be told from a true one. Raises OSError when
    the folder cannot be read.
    """
    with snapshot():
        sealed = read_seals(seals)
        report = Report(seals=len(sealed.seals), last_seal=sealed.last, key=sealed.key)
        report.tamperings += sealed.tamperings
        suspects = _Sweep(report, sealed).run()
        for stream in sorted(suspects | _heads_that_differ() | _cases_without_journal()):
            report.tamperings += diagnose(stream, sealed.checkpoints.get(stream, ()), sealed.until)
        report.tamperings += _orphans({t.stream for t in report.tamperings})
    return report


class _Sweep:
    """The fast pass. Its state is the stream being read: number, hash and moment of the entry before."""

    def __init__(self, report: Report, sealed: Sealed) -> None:
        self.report, self.sealed = report, sealed
        self.suspects: set[str] = set()
        self.stream = ""
        self.seq, self.prev, self.recorded = 0, NOTHING, ""
        self.checkpoints: dict[int, str] = {}
        self.sealed_to = 0
        self.missing = set(sealed.checkpoints)
        self.until = sealed.until.isoformat(timespec="microseconds") if sealed.until else ""

    def run(self) -> set[str]:
        """Read every entry; the names of the streams that are not intact."""
        entries = 0
        for page in read():
            entries += len(page)
            for plain in page:
                if plain[0] != self.stream:
                    self._leave()
                    self._enter(str(plain[0]))
                if not (self._whole(plain) or self._intact(Row._make(plain))):
                    self.suspects.add(self.stream)
        self._leave()
        self.report.entries = entries
        return self.suspects | self.missing

    def _enter(self, stream: str) -> None:
        self.stream = stream
        self.seq, self.prev, self.recorded = 0, NOTHING, ""
        found = self.sealed.checkpoints.get(stream, ())
        self.checkpoints = dict(found)
        self.sealed_to = found[-1][0] if found else 0
        self.missing.discard(stream)

    def _leave(self) -> None:
        if not self.stream:
            return
        self.report.streams += 1
        if self.seq < self.sealed_to:
            self.suspects.add(self.stream)
        if self.seq > self.sealed_to:
            self.report.unsealed.append(Unsealed(self.stream, self.sealed_to + 1, self.seq))

    def _whole(self, plain: Any) -> bool:
        """The short way: are the bytes exactly what the columns and the payload say, in their place?

        Everything but edition and post is known from elsewhere, so the bytes are compared and not read. What
        is not whole this way (an erased payload, a name with quotation marks) is looked at by `_intact`.
        """
        stream, seq, act, person, occurred, recorded, body, stored, _, salt, data, _, _ = plain
        hashed = sha256(body).digest()
        when = stamped(recorded)
        then = when if occurred == recorded else stamped(occurred)
        promise = sha256(salt + data.encode()).hexdigest() if salt and data is not None else ""
        text = body.decode(errors="replace")
        start = f'{{"act":"{act}","data":"{promise}","edition":"'
        end = (
            f'","prev":"{self.prev}","recorded_at":"{when}","seq":{self.seq + 1},"stream":"{stream}","v":1}}'
        )
        edition, middle, post = text[len(start) : -len(end)].partition(
            f'","occurred_at":"{then}","person":"{person}","post":"'
        )
        if (
            hashed != stored
            or seq != self.seq + 1
            or when < self.recorded
            or not (middle and text.startswith(start) and text.endswith(end))
            or not (_plain(edition) and _plain(post))
            or (seq <= self.sealed_to and seq in self.checkpoints)
            or (seq > self.sealed_to and when < self.until)
        ):
            return False
        self.seq, self.prev, self.recorded = seq, hashed.hex(), when
        return True

    def _intact(self, row: Row) -> bool:
        hashed = sha256(row.body).digest()
        told = said(row.body)
        before, last, after = self.prev, self.recorded, hashed.hex()
        expected, self.seq, self.prev = self.seq + 1, row.seq, after
        if told is None:
            return False
        self.recorded = told.recorded
        payload = payload_state(row, told.data)
        if payload == "erased":
            self.report.erased.append(f"{row.stream}#{row.seq}")
        return (
            hashed == row.hash
            and told.prev == before
            and row.seq == expected
            and told.seq == str(expected)
            and told.stream == row.stream
            and told.act == row.act
            and told.person == row.person
            and told.recorded == stamped(row.recorded)
            and told.occurred == stamped(row.occurred)
            and told.recorded >= last
            and payload != "altered"
            and (expected > self.sealed_to or self.checkpoints.get(expected, after) == after)
            and (expected <= self.sealed_to or told.recorded >= self.until)
        )


def _plain(text: str) -> bool:
    return '"' not in text and "\ufffd" not in text


def _heads_that_differ() -> set[str]:
    """Streams whose head is not their last entry, and streams that have entries beyond it or no head at
    all."""
    return _names(
        "SELECT s.name FROM cases_stream s LEFT JOIN cases_entry e ON e.stream = s.name AND e.seq = s.seq"
        " WHERE s.seq > 0 AND (e.hash IS NULL OR e.hash <> s.head)"
    ) | _names(
        "SELECT DISTINCT e.stream FROM cases_entry e LEFT JOIN cases_stream s ON s.name = e.stream"
        " WHERE s.seq IS NULL OR e.seq > s.seq"
    )


def _cases_without_journal() -> set[str]:
    return _names(
        "SELECT 'case:' || c.id FROM cases_case c"
        " WHERE NOT EXISTS (SELECT 1 FROM cases_entry e WHERE e.stream = 'case:' || c.id)"
    )


def _orphans(known: set[str]) -> list[Tampering]:
    """Payloads whose entry is gone, in streams where nothing else was found."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.stream, p.seq FROM cases_payload p WHERE NOT EXISTS"
            " (SELECT 1 FROM cases_entry e WHERE e.stream = p.stream AND e.seq = p.seq)"
            " ORDER BY p.stream, p.seq"
        )
        return [
            Tampering("deleted", stream, seq, seq, "its payload is there and the entry is not")
            for stream, seq in cursor.fetchall()
            if stream not in known
        ]


def _names(sql: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {str(row[0]) for row in cursor.fetchall()}
