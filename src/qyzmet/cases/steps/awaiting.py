"""Steps that await an outside event: which one is open, who may deliver it, what a late one does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qyzmet.cases import allow, rows
from qyzmet.cases.hold import Held
from qyzmet.cases.models import Capacity, CaseState, Token
from qyzmet.cases.refusals import refused
from qyzmet.cases.steps import duties
from qyzmet.cases.steps.moves import proceed
from qyzmet.regulation import engine

__all__ = ["awaited", "awaited_by_duty", "from_whom", "late"]


def awaited(held: Held, event: str) -> Token | None:
    """The open step that awaits the event."""
    return next((t for t in held.open.values() if held.law.step(t.step).event == event), None)


def awaited_by_duty(held: Held, event: str, seen: frozenset[str]) -> bool:
    """An event that starts a duty (`event:<id>`): a party or the provider tells of it, even after the end."""
    if f"event:{event}" not in {duty.from_ for duty in held.law.package.duties.values()}:
        return False
    if not (held.act.actor.is_system or seen & {Capacity.PARTY, Capacity.PROVIDER}):
        raise refused("not-your-act")
    held.record("event.received", {"event": event})
    duties.start(held, f"event:{event}")
    return True


def from_whom(held: Held, step_id: str, seen: frozenset[str]) -> None:
    """Whether the actor is whom the step awaits the event from.

    A party; an official of the organisation in that role; for `outside` the system, or an official of the
    provider who enters what came on paper.
    """
    actor, from_ = held.act.actor, held.law.step(step_id).from_
    if actor.is_system:
        return
    if from_ in held.law.package.parties:
        fits = Capacity.PARTY in seen and not actor.is_official
    elif from_ in held.case.orgs:
        fits = actor.is_official and actor.organisation == held.case.orgs[from_]
    else:
        fits = actor.is_official and Capacity.PROVIDER in seen
    if not fits:
        raise refused("not-your-act", held.law.step(step_id).cite)
    allow.not_own(held)


def late(
    held: Held, event: str, outcome: str, output: Mapping[str, Any], seen: frozenset[str]
) -> Token | None:
    """Deal with an event for a step that has moved on; the step again, where the regulation still accepts it.

    Raises ActRefused `event-late` or, when the case never awaited it, `event-unexpected`.
    """
    closed = rows.select(
        Token,
        "WHERE case_id = %s AND kind = 'await' AND closed_at IS NOT NULL ORDER BY no DESC",
        [held.case.pk],
    )
    missed = next((t for t in closed if held.law.step(t.step).event == event), None)
    if missed is None:
        raise refused("event-unexpected")
    from_whom(held, missed.step, seen)
    step = held.law.step(missed.step)
    if step.late == "refused":
        raise refused("event-late", step.cite, at=missed.closed_at)
    if step.late == "accepted" and held.case.state == CaseState.OPEN:
        held.asked = True
        proceed(held, engine.Open(missed.step))
        return awaited(held, event)
    held.record(
        "event.late", {"event": event, "step": missed.step, "outcome": outcome, "output": dict(output)}
    )
    return None
