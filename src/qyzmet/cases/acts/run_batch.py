"""An official does the same with many tasks in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qyzmet.cases import allow, batches, rows
from qyzmet.cases.models import Batch, BatchItem, Case
from qyzmet.cases.refusals import refused
from qyzmet.cases.signed import Signed, record_of
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.regulation.model.steps import DONE

__all__ = ["Together", "make_batch", "run_batch"]


LAST_STEP = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Together:
    """What is done with every task: `kind` dispatch, signature, sitting or orders; outcome, output, grounds.

    `signature`: case reference → the signature of its decision, all from one prompt.
    """

    kind: str = "dispatch"
    outcome: str = DONE
    output: Mapping[str, Any] = field(default_factory=dict)
    grounds: Sequence[Mapping[str, str]] = ()
    signature: Mapping[str, Signed] | None = None


def make_batch(
    actor: Actor, tasks: Sequence[tuple[str, int]], what: Together, *, now: datetime, key: str | None = None
) -> Batch:
    """Note which tasks (case reference, step number) are to be done together, before the first is.

    Raises ActRefused `batch-empty`, `not-your-act` for one who holds no post, `not-found` when the actor does
    not see one of the cases. Whether each task may be done is judged when it is.
    Cites: the step's own clause (`batch`).
    """
    if not tasks:
        raise refused("batch-empty")
    if not actor.is_official or actor.account is None or actor.organisation is None:
        raise refused("not-your-act")
    params = {"outcome": what.outcome, "output": dict(what.output), "grounds": list(what.grounds)}
    given = what.signature or {}
    body = [[list(task) for task in tasks], what.kind, params, {ref: s.prepared for ref, s in given.items()}]
    kept = {ref: {"prepared": s.prepared, "verdict": record_of(s, now=now)} for ref, s in given.items()}
    with act("make-batch", actor, now=now, key=key, body=body) as this:
        if this.repeated:
            return Batch.objects.get(pk=this.answer["batch"])
        made = Batch(
            kind=what.kind, organisation_id=actor.organisation, account_id=actor.account,
            post=actor.post or "", act="complete", params=params,
            signature=kept or None, created_at=now,
        )  # fmt: skip
        rows.insert_returning([made])
        BatchItem.objects.bulk_create(_items(made, actor, tasks), batch_size=500)
        said = {"batch": made.pk, "kind": what.kind, "outcome": what.outcome, "tasks": len(tasks)}
        this.record(f"batch:{made.pk}", "batch.made", said)
        this.answer = {"batch": made.pk}
        return made


def run_batch(actor: Actor, batch: Batch, *, now: datetime) -> dict[str, int]:
    """Carry out a batch to its end, from wherever it stopped; how many items are done and refused.

    Only the one who made it carries it out. Raises ActRefused `batch-unknown` for anybody else.
    """
    if batch.account_id != actor.account or batch.post != (actor.post or ""):
        raise refused("batch-unknown")
    while batches.run_chunk(batch, actor, now=now):
        pass
    return batches.counts(batch)


def _items(made: Batch, actor: Actor, tasks: Sequence[tuple[str, int]]) -> list[BatchItem]:
    wanted = dict.fromkeys(tasks)
    for _, no in wanted:
        if not 0 < no <= LAST_STEP:
            raise refused("not-open-yet", step=f"{no}")
    cases = {case.ref: case for case in Case.objects.filter(ref__in=[ref for ref, _ in wanted])}
    for ref, _ in wanted:
        if ref not in cases or not allow.capacities(actor, cases[ref].pk):
            raise refused("not-found")
    return [
        BatchItem(batch=made, place=place, case=cases[ref], no=no)
        for place, (ref, no) in enumerate(wanted, 1)
    ]
