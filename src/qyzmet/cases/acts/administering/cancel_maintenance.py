"""Announced maintenance does not take place, or is over before its time."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.deployment import administering, windows
from qyzmet.cases.models import Maintenance
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor

__all__ = ["cancel_maintenance"]


def cancel_maintenance(
    actor: Actor, maintenance: int, *, reason: str, now: datetime, key: str | None = None
) -> Maintenance:
    """Take the announcement down. Raises ActRefused `maintenance-over`. Cites: the reason."""
    allow.operator(actor)
    why = administering.reasoned(reason)
    with act("cancel-maintenance", actor, now=now, key=key, body=[maintenance, why]) as this:
        this.ledger.lock(["system"])
        row = Maintenance.objects.filter(pk=maintenance).first()
        if this.repeated and row is not None:
            return row
        if row is None or row.cancelled_at is not None or row.until <= now:
            raise refused("maintenance-over")
        row.cancelled_at = now
        row.save(update_fields=["cancelled_at"])
        said = {"reason": why, "no": row.pk, "before": {"since": row.since, "until": row.until}}
        this.record("system", "maintenance.cancelled", said)
        this.answer = {"maintenance": row.pk}
    windows.forget()
    return row
