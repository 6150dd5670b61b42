"""A case is transferred to another organisation of the same kind."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.filing import roles
from qyzmet.cases.hold import Held, hold
from qyzmet.cases.models import Capacity, Case, CaseAccess, CaseState, Deadline, DeadlineState, Duty
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.people.directory import Body, body, known

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
    head or the body above decides it. The former organisation no longer sees the case, nor
    does the body above it.
    Cites: APPC art. 76.
    """
    with act("transfer", actor, now=now, key=key, body=[ref, to, role, reason]) as this:
        held = hold(this, ref)
        allow.supervisor(held)
        if this.repeated:
            return held.case
        _fits(held, role, to, reason)
        before = held.case.orgs[role]
        _move(held, role, to)
        seq = held.record("case.transferred", {"role": role, "from": before, "to": to, "reason": reason})
        this.send("mail", "case.transferred", held.case.stream, seq)
        this.answer = {"case": ref}
        return held.case


def _fits(held: Held, role: str, to: int, reason: str) -> None:
    if held.case.state == CaseState.ENDED:
        raise refused("ended", at=held.case.ended_at)
    before = held.case.orgs.get(role)
    if before is None or before == to or not (known(to) and _alike(held, body(before), body(to))):
        raise refused("organisation-unfit", role=role, hint={"role": role})
    if not reason.strip():
        raise refused("reason-needed", ground="transfer")


def _alike(held: Held, before: Body, to: Body) -> bool:
    """Whether the other organisation is of the same kind and takes part in the service."""
    return before.kind == to.kind and (not to.serves or held.case.service in to.serves)


def _move(held: Held, role: str, to: int) -> None:
    """The role goes over, with its open steps and their deadlines; other roles of the same body stay."""
    case = held.case
    provider = case.provider_id
    held.set(orgs={**case.orgs, role: to})
    moved = [f"token:{case.pk}.{token.no}" for token in held.open.values() if token.role == role]
    for token in held.open.values():
        if token.role == role:
            held.touch(token, organisation_id=to, assignee_id=None)
    if roles.provider_of(held.law, case.orgs) != provider:
        held.set(provider_id=to)
        moved.append(f"case:{case.pk}")
        _see_instead(held, provider, to, Capacity.PROVIDER)
        _see_instead(held, body(provider).parent, body(to).parent, Capacity.SUPERVISOR)
    still_open = Deadline.objects.filter(subject__in=moved, state=DeadlineState.OPEN)
    still_open.update(holder_id=to)
    _move_duties(held, role, to)


def _move_duties(held: Held, role: str, to: int) -> None:
    codes = [code for code, duty in held.law.package.duties.items() if duty.who == role]
    running = Duty.objects.filter(case_id=held.case.pk, code__in=codes, fulfilled_at__isnull=True)
    subjects = [f"duty:{pk}" for pk in running.values_list("pk", flat=True)]
    running.update(organisation_id=to)
    Deadline.objects.filter(subject__in=subjects, state=DeadlineState.OPEN).update(holder_id=to)


def _see_instead(held: Held, before: int | None, to: int | None, capacity: Capacity) -> None:
    if before == to:
        return
    if before is not None:
        _no_longer(held, before, capacity)
    if to is not None:
        row = CaseAccess(case_id=held.case.pk, organisation_id=to, capacity=capacity, since=held.now)
        held.act.grant(row)


def _no_longer(held: Held, before: int, capacity: Capacity) -> None:
    CaseAccess.objects.filter(
        case_id=held.case.pk, organisation_id=before, capacity=capacity, until__isnull=True
    ).update(until=held.now)
