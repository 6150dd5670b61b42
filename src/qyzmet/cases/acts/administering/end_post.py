"""Somebody holds a post no longer."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.deployment import administering
from qyzmet.cases.models import Token
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.clock import local
from qyzmet.people.actor import Actor
from qyzmet.people.models import PostHolding

__all__ = ["end_post"]


def end_post(
    actor: Actor,
    holding: int,
    *,
    reason: str,
    now: datetime,
    until: datetime | None = None,
    key: str | None = None,
) -> PostHolding:
    """Let a post end now or at `until`; whoever stands in for it stops with it.

    Raises ActRefused `post-ended`, `post-own` (one's own administrator's post), `post-has-tasks` while the
    person still has tasks taken in it and it is to end at once, `dates-past`. Cites: the reason.
    """
    allow.operator(actor)
    why = administering.reasoned(reason)
    ends = until or now
    if ends < now:
        raise refused("dates-past", day=local(now).date(), hint={"field": "until"})
    body = [holding, until.isoformat() if until else "", why]
    with act("end-post", actor, now=now, key=key, body=body) as this:
        where = PostHolding.objects.filter(pk=holding).values_list("organisation_id", flat=True).first()
        if where is None:
            raise refused("post-unknown")
        this.ledger.lock([f"organisation:{where}"])
        row = PostHolding.objects.get(pk=holding)
        if this.repeated:
            return row
        _may_end(actor, row, ends, now)
        former, row.until = row.until, ends
        row.save(update_fields=["until"])
        said = {"reason": why, "holding": row.pk, "before": {"until": former},
                "after": {"post": row.post, "until": ends}}  # fmt: skip
        this.record(f"organisation:{where}", "post.ended", {**said, "person": row.account.number})
        this.record(
            f"account:{row.account_id}", "post.ended", {**said, "organisation": row.organisation.code}
        )
        this.answer = {"holding": row.pk}
    return row


def _may_end(actor: Actor, row: PostHolding, ends: datetime, now: datetime) -> None:
    if row.until is not None and row.until <= now:
        raise refused("post-ended", at=row.until)
    if row.account_id == actor.account and row.post == allow.ADMINISTRATOR:
        raise refused("post-own")
    if ends <= now:
        taken = Token.objects.filter(
            assignee=row.account_id, organisation=row.organisation_id, post=row.post, closed_at__isnull=True
        ).count()
        if taken:
            raise refused("post-has-tasks", count=taken)
