"""Votes on a collegial step."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any, NamedTuple

from qyzmet import clock
from qyzmet.cases import allow
from qyzmet.cases.dates import clocks
from qyzmet.cases.hold import Held, hold
from qyzmet.cases.models import Token, Vote
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import Act
from qyzmet.regulation.model import Step

__all__ = ["Standing", "cast", "counted", "decided", "member", "standing"]


class Standing(NamedTuple):
    """How a sitting stands: votes `given` (recusals do not count) of those `needed`, and the outcome that has
    its majority, if one has."""

    votes: tuple[Vote, ...]
    given: int
    needed: int
    outcome: str | None

    @property
    def quorum(self) -> bool:
        """Whether enough members have voted."""
        return self.given >= self.needed


def member(act: Act, ref: str, no: int, *, aside: bool = False) -> tuple[Held, Token | None]:
    """The case and its collegial step, for a member; no step when the act was answered before. `aside`: to
    stand aside, which one may do in one's own case too."""
    held = hold(act, ref)
    if act.repeated:
        allow.sees(held)
        return held, None
    token = allow.open_token(held, no) if aside else allow.holder(held, no)
    if aside:
        allow.seated(held, token)
    if token.kind != "collegial":
        raise refused("not-collegial", held.law.step(token.step).cite)
    return held, token


def cast(held: Held, token: Token, *, outcome: str = "", recused: bool = False, reason: str = "") -> None:
    """Record a vote or a recusal: one of each person, and one in each seat, whoever sits in it.

    Raises ActRefused `voted-already`, `seat-voted`.
    """
    actor = held.act.actor
    in_seat = Vote.objects.filter(token_id=token.pk, seat_id=actor.holding)
    others = in_seat.exclude(account_id=actor.account or 0)
    before = others.select_related("account").first() if actor.holding else None
    if before is not None:
        raise refused("seat-voted", held.law.step(token.step).cite, name=before.account.full_name)
    _row, fresh = Vote.objects.get_or_create(
        token_id=token.pk,
        account_id=actor.account or 0,
        defaults={
            "outcome": outcome, "recused": recused, "chair": actor.chair, "reason": reason, "at": held.now,
            "seat_id": actor.holding,
        },
    )  # fmt: skip
    if not fresh:
        raise refused("voted-already")


def decided(held: Held, token: Token) -> tuple[str, list[dict[str, Any]]]:
    """The outcome the votes decide, with the tally for the minutes.

    Raises ActRefused `no-quorum` or `no-majority`.
    """
    step = held.law.step(token.step)
    stands = standing(step, token.pk, held.now)
    if not stands.quorum:
        raise refused("no-quorum", step.cite, needed=stands.needed, given=stands.given)
    if stands.outcome is None:
        raise refused("no-majority", step.cite)
    tally = [{"account": v.account_id, "outcome": v.outcome, "recused": v.recused} for v in stands.votes]
    return stands.outcome, tally


def standing(step: Step, token: int, now: datetime) -> Standing:
    """Count the votes given on a collegial step (its row's id) as they stand at `now`."""
    return counted(step, tuple(Vote.objects.filter(token_id=token).order_by("id")), now)


def counted(step: Step, votes: tuple[Vote, ...], now: datetime) -> Standing:
    """The same of votes that were read already, in the order they were given."""
    rules = step.votes
    cast_votes = [v for v in votes if not v.recused]
    needed = int(clocks.parameters().value(rules.quorum, clock.local(now).date())) if rules else 1
    outcome = _winner(cast_votes, rules.majority if rules else "simple")
    return Standing(votes, len(cast_votes), needed, outcome)


def _winner(votes: list[Vote], majority: str) -> str | None:
    if not votes:
        return None
    counts = Counter(v.outcome for v in votes)
    most = max(counts.values())
    leaders = [outcome for outcome, count in counts.items() if count == most]
    if majority == "two-thirds":
        return leaders[0] if 3 * most >= 2 * len(votes) else None
    if len(leaders) == 1:
        return leaders[0] if 2 * most > len(votes) else None
    chair = next((v.outcome for v in votes if v.chair), None)
    return chair if chair in leaders else None
