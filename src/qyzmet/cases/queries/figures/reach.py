"""Whose cases a supervisor's figures are of, and of which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from qyzmet import clock
from qyzmet.cases.models import Case, CaseState
from qyzmet.cases.queries.visible import visible_cases
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
        """The cases, newest first."""
        found = visible_cases(self.actor)
        kept = self.service or self.actor.service
        if kept:
            found = found.filter(service=kept)
        return found.filter(provider_id=self.provider) if self.provider else found

    def registered(self) -> QuerySet[Case]:
        """Those that have a number: what was withdrawn or not accepted before is no delivery."""
        return self.cases().filter(number__isnull=False)

    def open(self) -> QuerySet[Case]:
        """Those registered and not ended."""
        return self.registered().filter(state__in=[CaseState.OPEN, CaseState.SUSPENDED])

    def ended(self, period: Period) -> QuerySet[Case]:
        """Those that ended in the period."""
        span = {"ended_at__gte": period.since, "ended_at__lt": period.until}
        return self.registered().filter(state=CaseState.ENDED, **span)
