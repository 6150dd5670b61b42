"""A hearing that has been set is moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.hearings import LAW, appointed, in_time, step_of
from qyzmet.cases.hearings.story import MOVED
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["move_hearing"]


def move_hearing(
    actor: Actor,
    ref: str,
    no: int,
    *,
    at: datetime,
    way: str,
    reason: str,
    place: str = "",
    offered: Sequence[datetime] = (),
    now: datetime,
    key: str | None = None,
) -> Case:
    """Set another time, way or place of a hearing that is still to take place or was called off, and tell the
    recipient why.

    It stays within two working days of the notice that was given. `no`: the open step of the hearing;
    `offered`: other moments the recipient may choose.
    Cites: APPC art. 73; O109 r352 §7 ¶3; O109 r352 §7 ¶4 s2; O109 r417 §15 ¶4 s2.
    """
    times = [each.isoformat() for each in offered]
    body = [ref, no, at.isoformat(), way, place, reason, *times]
    with act("move-hearing", actor, now=now, key=key, body=body) as this:
        held = hold(this, ref)
        if this.repeated:
            allow.sees(held)
            return held.case
        step_of(held, no)
        found = appointed(held)
        if not reason.strip():
            raise refused("hearing-why", LAW, hint={"field": "reason"})
        for each in (at, *offered):
            in_time(held, no, each, found.notified_at)
        said = {"hearing-at": at.isoformat(), "way": way, "place": place, "times": times}
        seq = held.record(MOVED, said | {"reason": reason.strip()[:2000]})
        this.send("mail", MOVED, held.case.stream, seq)
        this.answer = {"case": ref}
        return held.case
