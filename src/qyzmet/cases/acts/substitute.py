"""A head orders that somebody stands in for a post."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.clock import TimeWithoutZone
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account, AccountKind, PostHolding, Substitution

__all__ = ["substitute"]


def substitute(
    actor: Actor,
    holding: int,
    account: int,
    *,
    order: str,
    since: datetime,
    until: datetime,
    now: datetime,
    key: str | None = None,
) -> Substitution:
    """Let `account` act in the post of a holding from `since` to `until`, by an order with a number.

    Only the head of that organisation orders it. What is done then carries the substitute's name, the post
    and the order. The chair of a commission is stood in for like any other post.
    Cites: the order it names; the acts at hand say nothing of it.
    """
    if since.tzinfo is None or until.tzinfo is None:
        raise TimeWithoutZone
    body = [holding, account, order, since.isoformat(), until.isoformat()]
    with act("substitute", actor, now=now, key=key, body=body) as this:
        if this.repeated:
            return Substitution.objects.get(pk=this.answer["substitution"])
        post = PostHolding.objects.filter(pk=holding, organisation=actor.organisation).first()
        if actor.post != "head" or post is None:
            raise refused("not-your-act")
        free = Account.objects.filter(pk=account, is_active=True, kind=AccountKind.INDIVIDUAL)
        fits = account != post.account_id and free.exists()
        if not (order.strip() and fits and until > max(since, now)):
            raise refused("substitute-unfit")
        row = Substitution.objects.create(
            holding=post, substitute_id=account, order=order, since=since, until=until
        )
        said = {"post": post.post, "for": post.account_id, "by": account, "order": order}
        this.record(
            f"organisation:{post.organisation_id}",
            "post.substituted",
            {**said, "since": since, "until": until},
        )
        this.answer = {"substitution": row.pk}
        return row
