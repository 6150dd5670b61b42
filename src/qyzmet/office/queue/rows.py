"""Tickets as pages show them: number, what for, and how wait or service stands against its limit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from qyzmet.cases.hall import queueing
from qyzmet.cases.laws import Law
from qyzmet.cases.models import Ticket
from qyzmet.pages.words import current_language, say
from qyzmet.people.actor import Actor

__all__ = ["Clock", "Row", "in_hand_at", "rows"]

NEAR = 2 / 3
"""From this part of its limit on, a wait is about to pass it."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds gone of a limit in minutes. `sign`: `late`, `soon`, or `open` while all is well."""

    seconds: int
    limit: int | None
    cite: str

    @property
    def minutes(self) -> int:
        return self.seconds // 60

    @property
    def sign(self) -> str:
        if self.limit is None:
            return "open"
        if self.seconds > self.limit * 60:
            return "late"
        return "soon" if self.seconds >= self.limit * 60 * NEAR else "open"

    @property
    def text(self) -> str:
        if self.limit is None:
            return say("queue.gone", count=self.minutes)
        return say("queue.gone-of", gone=self.minutes, limit=self.limit)


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket. `clock`: of its wait until it is served, then of its service."""

    ticket: Ticket
    service: str
    purpose: str
    clock: Clock

    @property
    def where(self) -> str:
        """The window it was sent on to."""
        return say("queue.at-window", number=self.ticket.for_window) if self.ticket.for_window else ""


def rows(tickets: Iterable[Ticket], laws: dict[str, Law], now: datetime) -> list[Row]:
    """The tickets in words; a service that is no longer open keeps its id."""
    language = current_language()
    names = {service: law.package.name.in_language(language) for service, law in laws.items()}
    purposes = {"apply": say("queue.to-apply"), "collect": say("queue.to-collect")}
    return [
        Row(each, names.get(each.service, each.service), purposes[each.purpose], clock_of(each, now))
        for each in tickets
    ]


def in_hand_at(actor: Actor) -> Ticket | None:
    """The ticket being served at the official's window, if one is."""
    mine = queueing.window_of(actor)
    return mine.tickets.filter(state="serving").first() if mine else None


def clock_of(ticket: Ticket, now: datetime) -> Clock:
    """How long it has waited; from the moment it is served, how long it has been served."""
    if ticket.started_at is not None:
        gone = (ticket.ended_at or now) - ticket.started_at
        return Clock(max(0, int(gone.total_seconds())), ticket.serve_limit, ticket.serve_cite)
    gone = (ticket.ended_at or now) - ticket.issued_at
    return Clock(max(0, int(gone.total_seconds())), ticket.wait_limit, ticket.wait_cite)
