"""A hearing as it stands: what its notice set, what was offered, chosen, moved and answered since.

All of it is read from the journal, so that a lawful erasure of the entries takes it away with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from qyzmet import clock
from qyzmet.cases import rows
from qyzmet.cases.dates import clocks
from qyzmet.cases.hearings.story import (
    ANSWERED,
    CALLED_OFF,
    CHOSEN,
    HOLD,
    NOTIFIED,
    OFFERED,
    Steps,
    Story,
    steps_of,
    stories,
)
from qyzmet.cases.models import Case, CaseState, Token

__all__ = ["ANSWERS", "WRITTEN", "Hearing", "hearing_of", "hearings_of", "latest"]

WRITTEN = "written"
ANSWERS = ("comes", "cannot", WRITTEN, "waives")


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
    return hearings_of([case]).get(case.pk)


def hearings_of(cases: Iterable[Case]) -> dict[int, Hearing]:
    """The same of many cases, by the case's id, with as many queries as for one."""
    known = {case.stream: case for case in cases}
    told = stories(list(known))
    steps = steps_of([known[stream].pk for stream in told])
    found: dict[int, Hearing] = {}
    for stream, story in told.items():
        case = known[stream]
        hearing = _read(case, steps.get(case.pk, ()), story)
        if hearing is not None:
            found[case.pk] = hearing
    return found


def latest(case: Case, no: int, notified: datetime) -> datetime | None:
    """The last lawful moment of a hearing whose notice went out then; None in a case without a term.

    `no`: its step, notice or hearing. Who decides hears, so the hours are those of the organisation that
    holds the step, as for the step's own limit, and not the provider's. Cites: O109 r352 §7 ¶4 s2.
    """
    if case.due is None:
        return None
    return _latest(case, no, notified, rows.select(Token, "WHERE case_id = %s AND no = %s", [case.pk, no]))


def _latest(case: Case, no: int, notified: datetime, steps: Steps) -> datetime | None:
    if case.due is None:
        return None
    held = next((step.organisation_id for step in steps if step.no == no), None)
    return clock.latest_hearing(clocks.door_of(held or case.provider_id), notified)


def _read(case: Case, steps: Steps, story: Story) -> Hearing | None:
    found: Hearing | None = None
    for code, occurred, said in story:
        if code == NOTIFIED:
            found = _set(case, steps, occurred, said)
        elif found is not None:
            found = _told(found, code, occurred, said)
    return _as_it_ended(case, steps, found) if found else None


def _set(case: Case, steps: Steps, occurred: datetime, said: dict[str, Any]) -> Hearing | None:
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
        latest=_latest(case, int(said["no"]), occurred, steps),
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


def _as_it_ended(case: Case, steps: Steps, found: Hearing) -> Hearing:
    """With the step of the hearing itself: open, completed, or gone with the case."""
    step = next((each for each in steps if each.step == HOLD and each.no > found.no), None)
    if step is None:
        return _over(found, "cancelled", case.ended_at) if case.state == CaseState.ENDED else found
    found = replace(found, no=step.no)
    if step.cancelled or (step.closed_at is None and case.state == CaseState.ENDED):
        return _over(found, "cancelled", step.closed_at or case.ended_at)
    return found if step.closed_at is None else _over(found, step.outcome or "held", step.closed_at)


def _over(found: Hearing, state: str, moment: datetime | None) -> Hearing:
    gone = state in {"cancelled", "waived"}
    sequence = found.sequence + 1 if gone else found.sequence
    return replace(found, state=state, sequence=sequence, changed_at=moment or found.changed_at)
