"""The files before a commission: how each stands, and many votes given in one go, an act for each file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from qyzmet.cases import acts
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Filing, Vote
from qyzmet.cases.queries import Narrowed, Place, counters, my_tasks
from qyzmet.cases.queries.choices import choices
from qyzmet.cases.queries.tasks import Task
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.steps.sitting import Standing, counted
from qyzmet.office.listing import Row, listed
from qyzmet.office.names import choice_name
from qyzmet.pages.words import current_language, say
from qyzmet.people.actor import Actor

__all__ = ["MOST", "Agenda", "Came", "File", "files", "typed", "vote"]

MOST = 200
A_PAGE = 100


@dataclass(frozen=True, slots=True)
class File:
    """One file. `offers`: outcome → words, empty where the actor's seat has voted or the step stands still.

    `tally`: (words, votes) of the outcomes that have any; `needed`: the quorum; `decided`: the outcome the
    votes come to, `closes`: whether the actor presides and may close. `marked`, `opinion`: a vote that is
    typed and not sent.
    """

    row: Row
    clause: str
    offers: Mapping[str, str]
    given: int
    needed: int
    tally: tuple[tuple[str, int], ...]
    decided: str
    closes: bool
    voted: str
    marked: str = ""
    opinion: str = ""

    @property
    def missing(self) -> int:
        """Votes the quorum still lacks."""
        return max(0, self.needed - self.given)


@dataclass(frozen=True, slots=True)
class Came:
    """What came of many votes: how many are counted, and (file, sentence) of those refused."""

    done: int
    refused: tuple[tuple[str, str], ...]


class Agenda(NamedTuple):
    """One page of the agenda; `total`: how many files there are, `next`: where the page ends, None on the
    last."""

    files: list[File]
    total: int
    next: Place | None


def files(actor: Actor, now: datetime, after: Place | None = None) -> Agenda:
    """The files before the commission, soonest due first, a page at a time by a fixed number of queries."""
    sat = Narrowed(kind="collegial")
    found = my_tasks(actor, after=after, most=A_PAGE, narrowed=sat)
    votes: dict[int, list[Vote]] = {}
    for each in Vote.objects.filter(token__in=[task.token.pk for task in found.tasks]).order_by("id"):
        votes.setdefault(each.token_id, []).append(each)
    shown = [
        _file(actor, task, row, tuple(votes.get(task.token.pk, ())), now)
        for task, row in zip(found.tasks, listed(actor, found.tasks, now), strict=True)
    ]
    return Agenda(shown, counters(actor, now, narrowed=sat).total, found.next)


def typed(found: Iterable[File], data: Mapping[str, str]) -> list[File]:
    """The files with the votes a form of the page held when its session ended."""
    return [
        replace(
            each, marked=data.get(f"vote.{each.row.key}", ""), opinion=data.get(f"opinion.{each.row.key}", "")
        )
        for each in found
    ]


def vote(actor: Actor, votes: Mapping[str, tuple[str, str]], key: str, now: datetime) -> Came:
    """Vote on many files: `<case>.<step>` → outcome and opinion. Each is an act of its own; one refused holds
    up no other, and sent twice with one `key` nothing is counted twice."""
    done, why = 0, []
    for what, (outcome, opinion) in list(votes.items())[:MOST]:
        ref, _, no = what.partition(".")
        if not no.isdecimal() or len(no) > 9:
            continue
        try:
            case = acts.vote(
                actor, ref, int(no), outcome, reason=opinion[:2000], now=now, key=f"{key}:{what}"[:100]
            )
            done += bool(case)
        except ActRefused as problem:
            number = Filing.objects.filter(case__ref=ref).values_list("case__number", flat=True).first()
            why.append((number or ref, problem.text[current_language()]))
    return Came(done, tuple(why))


def _file(actor: Actor, task: Task, row: Row, votes: tuple[Vote, ...], now: datetime) -> File:
    token, case = task
    law = law_of(case.edition_id)
    step = law.step(token.step)
    stands = counted(step, votes, now)
    own = _own(stands, actor)
    known = {
        each.outcome: choice_name(law, token.step, each.outcome, each.exit)
        for each in choices(law, case, token)
    }
    counts = [
        (name, sum(v.outcome == o and not v.recused for v in stands.votes)) for o, name in known.items()
    ]
    decided = known.get(stands.outcome or "", "") if stands.quorum else ""
    return File(
        row=row,
        clause=step.cite,
        offers={} if own or token.suspended else known,
        given=stands.given,
        needed=stands.needed,
        tally=tuple(each for each in counts if each[1]),
        decided=decided,
        closes=bool(decided) and actor.chair,
        voted=(known.get(own.outcome) or say("doing.recused")) if own else "",
    )


def _own(stands: Standing, actor: Actor) -> Vote | None:
    """The vote of this person, or of the seat they sit in."""
    mine = (
        v for v in stands.votes if v.account_id == actor.account or (v.seat_id and v.seat_id == actor.holding)
    )
    return next(mine, None)
