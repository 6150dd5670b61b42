"""All cases in one time: what happens next is done next, and between two deeds the ticker and the worker run.

Every event has `at` (NEVER: none to come) and `play(at)`, after which it may have another `at`.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from typing import Protocol

from django.db.models import Min

from qyzmet import clock
from qyzmet.cases import outbox
from qyzmet.cases.models import Case, Deadline, Outbox, Token
from qyzmet.cases.sweep import sweep
from qyzmet.demo.history.habits import NEVER

__all__ = ["Event", "Timeline"]

AFTER_MIDNIGHT = time(0, 0, 5)
"""The first round of the ticker on a day: it seals the day before and warns of what is due."""


class Event(Protocol):
    """Something that happens, perhaps more than once."""

    at: datetime

    def play(self, at: datetime) -> None: ...


class Timeline:
    """Plays events in the order of their moments, from `begins`."""

    def __init__(self, begins: datetime, said: Callable[[datetime, int], None] = lambda *_: None) -> None:
        self.ticked = begins
        self.said = said
        self.played = 0
        self._queue: list[tuple[datetime, int, Event]] = []
        self._count = 0
        self.sleeping: list[Event] = []

    def add(self, events: Iterable[Event]) -> None:
        """Let these happen, each at its moment."""
        for each in events:
            self._count += 1
            heapq.heappush(self._queue, (each.at, self._count, each))

    def run(self, until: datetime) -> None:
        """Everything up to a moment; what comes later does not happen."""
        while True:
            first = self._queue[0][0] if self._queue else NEVER
            tick = self._next_tick(min(first, until))
            # What is done at the very moment it is due is done in time: deeds go before the ticker.
            if tick is not None and tick < first:
                self._tick(tick)
            elif first > until:
                break
            else:
                self._play_first()

    def _play_first(self) -> None:
        at, _, event = heapq.heappop(self._queue)
        event.play(at)
        self.played += 1
        self._deliver(at)
        self.said(at, self.played)
        self._again(event)

    def _again(self, event: Event) -> None:
        if event.at == NEVER:
            self.sleeping.append(event)
        else:
            self.add([event])

    def _tick(self, at: datetime) -> None:
        """A round of ticker and worker; what waited for it may have something to do again."""
        self.ticked = at
        done = sweep(at)
        self._deliver(at)
        if done["registered"] or done["expired"]:
            self._wake(at)

    def _wake(self, at: datetime) -> None:
        """Cases that waited for time to pass may have something to do again."""
        asleep, self.sleeping = self.sleeping, []
        for event in asleep:
            woken = getattr(event, "woken", None)
            if woken is not None:
                woken(at)
            self._again(event)

    def _next_tick(self, until: datetime) -> datetime | None:
        """The next moment, not after `until`, at which ticker or worker find something to do."""
        local = clock.local(self.ticked)
        morning = datetime.combine(local.date(), AFTER_MIDNIGHT, clock.ALMATY)
        found = [morning if morning > self.ticked else morning + timedelta(days=1)]
        if until > self.ticked:
            found += [moment for moment in self._falling(until) if moment is not None]
        first = min(found)
        return first if first <= until else None

    def _falling(self, until: datetime) -> Iterable[datetime | None]:
        after, to = self.ticked, until
        waits = Token.objects.filter(closed_at=None, suspended=False, kind__in=("timer", "await"))
        open_ = Deadline.objects.filter(state="open", marked_at=None)
        received = Case.objects.filter(state="received", unconfirmed=False)
        retried = Outbox.objects.filter(state="waiting", attempts__gt=0)
        for rows, field in (
            (received, "registered_at"), (open_, "due"), (waits, "due"), (retried, "next_at"),
        ):  # fmt: skip
            yield rows.filter(**{f"{field}__gt": after, f"{field}__lte": to}).aggregate(m=Min(field))["m"]

    @staticmethod
    def _deliver(at: datetime) -> None:
        while outbox.deliver_due(at):
            pass
