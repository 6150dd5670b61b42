"""Work on many cases at once: one dispatch, one signature prompt, one sitting, one set of orders.

A batch is a list of open tasks and what is to be done with each; it runs as one act per item, a few items at
a time, and keeps a result per item. Stopped anywhere, it goes on where it stopped: an item done and not yet
marked is found done by its key.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from qyzmet.cases.acts.complete import complete
from qyzmet.cases.lock import writing
from qyzmet.cases.models import Batch, BatchItem
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed import Signed
from qyzmet.people.actor import Actor

__all__ = ["CHUNK", "counts", "run_chunk"]

CHUNK = 50


def run_chunk(batch: Batch, actor: Actor, *, now: datetime) -> int:
    """Carry out the next items of a batch; how many. Call again until 0.

    Each item is an act of its own by the one who made the batch; a refusal is that item's result and holds up
    no other.
    """
    waiting = list(
        BatchItem.objects.filter(batch=batch, done_at__isnull=True)
        .select_related("case")
        .order_by("place")[:CHUNK]
    )
    for item in waiting:
        _mark(item, _carry_out(batch, item, actor, now), now)
    if not waiting and batch.finished_at is None:
        with writing(), transaction.atomic():
            Batch.objects.filter(pk=batch.pk, finished_at__isnull=True).update(finished_at=now)
    return len(waiting)


def counts(batch: Batch) -> dict[str, int]:
    """How many items are done, refused and still waiting."""
    results = list(BatchItem.objects.filter(batch=batch).values_list("result", flat=True))
    done = sum(1 for result in results if result and "done" in result)
    refused = sum(1 for result in results if result and "refused" in result)
    return {"done": done, "refused": refused, "waiting": len(results) - done - refused}


def _carry_out(batch: Batch, item: BatchItem, actor: Actor, now: datetime) -> dict[str, Any]:
    said = batch.params
    try:
        complete(
            actor,
            item.case.ref,
            item.no,
            said["outcome"],
            now=now,
            output=said.get("output") or {},
            grounds=said.get("grounds") or (),
            signed=_signed(batch, item),
            key=f"batch:{batch.pk}:{item.place}",
        )
    except ActRefused as refusal:
        return {"refused": refusal.code, "text": refusal.text, "clause": refusal.clause}
    return {"done": said["outcome"]}


def _signed(batch: Batch, item: BatchItem) -> Signed | None:
    """One prompt signs many decisions, each over its own bytes: this item's signature."""
    kept = (batch.signature or {}).get(item.case.ref)
    return Signed.from_json(kept) if kept else None


def _mark(item: BatchItem, result: dict[str, Any], now: datetime) -> None:
    with writing(), transaction.atomic():
        BatchItem.objects.filter(pk=item.pk, done_at__isnull=True).update(result=result, done_at=now)
