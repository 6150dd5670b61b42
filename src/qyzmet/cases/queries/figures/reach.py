"""Whose cases a supervisor's figures are of, and of which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from qyzmet import clock
from qyzmet.cases.models import Case, CaseState, Token
from qyzmet.cases.queries.visible import visible_cases
from qyzmet.cases.watching import within
from qyzmet.people.actor import Actor

__all__ = ["Period", "Reach"]


@dataclass(frozen=True, slots=True)
class Period:
    """Days of Almaty from `first` to `last`, both of them in."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        """The first moment of it."""
        return clock.at(self.first, time.min)

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        return clock.at(self.last + timedelta(days=1), time.min)

    def holds(self, moment: datetime) -> bool:
        """Whether a moment falls in it."""
        return self.since <= moment < self.until


@dataclass(frozen=True, slots=True)
class Reach:
    """The cases a watching post sees, narrowed to a service and a provider where one is named."""

    actor: Actor
    service: str = ""
    provider: int | None = None

    def cases(self) -> QuerySet[Case]:
        """The cases, newest first: for lists, which begin with what one sees."""
        return self._narrowed(visible_cases(self.actor))

    def open(self) -> QuerySet[Case]:
        """Those registered and not ended."""
        return self._found().exclude(state=CaseState.ENDED).exclude(state=CaseState.RECEIVED)

    def ended(self, period: Period) -> QuerySet[Case]:
        """Those that ended in the period and had a number: what was withdrawn or not accepted before that
        is no delivery."""
        span = {"ended_at__gte": period.since, "ended_at__lt": period.until}
        return self._found().filter(state=CaseState.ENDED, number__isnull=False, **span)

    def steps(self) -> QuerySet[Token]:
        """Their open steps."""
        found = Token.objects.filter(within(self.actor, "case_id"), closed_at__isnull=True)
        kept = self.service or self.actor.service
        found = found.filter(service=kept) if kept else found
        return found.filter(case__provider_id=self.provider) if self.provider else found

    def _found(self) -> QuerySet[Case]:
        return self._narrowed(Case.objects.filter(within(self.actor, "pk")))

    def _narrowed(self, found: QuerySet[Case]) -> QuerySet[Case]:
        kept = self.service or self.actor.service
        found = found.filter(service=kept) if kept else found
        return found.filter(provider_id=self.provider) if self.provider else found
