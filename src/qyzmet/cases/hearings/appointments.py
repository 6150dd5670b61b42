"""A hearing as it stands: what its notice set, what was offered, chosen, moved and answered since.

All of it is read from the journal, so that a lawful erasure of the entries takes it away with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from qyzmet import clock
from qyzmet.cases import rows
from qyzmet.cases.dates import clocks
from qyzmet.cases.models import Case, CaseState, Entry, Payload, Token

__all__ = [
    "ANSWERED",
    "ANSWERS",
    "CHOSEN",
    "HOLD",
    "MOVED",
    "NOTICE",
    "NOTIFIED",
    "OFFERED",
    "WRITTEN",
    "Hearing",
    "hearing_of",
    "latest",
]

NOTIFIED, OFFERED, CHOSEN = "hearing.notified", "hearing.offered", "hearing.chosen"
MOVED, ANSWERED, CALLED_OFF = "hearing.moved", "hearing.answered", "hearing.called-off"
STORY = (NOTIFIED, OFFERED, CHOSEN, MOVED, ANSWERED, CALLED_OFF)
WRITTEN = "written"
ANSWERS = ("comes", "cannot", WRITTEN, "waives")
NOTICE, HOLD = "hearing:notice", "hearing:hold"


@dataclass(frozen=True, slots=True)
class Hearing:
    """The last hearing of a case. `no`: its step; `at`, `way`, `place`: where it stands now.

    `offered`: other moments the recipient may choose. `sequence` grows with every change of it. `state`:
    `set`, `held`, `waived`, `absent`, `cancelled` (called off, or gone with the case). `answer`: empty or
    one of ANSWERS, with what was `said`. `latest`: the last lawful moment for it (O109 r352 §7 ¶4 s2).
    """

    no: int
    at: datetime
    way: str
    place: str
    preliminary: str
    notified_at: datetime
    changed_at: datetime
    latest: datetime | None = None
    offered: tuple[datetime, ...] = ()
    sequence: int = 0
    state: str = "set"
    answer: str = ""
    said: str = ""

    @property
    def open(self) -> bool:
        """Whether it is still to take place."""
        return self.state == "set"

    def choices(self, now: datetime) -> tuple[datetime, ...]:
        """The moments that can still be chosen, the one it is set for among them, in order."""
        return tuple(sorted(each for each in {self.at, *self.offered} if each > now))

    def awaits_minutes(self, now: datetime) -> bool:
        """Whether its time has passed and the minutes are not written: nothing is left to choose."""
        return self.open and self.at <= now and (self.answer == "comes" or not self.choices(now))

    def answers(self, now: datetime) -> tuple[str, ...]:
        """Those of ANSWERS that are still taken. Once its time has passed there is nothing to come to and
        nothing to waive; a position in writing is taken for the whole two working days from the notice in
        which the recipient may object. Cites: APPC art. 73; O109 r352 §7 ¶4 s2."""
        if not self.open:
            return ()
        if not self.awaits_minutes(now):
            return ANSWERS
        return (WRITTEN,) if self.latest is None or now <= self.latest else ()


def hearing_of(case: Case) -> Hearing | None:
    """The last hearing a notice of this case set; None before a notice, and once the journal is erased."""
    found: Hearing | None = None
    for code, occurred, said in _story(case):
        if code == NOTIFIED:
            found = _set(case, occurred, said)
        elif found is not None:
            found = _told(found, code, occurred, said)
    return _as_it_ended(case, found) if found else None


def latest(case: Case, no: int, notified: datetime) -> datetime | None:
    """The last lawful moment of a hearing whose notice went out then; None in a case without a term.

    `no`: its step, notice or hearing. Who decides hears, so the hours are those of the organisation that
    holds the step, as for the step's own limit, and not the provider's. Cites: O109 r352 §7 ¶4 s2.
    """
    if case.due is None:
        return None
    steps = rows.select(Token, "WHERE case_id = %s AND no = %s", [case.pk, no])
    holder = (steps[0].organisation_id if steps else None) or case.provider_id
    return clock.latest_hearing(clocks.door_of(holder), notified)


def _story(case: Case) -> Iterator[tuple[str, datetime, dict[str, Any]]]:
    marks = ", ".join(["%s"] * len(STORY))
    entries = rows.select(
        Entry, f"WHERE stream = %s AND act IN ({marks}) ORDER BY seq", [case.stream, *STORY]
    )
    for entry in entries:
        kept = rows.select(Payload, "WHERE stream = %s AND seq = %s", [case.stream, entry.seq])
        yield entry.act, entry.occurred_at, json.loads(kept[0].data) if kept and kept[0].data else {}


def _set(case: Case, occurred: datetime, said: dict[str, Any]) -> Hearing | None:
    given = said.get("output") or {}
    if "hearing-at" not in given:
        return None
    return Hearing(
        no=int(said["no"]),
        at=datetime.fromisoformat(given["hearing-at"]),
        way=given.get("way", ""),
        place=given.get("place", ""),
        preliminary=given.get("preliminary-decision", ""),
        notified_at=occurred,
        changed_at=occurred,
        latest=latest(case, int(said["no"]), occurred),
    )


def _told(found: Hearing, code: str, occurred: datetime, said: dict[str, Any]) -> Hearing:
    if not said:
        return found
    offered = tuple(datetime.fromisoformat(each) for each in said.get("times", ()))
    if code == OFFERED:
        return replace(found, offered=offered)
    if code == ANSWERED:
        return replace(found, answer=said["answer"], said=said.get("said", ""))
    if code == CALLED_OFF:
        return _over(replace(found, offered=(), answer="", said=""), "cancelled", occurred)
    at, step = datetime.fromisoformat(said["hearing-at"]), found.sequence + 1
    if code == CHOSEN:
        left = (*found.offered, found.at)
        return replace(
            found, at=at, offered=left, answer="comes", said="", sequence=step, changed_at=occurred
        )
    return replace(
        found, at=at, way=said["way"], place=said["place"], offered=offered, answer="", said="",
        sequence=step, changed_at=occurred, state="set",
    )  # fmt: skip


def _as_it_ended(case: Case, found: Hearing) -> Hearing:
    """With the step of the hearing itself: open, completed, or gone with the case."""
    after = "WHERE case_id = %s AND step = %s AND no > %s ORDER BY no LIMIT 1"
    steps = rows.select(Token, after, [case.pk, HOLD, found.no])
    if not steps:
        return _over(found, "cancelled", case.ended_at) if case.state == CaseState.ENDED else found
    (step,) = steps
    found = replace(found, no=step.no)
    if step.cancelled or (step.closed_at is None and case.state == CaseState.ENDED):
        return _over(found, "cancelled", step.closed_at or case.ended_at)
    return found if step.closed_at is None else _over(found, step.outcome or "held", step.closed_at)


def _over(found: Hearing, state: str, moment: datetime | None) -> Hearing:
    gone = state in {"cancelled", "waived"}
    sequence = found.sequence + 1 if gone else found.sequence
    return replace(found, state=state, sequence=sequence, changed_at=moment or found.changed_at)
