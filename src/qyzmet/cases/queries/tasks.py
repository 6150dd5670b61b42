"""My tasks: the open work of a post, by due moment, with counters; made for millions of cases.

Both questions are answered from one partial index on open work (organisation, post, due). A page is taken by
keyset, so the hundredth costs what the first does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal, NamedTuple, get_args

from django.db import connection
from django.db.models import Max

from qyzmet import clock
from qyzmet.cases import rows
from qyzmet.cases.models import Case, Token
from qyzmet.people.actor import Actor

__all__ = ["Counters", "Kept", "Narrowed", "Place", "Task", "TaskPage", "counters", "my_tasks", "offered"]

Kept = Literal["late", "today", "waiting", "unassigned"]
"""One counter's share of the work: its list holds exactly what it counts."""


class Place(NamedTuple):
    """Where a page ends: give it back to get the next."""

    queue_at: datetime
    id: int


class Narrowed(NamedTuple):
    """What a list keeps: one service, one step, what one person has taken (`holder`, 0 for nobody), what is
    due before a moment, one kind of step. Empty keeps everything."""

    service: str = ""
    step: str = ""
    holder: int | None = None
    due_before: datetime | None = None
    kind: str = ""


EVERYTHING = Narrowed()


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
    narrowed: Narrowed = EVERYTHING,
    mine: bool = False,
    only: tuple[Kept, datetime] | None = None,
) -> TaskPage:
    """Open steps of the actor's post in its organisation, by due moment; those without one come last.

    `narrowed` keeps some; `mine` those the actor has taken; `only` what one counter counts now. An actor
    without a post has no tasks.
    """
    if actor.post is None:
        return TaskPage((), None)
    where, params = _where(actor, narrowed)
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


def counters(actor: Actor, now: datetime, *, narrowed: Narrowed = EVERYTHING) -> Counters:
    """Count the open work of the actor's post by one query."""
    if actor.post is None:
        return Counters(0, 0, 0, 0, 0)
    where, params = _where(actor, narrowed)
    counted = [_counted(kept, now) for kept in get_args(Kept)]
    moments = [moment for _, each in counted for moment in each]
    sums = ", ".join(f"COUNT(CASE WHEN {clause} THEN 1 END)" for clause, _ in counted)
    # The text is ours, what people give goes as parameters.
    sql = f"SELECT COUNT(*), {sums} FROM cases_token {where}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*moments, *params])
        return Counters(*cursor.fetchone())


def offered(actor: Actor) -> tuple[list[str], list[tuple[int, str]], list[int]]:
    """What there is to narrow by: services, steps as (an edition that has it, step), and who has taken
    something."""
    if actor.post is None:
        return [], [], []
    work = Token.objects.filter(closed_at=None, organisation=actor.organisation, post=actor.post)
    if actor.service:
        work = work.filter(service=actor.service)
    services = sorted(set(work.values_list("service", flat=True).distinct()))
    steps = dict(work.order_by().values_list("step").annotate(Max("case__edition_id")))
    takers = work.filter(assignee__isnull=False).order_by().values_list("assignee_id", flat=True).distinct()
    return services, [(edition, step) for step, edition in sorted(steps.items())], sorted(takers)


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


def _where(actor: Actor, narrowed: Narrowed) -> tuple[str, list[Any]]:
    where = "WHERE closed_at IS NULL AND organisation_id = %s AND post = %s"
    params: list[Any] = [actor.organisation, actor.post]
    for service in {narrowed.service, actor.service} - {""}:
        where, params = where + " AND service = %s", [*params, service]
    if narrowed.step:
        where, params = where + " AND step = %s", [*params, narrowed.step]
    if narrowed.kind:
        where, params = where + " AND kind = %s", [*params, narrowed.kind]
    if narrowed.due_before is not None:
        before = connection.ops.adapt_datetimefield_value(narrowed.due_before)
        where, params = where + " AND queue_at < %s", [*params, before]
    if narrowed.holder == 0:
        return where + " AND assignee_id IS NULL", params
    if narrowed.holder is not None:
        return where + " AND assignee_id = %s", [*params, narrowed.holder]
    return where, params


def _with_cases(tokens: list[Token]) -> tuple[Task, ...]:
    if not tokens:
        return ()
    ids = sorted({t.case_id for t in tokens})
    marks = rows.marks(ids)
    cases = {c.pk: c for c in rows.select(Case, f"WHERE id IN ({marks})", ids)}
    return tuple(Task(t, cases[t.case_id]) for t in tokens)
