"""The hearings of a post: those still to be appointed, and those appointed, with who has said they come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from qyzmet.cases import rows
from qyzmet.cases.dates import clocks
from qyzmet.cases.hearings.appointments import Hearing, hearings_of
from qyzmet.cases.hearings.story import HOLD, NOTICE
from qyzmet.cases.models import Case, Filing, Token
from qyzmet.cases.queries import Place
from qyzmet.office.listing import Stands, stands
from qyzmet.people.actor import Actor

__all__ = ["Found", "Listed", "hearings", "mine"]

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed(Stands):
    """A hearing of the post. `hearing` is None while its notice has not gone out; `due`: when the open step
    is due. `past`: its moment has come, so the minutes can be written; `clashes`: another one of the same
    hands is set for the very moment."""

    hearing: Hearing | None
    past: bool
    clashes: bool


class Found(NamedTuple):
    """One page of hearings; `next` is where it ends, None on the last."""

    rows: list[Listed]
    next: Place | None


def hearings(actor: Actor, now: datetime, after: Place | None = None) -> Found:
    """The hearings this post has in hand, a page at a time as their steps are due; on a page the soonest
    hearing first, those without a notice by when it is due."""
    where, params = _in_hand(actor)
    if after is not None:
        where, params = where + " AND (queue_at, id) > (%s, %s)", [*params, after.queue_at, after.id]
    tokens = rows.select(Token, f"{where} ORDER BY queue_at, id LIMIT %s", [*params, A_PAGE + 1])
    page = tokens[:A_PAGE]
    last = Place(page[-1].queue_at, page[-1].pk) if len(tokens) > A_PAGE else None
    return Found(sorted(_with_cases(page, now), key=_order), last)


def mine(actor: Actor, ref: str, now: datetime) -> Listed | None:
    """The hearing of one case, if it is in this post's hands."""
    where, params = _in_hand(actor)
    of_the_case = " AND case_id IN (SELECT id FROM cases_case WHERE ref = %s)"
    tokens = rows.select(Token, f"{where}{of_the_case} ORDER BY id LIMIT 1", [*params, ref])
    return next(iter(_with_cases(tokens, now)), None)


def _in_hand(actor: Actor) -> tuple[str, list[Any]]:
    where = "WHERE closed_at IS NULL AND organisation_id = %s AND post = %s AND step IN (%s, %s)"
    params: list[Any] = [actor.organisation, actor.post, NOTICE, HOLD]
    return (where + " AND service = %s", [*params, actor.service]) if actor.service else (where, params)


def _with_cases(tokens: list[Token], now: datetime) -> list[Listed]:
    ids = [token.case_id for token in tokens]
    cases = {case.pk: case for case in Case.objects.filter(pk__in=ids)}
    names = dict(Filing.objects.filter(pk__in=ids).values_list("case_id", "applicant_name"))
    found = hearings_of([cases[token.case_id] for token in tokens if token.step == HOLD])
    held = {token.pk: _set_for(found.get(token.case_id), token) for token in tokens}
    busy = Counter(held.values())
    return [
        _listed(
            token, cases[token.case_id], names.get(token.case_id, ""), found.get(token.case_id), now,
            clashes=held[token.pk] is not None and busy[held[token.pk]] > 1,
        )
        for token in tokens
    ]  # fmt: skip


def _set_for(hearing: Hearing | None, token: Token) -> tuple[datetime, int | None] | None:
    """The moment a hearing takes of whose time."""
    return (hearing.at, token.assignee_id) if hearing and hearing.open and token.step == HOLD else None


def _order(each: Listed) -> tuple[datetime, str]:
    return (each.hearing.at if each.hearing else each.due or clocks.NEVER, each.ref)


def _listed(
    token: Token, case: Case, applicant: str, hearing: Hearing | None, now: datetime, *, clashes: bool
) -> Listed:
    set_for = hearing if token.step == HOLD else None
    return Listed(
        **stands(case, token, applicant, now),
        hearing=set_for,
        past=set_for is not None and set_for.open and set_for.at <= now,
        clashes=clashes,
    )
