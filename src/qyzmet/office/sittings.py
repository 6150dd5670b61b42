"""A commission at work: the files before it, who has voted how, what is still needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from qyzmet.cases.models import Token, Vote
from qyzmet.cases.queries import CasePage
from qyzmet.cases.steps.sitting import standing
from qyzmet.office.names import choice_name, people
from qyzmet.pages.words import say
from qyzmet.people.actor import Actor
from qyzmet.people.in_force import in_force
from qyzmet.people.models import PostHolding

__all__ = ["Member", "Sitting", "sitting"]


class Member(NamedTuple):
    """A member: what they voted for, in words, or that they recused themselves."""

    name: str
    chair: bool
    voted: str
    recused: bool
    reason: str
    me: bool


@dataclass(frozen=True, slots=True)
class Sitting:
    """How a file stands before the commission. `outcome` has its majority; `chairs`: the actor presides."""

    members: tuple[Member, ...]
    given: int
    needed: int
    tally: tuple[tuple[str, int], ...]
    outcome: str | None
    outcome_name: str
    chairs: bool
    voted: bool
    recusal: bool

    @property
    def quorum(self) -> bool:
        return self.given >= self.needed

    @property
    def missing(self) -> int:
        """How many votes the quorum still lacks."""
        return max(0, self.needed - self.given)


def sitting(actor: Actor, page: CasePage, token: Token, now: datetime) -> Sitting:
    """The sitting on an open collegial step, as a member sees it."""
    step, law = page.law.step(token.step), page.law
    stands = standing(step, token.pk, now)
    votes = {vote.account_id: vote for vote in stands.votes}
    counts = [
        (choice_name(law, token.step, o), sum(v.outcome == o and not v.recused for v in stands.votes))
        for o in step.then
    ]
    return Sitting(
        members=_members(page, token, votes, actor, now),
        given=stands.given,
        needed=stands.needed,
        tally=tuple(counts),
        outcome=stands.outcome,
        outcome_name=choice_name(law, token.step, stands.outcome) if stands.outcome else "",
        chairs=actor.chair,
        voted=actor.account in votes or any(v.seat_id == actor.holding for v in stands.votes if v.seat_id),
        recusal=step.votes.recusal if step.votes else True,
    )


def _seats(token: Token, now: datetime) -> dict[int, bool]:
    """Who sits: account → whether they preside."""
    held = PostHolding.objects.filter(in_force(now), organisation=token.organisation_id, post=token.post)
    fits = held.filter(service__in=["", token.service]).order_by("-chair", "id")
    return dict(fits.values_list("account_id", "chair"))


def _members(
    page: CasePage, token: Token, votes: dict[int, Vote], actor: Actor, now: datetime
) -> tuple[Member, ...]:
    taken = {vote.seat_id: account for account, vote in votes.items() if vote.seat_id}
    whose = dict(PostHolding.objects.filter(pk__in=taken).values_list("pk", "account_id"))
    # Whoever stood in for a member has voted in that member's seat.
    stood = {taken[seat]: owner for seat, owner in whose.items() if taken[seat] != owner}
    held = {a: chair for a, chair in _seats(token, now).items() if a not in stood.values() or a in votes}
    seats = held | {account: vote.chair for account, vote in votes.items()}
    names = people(ids=[*seats, *stood.values()])
    said = {a: say("doing.stands-in", name=names[a], other=names[o]) for a, o in stood.items()}
    return tuple(
        _member(page, token, votes.get(a), name=said.get(a) or names[a], chair=chair, me=a == actor.account)
        for a, chair in seats.items()
    )


def _member(page: CasePage, token: Token, vote: Vote | None, *, name: str, chair: bool, me: bool) -> Member:
    voted = choice_name(page.law, token.step, vote.outcome) if vote and vote.outcome else ""
    return Member(name, chair, voted, bool(vote and vote.recused), vote.reason if vote else "", me)
