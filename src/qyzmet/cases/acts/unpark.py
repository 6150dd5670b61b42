"""A delivery that was given up is taken up again."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from qyzmet.cases import allow, rows
from qyzmet.cases.deployment import administering
from qyzmet.cases.models import Outbox
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["unpark"]


def unpark(actor: Actor, delivery: int, *, now: datetime, reason: str = "", key: str | None = None) -> Outbox:
    """Let a parked delivery be tried again from the beginning of its pauses; those behind it follow.

    The system's operator does this once the destination is mended; a person gives a reason. Raises
    ActRefused `delivery-unknown`.
    """
    allow.operator(actor)
    why = "" if actor.is_system else administering.reasoned(reason)
    with act("unpark", actor, now=now, key=key, body=[delivery]) as this:
        lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
        found = rows.select(Outbox, f"WHERE id = %s{lock}", [delivery])
        if this.repeated and found:
            return found[0]
        if not found or found[0].state != "parked":
            raise refused("delivery-unknown")
        row = found[0]
        row.state, row.attempts, row.next_at, row.lease = "waiting", 0, now, None
        rows.update(row, ("state", "attempts", "next_at", "lease"))
        said = {"destination": row.destination, "stream": row.stream, "seq": row.seq, "kind": row.kind}
        this.record("system", "delivery.unparked", {**said, "reason": why} if why else said)
        this.answer = {"delivery": delivery}
        return row
