"""Who performs an act, and as what: a person for themselves or another, an official in a post, the system."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from qyzmet.people.in_force import in_force
from qyzmet.people.models import Account, Authority, Organisation, PostHolding, Substitution

__all__ = ["NOBODY", "SYSTEM", "Actor", "Principal", "actor_for", "actors_for", "each_actor"]


class Principal(NamedTuple):
    """Whom an actor acts for: the number (IIN or BIN), kind, name and the basis of the authority."""

    number: str
    kind: str
    name: str
    basis: str


@dataclass(frozen=True, slots=True)
class Actor:
    """One capacity of one account. An account with two posts is two actors.

    `person`: the IIN or BIN of who acts. `post` and `organisation` are set for an official, `on_behalf_of`
    for a representative. `order` is the number of the order when the post is held as a substitute.
    `service` limits the post to one service (empty: all). `holding` is the id of the post's holding, the
    same for who holds it and who stands in. `confirmed`: whether the identity was proved; until then the
    account has its own drafts and nothing else.
    """

    account: int | None
    person: str
    name: str = ""
    kind: str = "individual"
    post: str | None = None
    organisation: int | None = None
    service: str = ""
    chair: bool = False
    on_behalf_of: Principal | None = None
    order: str = ""
    language: str = "kk"
    confirmed: bool = True
    holding: int | None = None

    @property
    def is_official(self) -> bool:
        """Whether this acts in a post."""
        return self.post is not None

    @property
    def is_system(self) -> bool:
        """Whether no person acts: the ticker, an automatic check."""
        return self.person == "system" and self.account is None

    @property
    def party(self) -> str:
        """The IIN or BIN whose rights are used: the principal's, or one's own."""
        return self.on_behalf_of.number if self.on_behalf_of else self.person

    @property
    def party_kind(self) -> str:
        """`individual` or `legal-entity`, of whoever's rights are used."""
        return self.on_behalf_of.kind if self.on_behalf_of else self.kind

    @property
    def party_name(self) -> str:
        """The name of whoever's rights are used."""
        return self.on_behalf_of.name if self.on_behalf_of else self.name


SYSTEM = Actor(account=None, person="system", name="Qyzmet")
"""The system acting by itself: registration when the moment comes, timers, automatic checks."""

NOBODY = Actor(account=None, person="", confirmed=False)
"""Somebody who has not signed in, and whom only a signature can name."""


def actors_for(account: Account, now: datetime) -> tuple[Actor, ...]:
    """Every capacity of `each_actor`."""
    return tuple(each_actor(account, now))


def each_actor(account: Account, now: datetime) -> Iterator[Actor]:
    """Every capacity the account has at `now`, each asked for only when it is come to: itself, its posts,
    posts it stands in for, those it represents.

    An account nobody has confirmed is only itself: whoever made it has yet to show whose number it is.
    """
    own = _own(account)
    yield own
    if account.confirmed_at is None:
        return
    now_, of_holding = in_force(now), in_force(now, "holding__")
    held = PostHolding.objects.filter(now_, account=account).order_by("id")
    stands_in = Substitution.objects.filter(now_, of_holding, substitute=account)
    acts_for = Authority.objects.filter(now_, account=account).order_by("id")
    yield from (_in_post(account, holding) for holding in held)
    yield from (
        _in_post(account, each.holding, each.order)
        for each in stands_in.select_related("holding").order_by("id")
    )
    yield from (_for_another(own, each) for each in acts_for)


def actor_for(
    account: Account,
    now: datetime,
    *,
    post: str | None = None,
    organisation: Organisation | int | None = None,
    on_behalf_of: str | None = None,
) -> Actor:
    """The one capacity asked for. Raises LookupError when the account does not have it at `now`."""
    wanted = organisation.pk if isinstance(organisation, Organisation) else organisation
    for actor in actors_for(account, now):
        principal = actor.on_behalf_of.number if actor.on_behalf_of else None
        if (
            actor.post == post
            and principal == on_behalf_of
            and (wanted is None or actor.organisation == wanted)
        ):
            return actor
    raise LookupError(f"account {account.pk} does not act as {post or on_behalf_of or 'itself'} at {now}")


def _own(account: Account) -> Actor:
    return Actor(
        account=account.pk,
        person=account.number,
        name=account.full_name,
        kind=account.kind,
        language=account.language,
        confirmed=account.confirmed_at is not None,
    )


def _in_post(account: Account, holding: PostHolding, order: str = "") -> Actor:
    return Actor(
        account=account.pk,
        person=account.number,
        name=account.full_name,
        kind=account.kind,
        post=holding.post,
        organisation=holding.organisation_id,
        service=holding.service,
        chair=holding.chair,
        order=order,
        language=account.language,
        holding=holding.pk,
    )


def _for_another(own: Actor, authority: Authority) -> Actor:
    principal = Principal(
        authority.principal, authority.principal_kind, authority.principal_name, authority.basis
    )
    return Actor(
        account=own.account,
        person=own.person,
        name=own.name,
        kind=own.kind,
        on_behalf_of=principal,
        language=own.language,
    )
