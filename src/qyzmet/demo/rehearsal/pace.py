"""When each step of a rehearsal is done: briskly, at the last lawful moment, or once too late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qyzmet import clock
from qyzmet.cases.dates import clocks
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Case, Token
from qyzmet.people.directory import body

__all__ = ["HOLD", "Pace", "picked_up", "working"]

BRISK = "10 minutes"
HOLD = "3 working days"
"""How long a rehearsed suspension lasts."""


@dataclass(frozen=True)
class Pace:
    """`at_limits`: every step at its due moment. `late`: this step ten working minutes after its own."""

    at_limits: bool = False
    late: str | None = None

    def moment(self, law: Law, case: Case, token: Token, *, waits: bool) -> datetime:
        """When a step is done that `waits` for its due moment or may be done before it."""
        organisation = token.organisation_id or case.provider_id
        if token.due is None:
            return working(BRISK, token.opened_at, organisation)
        if self.late is not None and token.step == self.late:
            return working(BRISK, max(token.due, token.opened_at), organisation)
        if self.at_limits or waits or picked_up(law, token.step):
            return max(token.due, token.opened_at)
        return max(token.opened_at, min(token.due, working(BRISK, token.opened_at, organisation)))


def working(term: str, start: datetime, organisation: int) -> datetime:
    """A moment so much of an organisation's working time after `start`."""
    return clock.due(term, start, body(organisation).hours, clocks.calendar()).moment


def picked_up(law: Law, step: str) -> bool:
    """Whether a step waits for one of the day's collections."""
    return any(limited.limit.pick_up for limited in law.limits(step))
