"""My tasks: the open work of a post, by due moment, with counters; made for millions of cases.

Both questions are answered from one partial index on open work (organisation, post, due). A page is taken by
keyset, so the hundredth costs what the first does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal, NamedTuple, get_args

from django.db import connection

from qyzmet import clock
from qyzmet.cases import rows
from qyzmet.cases.models import Case, Token
from qyzmet.people.actor import Actor

__all__ = ["Counters", "Kept", "Place", "Task", "TaskPage", "counters", "my_tasks"]

Kept = Literal["late", "today", "waiting", "unassigned"]
"""One counter's share of the work: its list holds exactly what it counts."""


class Place(NamedTuple):
    """Where a page ends: give it back to get the next."""

    queue_at: datetime
    id: int


class Task(NamedTuple):
    """An open step with its case."""

    token: Token
    case: Case


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One page of work; `next` is where it ends, None on the last."""

    tasks: tuple[Task, ...]
    next: Place | None


@dataclass(frozen=True, slots=True)
class Counters:
    """The open work of a post. `waiting`: standing still with the case; `today`: due today and not late."""

    total: int
    late: int
    today: int
    waiting: int
    unassigned: int


def my_tasks(
    actor: Actor,
    *,
    after: Place | None = None,
    most: int = 50,
    service: str | None = None,
    mine: bool = False,
    only: tuple[Kept, datetime] | None = None,
) -> TaskPage:
    """Open steps of the actor's post in its organisation, by due moment; those without one come last.

    `service` keeps one service; `mine` those the actor has taken; `only` what one counter counts now. An
    actor without a post has no tasks.
    """
    if actor.post is None:
        return TaskPage((), None)
    where, params = _where(actor, service)
    if mine:
        where, params = where + " AND assignee_id = %s", [*params, actor.account]
    if only is not None:
        clause, moments = _counted(*only)
        where, params = f"{where} AND {clause}", [*params, *moments]
    if after is not None:
        where, params = where + " AND (queue_at, id) > (%s, %s)", [*params, after.queue_at, after.id]
    tokens = rows.select(Token, f"{where} ORDER BY queue_at, id LIMIT %s", [*params, most + 1])
    page, more = tokens[:most], len(tokens) > most
    return TaskPage(_with_cases(page), Place(page[-1].queue_at, page[-1].pk) if more else None)


def counters(actor: Actor, now: datetime, *, service: str | None = None) -> Counters:
    """Count the open work of the actor's post by one query."""
    if actor.post is None:
        return Counters(0, 0, 0, 0, 0)
    where, params = _where(actor, service)
    counted = [_counted(kept, now) for kept in get_args(Kept)]
    moments = [moment for _, each in counted for moment in each]
    sums = ", ".join(f"COUNT(CASE WHEN {clause} THEN 1 END)" for clause, _ in counted)
    # The text is ours, what people give goes as parameters.
    sql = f"SELECT COUNT(*), {sums} FROM cases_token {where}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*moments, *params])
        return Counters(*cursor.fetchone())


def _counted(kept: Kept, now: datetime) -> tuple[str, list[Any]]:
    """What a counter counts, as a condition on open steps."""
    tonight = clock.at(clock.local(now).date() + timedelta(days=1), time.min)
    at, night = (connection.ops.adapt_datetimefield_value(moment) for moment in (now, tonight))
    conditions: dict[Kept, tuple[str, list[Any]]] = {
        "late": ("queue_at < %s AND NOT suspended", [at]),
        "today": ("queue_at >= %s AND queue_at < %s AND NOT suspended", [at, night]),
        "waiting": ("suspended", []),
        "unassigned": ("assignee_id IS NULL", []),
    }
    return conditions[kept]


def _where(actor: Actor, service: str | None) -> tuple[str, list[Any]]:
    where = "WHERE closed_at IS NULL AND organisation_id = %s AND post = %s"
    params: list[Any] = [actor.organisation, actor.post]
    kept = service or actor.service
    return (where + " AND service = %s", [*params, kept]) if kept else (where, params)


def _with_cases(tokens: list[Token]) -> tuple[Task, ...]:
    if not tokens:
        return ()
    ids = sorted({t.case_id for t in tokens})
    marks = ", ".join(["%s"] * len(ids))
    cases = {c.pk: c for c in rows.select(Case, f"WHERE id IN ({marks})", ids)}
    return tuple(Task(t, cases[t.case_id]) for t in tokens)
