"""What was done to a stream that is not intact: named from all that is left of it.

Evidence is weighed from the entry outwards: bytes against hash (edited), the places entries claim (deleted,
inserted, reordered), the chain (replaced), the order of time (back-dated), the head (tail cut), and the
seals, which alone can tell a chain rewritten to its end. What follows from a finding is not reported again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from qyzmet.cases import rows
from qyzmet.cases.journal.entry_rows import Row, Said, digest, payload_state, read, said, stamped
from qyzmet.cases.journal.findings import Kind, Tampering
from qyzmet.cases.models import Stream

__all__ = ["diagnose"]

NOTHING = "0" * 64


class _Read(NamedTuple):
    """A row with what its bytes say and their hash."""

    row: Row
    told: Said
    hash: str

    @property
    def claims(self) -> int:
        return int(self.told.seq)


def diagnose(stream: str, checkpoints: Sequence[tuple[int, str]], until: datetime | None) -> list[Tampering]:
    """Everything found in one stream. `checkpoints` are (count, head) of the seals; `until` the last
    one's."""
    lying = [Row._make(plain) for page in read(stream) for plain in page]
    head = next(iter(rows.select(Stream, "WHERE name = %s", [stream])), None)
    return _Diagnosis(stream, lying, head if head and head.seq else None, checkpoints, until).run()


