"""Votes on a collegial step."""

from __future__ import annotations

from collections import Counter
from typing import Any

from qyzmet import clock
from qyzmet.cases import allow, clocks
from qyzmet.cases.hold import Held, hold
from qyzmet.cases.models import Token, Vote
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import Act

__all__ = ["cast", "decided", "member"]


def member(act: Act, ref: str, no: int) -> tuple[Held, Token | None]:
    """The case and its collegial step, for a member; no step when the act was answered before."""
    held = hold(act, ref)
    if act.repeated:
        allow.sees(held)
        return held, None
    token = allow.holder(held, no)
    if token.kind != "collegial":
        raise refused("not-collegial", held.law.step(token.step).cite)
    return held, token


def cast(held: Held, token: Token, *, outcome: str = "", recused: bool = False, reason: str = "") -> None:
    """Record a vote or a recusal. Raises ActRefused `voted-already`."""
    actor = held.act.actor
    _row, fresh = Vote.objects.get_or_create(
        token_id=token.pk,
        account_id=actor.account or 0,
        defaults={
            "outcome": outcome, "recused": recused, "chair": actor.chair, "reason": reason, "at": held.now,
        },
    )  # fmt: skip
    if not fresh:
        raise refused("voted-already")


def decided(held: Held, token: Token) -> tuple[str, list[dict[str, Any]]]:
    """The outcome the votes decide, with the tally for the minutes.

    Raises ActRefused `no-quorum` or `no-majority`.
    """
    rules = held.law.step(token.step).votes
    votes = list(Vote.objects.filter(token_id=token.pk).order_by("id"))
    cast_votes = [v for v in votes if not v.recused]
    cite = held.law.step(token.step).cite
    needed = int(clocks.parameters().value(rules.quorum, clock.local(held.now).date())) if rules else 1
    if len(cast_votes) < needed:
        raise refused("no-quorum", cite, needed=needed, given=len(cast_votes))
    outcome = _winner(cast_votes, rules.majority if rules else "simple")
    if outcome is None:
        raise refused("no-majority", cite)
    tally = [{"account": v.account_id, "outcome": v.outcome, "recused": v.recused} for v in votes]
    return outcome, tally


def _winner(votes: list[Vote], majority: str) -> str | None:
    counts = Counter(v.outcome for v in votes)
    most = max(counts.values())
    leaders = [outcome for outcome, count in counts.items() if count == most]
    if majority == "two-thirds":
        return leaders[0] if 3 * most >= 2 * len(votes) else None
    if len(leaders) == 1:
        return leaders[0] if 2 * most > len(votes) else None
    chair = next((v.outcome for v in votes if v.chair), None)
    return chair if chair in leaders else None
