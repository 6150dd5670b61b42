"""All cases in one time: what happens next is done next, and between two deeds the ticker and the worker run.

Every event has `at` (NEVER: none to come) and `play(at)`, after which it may have another `at`.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

from qyzmet import clock
from qyzmet.cases import rows
from qyzmet.cases.dates.standing import first_told
from qyzmet.cases.delivery import outbox
from qyzmet.cases.sweep import sweep
from qyzmet.demo.history.habits import NEVER

__all__ = ["Event", "Timeline"]

AFTER_MIDNIGHT = time(0, 0, 5)
"""The first round of the ticker on a day: it seals the day before and warns of what is due."""


FALLING = """
SELECT MIN(registered_at) FROM cases_case
 WHERE state = 'received' AND NOT unconfirmed AND registered_at > %s AND registered_at <= %s
UNION ALL SELECT MIN(due) FROM cases_deadline
 WHERE state = 'open' AND marked_at IS NULL AND due > %s AND due <= %s
UNION ALL SELECT MIN(due) FROM cases_token
 WHERE closed_at IS NULL AND NOT suspended AND kind IN ('timer', 'await') AND due > %s AND due <= %s
UNION ALL SELECT MIN(next_at) FROM cases_outbox
 WHERE state = 'waiting' AND attempts > 0 AND next_at > %s AND next_at <= %s
"""
"""What registers, falls due, times out and is tried again; asked between any two deeds."""


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
        self._tick(until)

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
        told = first_told(self.ticked)
        found += [told] if told is not None and told > self.ticked else []
        if until > self.ticked:
            fallen = rows.run(FALLING, [rows.moment(m) for _ in range(4) for m in (self.ticked, until)])
            found += [_aware(m) for (m,) in fallen.fetchall() if m is not None]
        first = min(found)
        return first if first <= until else None

    @staticmethod
    def _deliver(at: datetime) -> None:
        while outbox.deliver_due(at):
            pass


def _aware(stored: datetime | str) -> datetime:
    """A moment as the database has it: SQLite keeps text in UTC."""
    moment = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
