"""A substitution ends before its day."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.acts.substitute import may_order
from qyzmet.cases.deployment import administering
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.people.models import Substitution

__all__ = ["end_substitution"]


def end_substitution(
    actor: Actor, substitution: int, *, reason: str, now: datetime, key: str | None = None
) -> None:
    """Let a substitute stop now; one that has not begun is struck out. The order it rested on stays
    journaled.

    The head of that organisation ends it, or an administrator. Raises ActRefused `substitution-over`.
    Cites: the reason, an order.
    """
    why = administering.reasoned(reason)
    with act("end-substitution", actor, now=now, key=key, body=[substitution, why]) as this:
        found = Substitution.objects.select_related("holding").filter(pk=substitution).first()
        if found is None:
            allow.operator(actor)
            raise refused("substitution-over")
        may_order(actor, found.holding_id)
        stream = f"organisation:{found.holding.organisation_id}"
        this.ledger.lock([stream])
        row = Substitution.objects.select_related("holding").filter(pk=substitution).first()
        if this.repeated:
            return
        if row is None or row.until <= now:
            raise refused("substitution-over")
        former = {"since": row.since, "until": row.until}
        _stop(row, now)
        said = {"post": row.holding.post, "by": row.substitute_id, "order": row.order}
        this.record(stream, "post.substitution-ended", {"reason": why, **said, "before": former})
        this.answer = {"substitution": substitution}


def _stop(row: Substitution, now: datetime) -> None:
    if row.since >= now:
        row.delete()
        return
    row.until = now
    row.save(update_fields=["until"])
