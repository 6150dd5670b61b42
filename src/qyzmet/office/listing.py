"""Rows of work as lists show them: the case, the step, whose it is, by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qyzmet.cases.dates import clocks
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, Filing, Token, Vote
from qyzmet.cases.queries.tasks import Task
from qyzmet.office.dates import urgency
from qyzmet.office.names import people, step_name
from qyzmet.office.together import kind_of_batch
from qyzmet.pages import strip
from qyzmet.pages.words import current_language
from qyzmet.people.actor import Actor
from qyzmet.people.seats import sharers

__all__ = ["Row", "Stands", "listed", "stands"]


@dataclass(frozen=True, slots=True)
class Stands:
    """An open step as any list names it. `sign` and `left` say how its date stands."""

    ref: str
    no: int
    number: str
    applicant: str
    service: str
    step: str
    due: datetime | None
    left: str
    sign: str


@dataclass(frozen=True, slots=True)
class Row(Stands):
    """A step in a list of work; `holder` is empty while nobody has taken it, `free`: whether the actor may.

    `sitting`: a file before a commission, which nobody takes; `votes`: how many members have voted on it,
    `voted`: whether the actor has.
    """

    holder: str
    mine: bool
    takeable: bool
    free: bool
    batch: bool
    sitting: bool
    votes: int
    voted: bool

    @property
    def key(self) -> str:
        return f"{self.ref}.{self.no}"


def stands(case: Case, token: Token, applicant: str, now: datetime) -> dict[str, Any]:
    """What `Stands` says of an open step, in the language of the page."""
    law = law_of(case.edition_id)
    door = clocks.door_of(token.organisation_id or case.provider_id)
    running = token.due is not None and not token.suspended
    return {
        "ref": case.ref,
        "no": token.no,
        "number": case.number or case.ref,
        "applicant": applicant,
        "service": law.package.name.in_language(current_language()),
        "step": step_name(law, token.step),
        "due": token.due,
        "left": strip.left(token.due, now, door) if token.due and running else "",
        "sign": urgency(token.due, token.suspended, now),
    }


def listed(actor: Actor, tasks: Sequence[Task], now: datetime) -> list[Row]:
    """Rows for a page of work, with a fixed number of queries."""
    ids = {task.case.pk for task in tasks}
    applicants = dict(Filing.objects.filter(pk__in=ids).values_list("case_id", "applicant_name"))
    names = people(ids=[task.token.assignee_id for task in tasks])
    votes, shared = _votes(tasks), {None, *sharers(actor)}
    return [
        _row(
            actor,
            task,
            now,
            free=task.token.assignee_id in shared,
            applicant=applicants.get(task.case.pk, ""),
            holder=names.get(task.token.assignee_id or 0, ""),
            votes=votes.get(task.token.pk, []),
        )
        for task in tasks
    ]


def _votes(tasks: Sequence[Task]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    sat = [task.token.pk for task in tasks if task.token.kind == "collegial"]
    if sat:
        for token, account in Vote.objects.filter(token__in=sat).values_list("token_id", "account_id"):
            found.setdefault(token, []).append(account)
    return found


def _row(
    actor: Actor, task: Task, now: datetime, *, free: bool, applicant: str, holder: str, votes: list[int]
) -> Row:
    token, case = task
    law = law_of(case.edition_id)
    return Row(
        **stands(case, token, applicant, now),
        holder=holder,
        mine=token.assignee_id is not None and token.assignee_id == actor.account,
        takeable=token.kind in ("task", "batch") and not token.suspended,
        free=free,
        batch=bool(kind_of_batch(law, token)) and not token.suspended,
        sitting=token.kind == "collegial",
        votes=len(votes),
        voted=actor.account in votes,
    )
