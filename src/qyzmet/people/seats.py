"""Whose work goes with whose seat: who acts in a post now, and who sits in turn in one seat.

A seat is a post's holding. Who holds it and who stands in by an order act in the same seat, so that what one
of them has taken is gone on with by the other.
"""

from __future__ import annotations

from datetime import datetime

from qyzmet.people.actor import Actor
from qyzmet.people.in_force import in_force
from qyzmet.people.models import PostHolding, Substitution

__all__ = ["acting", "sharers"]


def acting(organisation: int, post: str, now: datetime, service: str = "") -> list[int]:
    """The accounts that act in a post of a body at `now`: its holders, then those who stand in for one.

    `service`: only those whose post is for it, or for every service.
    """
    seats = PostHolding.objects.filter(in_force(now), organisation=organisation, post=post)
    if service:
        seats = seats.filter(service__in=("", service))
    stand_in = Substitution.objects.filter(in_force(now), holding__in=seats, substitute__is_active=True)
    held = seats.filter(account__is_active=True).order_by("id").values_list("account_id", flat=True)
    return list(dict.fromkeys([*held, *stand_in.order_by("id").values_list("substitute_id", flat=True)]))


def sharers(actor: Actor) -> frozenset[int]:
    """The others whose taken tasks lie in the actor's seat: whom they stand in for, and those who have stood
    in there and hold no post of this name in the body of their own."""
    if actor.holding is None:
        return frozenset()
    stood = Substitution.objects.filter(holding=actor.holding).values_list("substitute_id", flat=True)
    posts = PostHolding.objects.filter(organisation=actor.organisation, post=actor.post)
    own = posts.filter(account__in=list(stood)).values_list("account_id", flat=True)
    found = set(stood) - set(own)
    if actor.order:
        found |= set(posts.filter(pk=actor.holding).values_list("account_id", flat=True))
    return frozenset(found - {actor.account or 0})
