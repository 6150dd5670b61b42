"""The rows of a list as a file takes them away: all of them, page by page, in the words of the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, CaseState, Filing
from qyzmet.cases.queries import my_tasks
from qyzmet.cases.queries.lines import Line, lines, naming
from qyzmet.cases.queries.search import each_page
from qyzmet.cases.queries.tasks import Task
from qyzmet.cases.queries.visible import seen_among
from qyzmet.office.dates import urgency
from qyzmet.office.names import exit_name, people, step_name
from qyzmet.office.narrowing import Asked
from qyzmet.office.spreadsheets import Cell
from qyzmet.pages.words import current_language, say
from qyzmet.people.actor import Actor

__all__ = ["applicants", "case_heads", "case_rows", "search_rows", "task_heads", "task_rows"]

A_PAGE = 1_000


def task_heads() -> list[str]:
    """The heads of `task_rows`."""
    return [
        say(f"desk.{each}") for each in ("due", "state", "number", "applicant", "step", "service", "holder")
    ]


def task_rows(actor: Actor, asked: Asked, now: datetime) -> Iterator[Sequence[Cell]]:
    """Every row of my tasks under this filter, by due moment."""
    place = None
    while True:
        page = my_tasks(
            actor, after=place, most=A_PAGE, narrowed=asked.kept(now), mine=asked.show == "mine",
            only=asked.counting(now),
        )  # fmt: skip
        yield from _tasks(page.tasks, now)
        if page.next is None:
            return
        place = page.next


def case_heads() -> list[str]:
    """The heads of `case_rows`."""
    heads = [say(f"desk.{each}") for each in ("number", "applicant", "service", "state", "due")]
    return [*heads, say("casefile.received"), say("casefile.registered"), say("casefile.ended")]


def search_rows(actor: Actor, words: str) -> Iterator[Sequence[Cell]]:
    """Every case a search finds, newest first."""
    for page in each_page(actor, words, A_PAGE):
        yield from case_rows(lines(actor, page))


def case_rows(cases: Sequence[Line]) -> Iterator[Sequence[Cell]]:
    """Cases as rows."""
    language = current_language()
    for case in cases:
        law = law_of(case.edition_id)
        ended = case.state == CaseState.ENDED
        yield (
            case.number or case.ref,
            case.applicant,
            law.package.name.in_language(language),
            exit_name(law, case.exit) if ended else say(f"desk.state-{case.state}"),
            case.due,
            case.received_at,
            case.registered_at if case.number else None,
            case.ended_at,
        )


def applicants(actor: Actor, cases: Sequence[Case]) -> dict[int, str]:
    """Case id → the applicant's name, of the cases whose applicant the actor sees."""
    seen = seen_among(actor, [case.pk for case in cases], capacities=naming())
    return dict(Filing.objects.filter(pk__in=seen).values_list("case_id", "applicant_name"))


def _tasks(tasks: Sequence[Task], now: datetime) -> Iterator[Sequence[Cell]]:
    ids = [task.case.pk for task in tasks]
    applied = dict(Filing.objects.filter(pk__in=ids).values_list("case_id", "applicant_name"))
    names, language = people(ids=[task.token.assignee_id for task in tasks]), current_language()
    for token, case in tasks:
        law = law_of(case.edition_id)
        yield (
            token.due,
            say(f"tasks.sign-{urgency(token.due, token.suspended, now)}"),
            case.number or case.ref,
            applied.get(case.pk, ""),
            step_name(law, token.step),
            law.package.name.in_language(language),
            names.get(token.assignee_id or 0, ""),
        )
