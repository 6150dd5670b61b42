"""A head or an administrator orders that somebody stands in for a post."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import allow
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.clock import TimeWithoutZone
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account, AccountKind, PostHolding, Substitution

__all__ = ["may_order", "substitute"]


def substitute(
    actor: Actor,
    holding: int,
    account: int,
    *,
    order: str,
    since: datetime,
    until: datetime,
    now: datetime,
    reason: str = "",
    key: str | None = None,
) -> Substitution:
    """Let `account` act in the post of a holding from `since` to `until`, by an order with a number.

    The head of that organisation orders it, or an administrator enters the order. What is done then carries
    the substitute's name, the post and the order. The chair of a commission is stood in for like any other
    post. Two orders for the same days are refused (`substitute-overlaps`): one person acts in a post. Nobody
    orders it of themselves (`substitute-own`), and who stands in passes the post on to nobody
    (`substitute-passes-on`): power is not gained by one's own order, nor kept past another's.
    Cites: the order it names; the acts at hand say nothing of it.
    """
    if since.tzinfo is None or until.tzinfo is None:
        raise TimeWithoutZone
    body = [holding, account, order, since.isoformat(), until.isoformat()]
    with act("substitute", actor, now=now, key=key, body=body) as this:
        if this.repeated:
            return Substitution.objects.get(pk=this.answer["substitution"])
        post = may_order(actor, holding)
        this.ledger.lock([f"organisation:{post.organisation_id}"])
        if not order.strip() or until <= max(since, now):
            raise refused("substitute-unfit")
        _may_stand_in(actor, post, account)
        if Substitution.objects.filter(holding=post, since__lt=until, until__gt=since).exists():
            raise refused("substitute-overlaps", hint={"field": "since"})
        row = Substitution.objects.create(
            holding=post, substitute_id=account, order=order, since=since, until=until
        )
        said = {"post": post.post, "for": post.account_id, "by": account, "order": order}
        this.record(
            f"organisation:{post.organisation_id}",
            "post.substituted",
            {**said, "since": since, "until": until, **({"reason": reason} if reason else {})},
        )
        this.answer = {"substitution": row.pk}
        return row


def _may_stand_in(actor: Actor, post: PostHolding, account: int) -> None:
    """Raises unless the account is another person's who may act, ordered by whoever may have it so."""
    free = Account.objects.filter(pk=account, is_active=True, kind=AccountKind.INDIVIDUAL)
    if account == post.account_id or not free.exists():
        raise refused("substitute-unfit")
    if account == actor.account:
        raise refused("substitute-own", hint={"field": "person"})
    if actor.order and actor.holding == post.pk:
        raise refused("substitute-passes-on", hint={"field": "holding"})


def may_order(actor: Actor, holding: int) -> PostHolding:
    """The post, if it is the actor's to order about: of the body they head, or any for an administrator."""
    found = PostHolding.objects.filter(pk=holding).first()
    heads = actor.post in allow.NAMES_THE_HOLDER
    if heads and found is not None and found.organisation_id == actor.organisation:
        return found
    allow.operator(actor)
    if found is None:
        raise refused("post-unknown")
    return found