class _Diagnosis:
    def __init__(
        self,
        stream: str,
        lying: list[Row],
        head: Stream | None,
        checkpoints: Sequence[tuple[int, str]],
        until: datetime | None,
    ) -> None:
        self.stream, self.lying, self.head = stream, lying, head
        self.checkpoints, self.until = checkpoints, until
        self.found: list[Tampering] = []
        self.blamed: set[int] = set()

    def run(self) -> list[Tampering]:
        if not self.lying:
            self._missing()
            return self.found
        legible = self._bytes()
        in_place = self._places(legible)
        if in_place:
            self._chain(legible)
            self._times(legible)
        self._head()
        self._seals()
        self._payloads(legible)
        return self.found

    def say(self, kind: Kind, first: int, text: str, last: int | None = None) -> None:
        self.found.append(Tampering(kind, self.stream, first, last or first, text))
        self.blamed.update(range(first, (last or first) + 1))

    def _missing(self) -> None:
        sealed = self.checkpoints[-1][0] if self.checkpoints else 0
        count = max(sealed, self.head.seq if self.head else 0)
        who = "a seal" if sealed else "its head" if self.head else "its case"
        text = (
            f"{who} knows the stream" + (f" with {count} entries" if count else "") + ", and no entry is left"
        )
        self.found.append(Tampering("stream-missing", self.stream, 0, 0, text))

    def _bytes(self) -> list[_Read]:
        """Each entry by itself; those whose bytes can still be read and are their own."""
        legible: list[_Read] = []
        for row in self.lying:
            told = said(row.body)
            hashed = digest(row)
            if told is None:
                self.say("edited", row.seq, "its bytes are not an entry of the journal")
                continue
            if hashed != bytes(row.hash):
                self.say("edited", row.seq, "its bytes no longer give the hash stored with them")
            elif told.stream != row.stream:
                self.say("inserted", row.seq, f"it was written for the stream {told.stream}")
            else:
                self._columns(row, told)
            legible.append(_Read(row, told, hashed.hex()))
        return legible

    def _columns(self, row: Row, told: Said) -> None:
        pairs = (
            ("act", row.act, told.act),
            ("person", row.person, told.person),
            ("occurred_at", stamped(row.occurred), told.occurred),
            ("recorded_at", stamped(row.recorded), told.recorded),
        )
        for name, column, truth in pairs:
            if column != truth:
                self.say("edited", row.seq, f"its column {name} says {column} and its bytes say {truth}")

    def _places(self, legible: list[_Read]) -> bool:
        """Numbers against positions. False when the order itself is broken: the chain then says no more."""
        columns = {row.seq for row in self.lying}
        holes = sorted(set(range(1, max(columns) + 1)) - columns)
        for first, last in _runs(holes):
            self.say("deleted", first, "the entries around it are there and it is not", last)
        claims = Counter(each.claims for each in legible)
        if all(each.claims == each.row.seq for each in legible):
            return not holes
        doubles = {claim for claim, times in claims.items() if times > 1}
        for claim in sorted(doubles):
            stranger = self._stranger([each for each in legible if each.claims == claim], legible)
            self.say("inserted", stranger.row.seq, f"another entry already stands as number {claim}")
        lost = sorted(set(range(1, max(claims) + 1)) - set(claims) - set(holes) - self.blamed)
        for first, last in _runs(lost):
            self.say("deleted", first, "those after it were moved up into its place", last)
        if not doubles and not lost:
            for each in legible:
                if each.claims != each.row.seq and each.row.seq not in self.blamed:
                    self.say("reordered", each.row.seq, f"by its bytes it is number {each.claims}")
        return False

    def _stranger(self, rivals: list[_Read], legible: list[_Read]) -> _Read:
        """Of entries claiming one place, the one the next entry does not follow; else the one added last."""
        followed = {each.told.prev for each in legible}
        strangers = [each for each in rivals if each.hash not in followed]
        return max(strangers or rivals, key=lambda each: each.row.id)

    def _chain(self, legible: list[_Read]) -> None:
        """Links that do not hold: an entry that fits neither neighbour was replaced, else the earlier of
        two."""
        if legible[0].told.prev != NOTHING and legible[0].row.seq not in self.blamed:
            self.say("replaced", legible[0].row.seq, "it is not the beginning of a stream")
        broken = [
            legible[i + 1].told.prev != legible[i].hash and legible[i + 1].row.seq == legible[i].row.seq + 1
            for i in range(len(legible) - 1)
        ]
        place = 0
        while place < len(broken):
            if broken[place]:
                both = place + 1 < len(broken) and broken[place + 1]
                culprit = legible[place + 1 if both else place].row.seq
                if not {culprit, legible[place].row.seq, legible[place + 1].row.seq} & self.blamed:
                    self.say(
                        "replaced", culprit, "the entries beside it were chained to another in its place"
                    )
                place += both
            place += 1

    def _times(self, legible: list[_Read]) -> None:
        sealed = self.checkpoints[-1][0] if self.checkpoints else 0
        until = self.until.isoformat(timespec="microseconds") if self.until else ""
        last = ""
        for each in legible:
            recorded, seq = each.told.recorded, each.row.seq
            if recorded < last:
                self.say("back-dated", seq, f"it says {recorded}, and the entry before it {last}")
            elif seq > sealed and recorded < until:
                self.say("back-dated", seq, f"it says {recorded}, but the seals up to {until} do not have it")
            last = max(last, recorded)

    def _head(self) -> None:
        last = self.lying[-1]
        if self.head is None:
            kind: Kind = "edited" if self.checkpoints else "inserted"
            text = (
                "the head of the stream is gone"
                if self.checkpoints
                else "no act began this stream: it has no head"
            )
            self.found.append(Tampering(kind, self.stream, 0, 0, text))
        elif self.head.seq > last.seq:
            self.say(
                "tail-cut", last.seq + 1, f"the stream's head counts {self.head.seq} entries", self.head.seq
            )
        elif self.head.seq < last.seq:
            if not self.blamed:
                text = f"the stream's head counts {self.head.seq} entries"
                self.say("inserted", self.head.seq + 1, text, last.seq)
        elif bytes(self.head.head) != digest(last) and not self.blamed:
            self.say("replaced", last.seq, "the stream's head was chained to another entry in its place")

    def _seals(self) -> None:
        by_seq = {row.seq: digest(row).hex() for row in self.lying}
        good = 0
        for count, head in self.checkpoints:
            if by_seq.get(count) == head:
                good = count
            elif count not in by_seq and count > self.lying[-1].seq:
                first = self.lying[-1].seq + 1
                if not any(t.kind == "tail-cut" for t in self.found):
                    self.say("tail-cut", first, f"a seal counts {count} entries", count)
            elif not any(seq <= count for seq in self.blamed):
                text = f"its chain holds, but a seal has another entry {count}"
                self.say("chain-rewritten", good + 1, text, count)

    def _payloads(self, legible: list[_Read]) -> None:
        for each in legible:
            seq = each.row.seq
            if (
                seq == each.claims
                and seq not in self.blamed
                and payload_state(each.row, each.told.data) == "altered"
            ):
                self.say("payload-altered", seq, "its payload is not the one it was written with")


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Numbers in order as (first, last) of each unbroken run."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
