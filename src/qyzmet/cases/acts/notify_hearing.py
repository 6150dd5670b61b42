"""The recipient is told of the preliminary decision and of the hearing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.hearings import in_time, step_of
from qyzmet.cases.hearings.story import OFFERED
from qyzmet.cases.hold import hold
from qyzmet.cases.models import Case
from qyzmet.cases.signed import Signed, proved
from qyzmet.cases.steps.finishing import Result, finish
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["notify_hearing"]


def notify_hearing(
    actor: Actor,
    ref: str,
    no: int,
    *,
    at: datetime,
    way: str,
    preliminary_decision: str,
    place: str = "",
    offered: Sequence[datetime] = (),
    now: datetime,
    signed: Signed | None = None,
    key: str | None = None,
) -> Case:
    """Send the notice of the hearing: the preliminary decision with its grounds, time and way (or place).

    The notice is due at the closing of the working day three before the term's last day; the hearing lies at
    most two working days after it. A notice that is late is still sent: the hearing stays obligatory, the
    term stays, and the case is marked in breach. `offered`: other moments, in time too, one of
    which the recipient may choose instead of `at`.
    Cites: APPC art. 73; O109 r352 §7 ¶3; O109 r352 §7 ¶4; O109 r417 §15 ¶3; O109 r417 §15 ¶4.
    """
    output = {"preliminary-decision": preliminary_decision, "hearing-at": at, "way": way}
    output |= {"place": place} if place else {}
    times = [each.isoformat() for each in offered]
    body = [ref, no, {**output, "hearing-at": at.isoformat()}, signed and signed.prepared, *times]
    proof = proved(signed, now=now)
    with act("notify-hearing", actor, now=now, key=key, body=body) as this:
        held = hold(this, ref)
        if this.repeated:
            allow.sees(held)
            return held.case
        token = step_of(held, no)
        for each in (at, *offered):
            in_time(held, no, each)
        finish(held, token, Result(output=output, proof=proof), code="hearing.notified")
        this.send("mail", "hearing.notified", held.case.stream, this.ledger.seq(held.case.stream))
        if times:
            held.record(OFFERED, {"times": times})
        this.answer = {"case": ref}
        return held.case
