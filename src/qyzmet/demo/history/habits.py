"""When people get round to things: somewhere inside the limit, commissions on their days, a few too late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random

from qyzmet import clock
from qyzmet.cases.dates import clocks
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case, Token
from qyzmet.demo.rehearsal.pace import Pace, picked_up, working
from qyzmet.people.directory import body

__all__ = ["NEVER", "Habits", "dice"]

NEVER = datetime(9000, 1, 1, tzinfo=UTC)
SITTINGS = (1, 3)
"""Commissions sit on Tuesdays and Thursdays."""
SITTING = time(15, 0)
WHOLE_DAY = 300
"""Minutes of a working day somebody may let a step lie."""


def dice(*what: object) -> Random:
    """A chance of one's own, the same whenever the same is asked."""
    return Random(":".join(map(str, what)))  # noqa: S311 - an invented history, always the same


@dataclass(frozen=True)
class Habits(Pace):
    """The pace of one case. `seed`: its chance; `halts`: steps nobody gets to; `slow`: steps done late."""

    seed: str = ""
    halts: frozenset[str] = frozenset()
    slow: frozenset[str] = frozenset()

    def moment(self, law: Law, case: Case, token: Token, *, waits: bool) -> datetime:
        """When it is done; NEVER for a step it halts at."""
        if token.step in self.halts:
            return NEVER
        chance = dice(self.seed, token.no, token.step)
        where, opened = token.organisation_id or case.provider_id, token.opened_at
        if waits and token.due is not None:
            return max(token.due, opened)
        if token.step in self.slow and token.due is not None:
            return working(f"{chance.randrange(40, 700)} minutes", max(token.due, opened), where)
        if token.kind == "collegial":
            return _sitting(where, opened, token.no)
        if picked_up(law, token.step) and token.due is not None:
            return max(token.due, opened)
        return _some_time(chance, token, where)


def _some_time(chance: Random, token: Token, where: int) -> datetime:
    """Inside the limit, mostly well inside it."""
    opened, due = token.opened_at, token.due
    if due is None:
        return working(f"{chance.randrange(20, WHOLE_DAY)} minutes", opened, where)
    span = due - opened
    if span < timedelta(hours=6):
        least = max(2, int(span.total_seconds() // 60 * chance.uniform(0.2, 0.9)))
        return max(opened, min(due, working(f"{min(least, 55)} minutes", opened, where)))
    minutes = chance.randrange(15, WHOLE_DAY * max(1, min(span.days, 3)))
    return max(opened, min(due, working(f"{minutes} minutes", opened, where)))


def _sitting(where: int, opened: datetime, no: int) -> datetime:
    """The next day on which the commission sits, a few minutes for each file."""
    door = clock.schedule(body(where).hours, clocks.calendar())
    day = clock.local(opened).date()
    for _ in range(30):
        begins = datetime.combine(day, SITTING, clock.ALMATY) + timedelta(minutes=no % 7)
        if begins > opened and door.is_working(day) and day.weekday() in SITTINGS:
            return begins
        day += timedelta(1)
    return opened
