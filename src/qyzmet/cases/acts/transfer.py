"""A case is transferred to another organisation of the same kind."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.hold import Held, hold
from qyzmet.cases.models import Capacity, Case, CaseAccess, CaseState, Deadline, DeadlineState
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body

__all__ = ["transfer"]


def transfer(
    actor: Actor,
    ref: str,
    to: int,
    *,
    reason: str,
    now: datetime,
    role: str = "provider",
    key: str | None = None,
) -> Case:
    """Hand a case to the organisation it belongs to, with its open steps; the term and every deadline stay.

    For a case that came to the wrong district, or whose organisation was merged into another. The provider's
    head or the body above decides it. The former organisation no longer sees the case.
    Cites: APPC art. 76.
    """
    with act("transfer", actor, now=now, key=key, body=[ref, to, role, reason]) as this:
        held = hold(this, ref)
        allow.supervisor(held)
        if this.repeated:
            return held.case
        _fits(held, role, to, reason)
        before = held.case.orgs[role]
        _move(held, role, before, to)
        seq = held.record("case.transferred", {"role": role, "from": before, "to": to, "reason": reason})
        this.send("mail", "case.transferred", held.case.stream, seq)
        this.answer = {"case": ref}
        return held.case


def _fits(held: Held, role: str, to: int, reason: str) -> None:
    if held.case.state == CaseState.ENDED:
        raise refused("ended", at=held.case.ended_at)
    before = held.case.orgs.get(role)
    if before is None or before == to or body(before).kind != body(to).kind:
        raise refused("organisation-unfit", role=role, hint={"role": role})
    if not reason.strip():
        raise refused("reason-needed", ground="transfer")


def _move(held: Held, role: str, before: int, to: int) -> None:
    case = held.case
    held.set(orgs={**case.orgs, role: to})
    if case.provider_id == before:
        held.set(provider_id=to)
        _see_instead(held, before, to)
    for token in held.open.values():
        if token.organisation_id == before:
            held.touch(token, organisation_id=to, assignee_id=None)
    held_there = Deadline.objects.filter(case_id=case.pk, holder_id=before, state=DeadlineState.OPEN)
    held_there.update(holder_id=to)


def _see_instead(held: Held, before: int, to: int) -> None:
    rows = CaseAccess.objects.filter(
        case_id=held.case.pk, organisation_id=before, capacity=Capacity.PROVIDER, until__isnull=True
    )
    rows.update(until=held.now)
    held.act.grant(
        CaseAccess(case_id=held.case.pk, organisation_id=to, capacity=Capacity.PROVIDER, since=held.now)
    )
