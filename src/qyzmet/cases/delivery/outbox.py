"""Carrying out what acts left to be done: deliveries in order per destination and stream, at least once.

A room that delivers registers its destination; what it has none for waits:

    @destination("documents")
    def issue(delivery: Delivery) -> None: ...

A worker takes the first delivery of a stream under a lease, hands it over outside any transaction, and marks
it sent. Killed in between, it is handed over again: a destination must do the same thing once for the same
`(stream, seq, kind, ref)`. What fails is tried again after growing pauses (`outbox.yaml`) and then parked; it
holds up its own stream only, because what follows would arrive out of order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

import structlog
from django.db import connection, transaction

from qyzmet.cases import rows
from qyzmet.cases.delivery import breakers
from qyzmet.cases.delivery.pauses import patience
from qyzmet.cases.lock import writing
from qyzmet.cases.models import Outbox

__all__ = ["Delivery", "deliver_due", "destination", "destinations"]

log = structlog.get_logger("qyzmet.work")
LONGEST_ERROR = 2_000


class Delivery(NamedTuple):
    """What a destination is given: entry `seq` of `stream` says what happened; `attempt` counts from 1."""

    id: int
    stream: str
    seq: int
    kind: str
    ref: str
    attempt: int
    now: datetime


Handler = Callable[[Delivery], None]
_registered: dict[str, Handler] = {}


def destination(name: str) -> Callable[[Handler], Handler]:
    """Register who delivers to a destination. Raises ValueError when another does."""

    def give(handler: Handler) -> Handler:
        if _registered.get(name, handler) is not handler:
            raise ValueError(f"two handlers deliver to {name!r}; keep one")
        _registered[name] = handler
        return handler

    return give


def destinations() -> tuple[str, ...]:
    """The destinations that have a handler."""
    return tuple(sorted(_registered))


def deliver_due(now: datetime, only: Iterable[str] | None = None) -> int:
    """Take what is due and hand it over; how many deliveries were tried. Call again until it gives 0."""
    open_ones = breakers.closed_for(destinations() if only is None else only, now)
    taken = _take(open_ones, now) if open_ones else []
    broken: set[str] = set()
    for row in taken:
        if row.destination in broken:
            _give_back(row)
        elif not _hand_over(row, now):
            broken |= breakers.failed(row.destination, now, row.last_error)
    return len(taken)


def _take(names: Iterable[str], now: datetime) -> list[Outbox]:
    """Lease the first waiting delivery of each stream; none where an earlier one waits or is parked."""
    wanted = list(names)
    marks = rows.marks(wanted)
    skip = " FOR UPDATE OF cases_outbox SKIP LOCKED" if connection.vendor == "postgresql" else ""
    tail = (
        f"WHERE destination IN ({marks}) AND state = 'waiting' AND next_at <= %s"  # noqa: S608
        " AND (lease IS NULL OR lease <= %s)"
        " AND NOT EXISTS (SELECT 1 FROM cases_outbox p WHERE p.destination = {t}.destination"
        " AND p.stream = {t}.stream AND p.state <> 'sent' AND p.id < {t}.id)"
        f" ORDER BY id LIMIT %s{skip}"
    )
    with writing(), transaction.atomic():
        taken = rows.select(Outbox, tail, [*wanted, now, now, patience().at_once])
        for row in taken:
            row.lease = now + patience().lease
            row.attempts += 1
            rows.update(row, ("lease", "attempts"))
    return taken


def _hand_over(row: Outbox, now: datetime) -> bool:
    delivery = Delivery(row.pk, row.stream, row.seq, row.kind, row.ref, row.attempts, now)
    try:
        _registered[row.destination](delivery)
    except Exception as problem:  # whatever it raises is written down and tried again
        _failed(row, now, f"{type(problem).__name__}: {problem}")
        return False
    _mark(row, state="sent", lease=None, last_error="")
    breakers.succeeded(row.destination)
    return True


def _failed(row: Outbox, now: datetime, error: str) -> None:
    pause = patience().after(row.attempts)
    log.warning("delivery.failed", destination=row.destination, stream=row.stream, seq=row.seq, kind=row.kind,
                attempt=row.attempts, error=error, parked=pause is None)  # fmt: skip
    state = "parked" if pause is None else "waiting"
    _mark(
        row, state=state, lease=None, next_at=now + pause if pause else now, last_error=error[:LONGEST_ERROR]
    )


def _give_back(row: Outbox) -> None:
    """The breaker opened meanwhile: the delivery was not tried, so the attempt does not count."""
    _mark(row, lease=None, attempts=row.attempts - 1)


def _mark(row: Outbox, **values: object) -> None:
    """Write what became of a delivery, unless its lease ran out and another worker has it now."""
    held = row.lease
    row.__dict__.update(values)
    with writing(), transaction.atomic():
        current = rows.select(
            Outbox, "WHERE id = %s" + (" FOR UPDATE" if connection.vendor == "postgresql" else ""), [row.pk]
        )
        if current and current[0].lease == held and current[0].state == "waiting":
            rows.update(row, sorted(values))
