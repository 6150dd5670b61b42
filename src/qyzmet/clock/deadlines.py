"""A due date as it is stored, with all that explains it and judges it again after a calendar act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from qyzmet.clock.calendar import Calendar, DayChange
from qyzmet.clock.due import Due, due, due_on
from qyzmet.clock.explanation import DayReason
from qyzmet.clock.hours import Hours
from qyzmet.clock.schedule import schedule
from qyzmet.clock.suspensions import Suspension, united
from qyzmet.clock.terms import parse_term
from qyzmet.clock.zone import local


@dataclass(frozen=True, slots=True)
class DeadlineFacts:
    """What a due date was judged by: the events, the names, the two hashes and the days.

    `hours` is the name of the hours; `term` its words (`3 working days`). Moments are aware.
    """

    term: str
    start: datetime
    hours: str
    due: datetime
    calendar_hash: str
    hours_hash: str
    suspensions: tuple[Suspension, ...] = ()
    days: tuple[DayReason, ...] = ()

    def stored(self) -> dict[str, Any]:
        """Plain JSON values, moments in UTC."""
        held = [[_utc(each.start), _utc(each.end), each.ground] for each in self.suspensions]
        return {
            "v": 1,
            "term": self.term,
            "start": _utc(self.start),
            "hours": self.hours,
            "due": _utc(self.due),
            "calendar": self.calendar_hash,
            "hours_hash": self.hours_hash,
            "suspensions": held,
            "days": [day.stored() for day in self.days],
        }

    @classmethod
    def restored(cls, plain: Mapping[str, Any]) -> DeadlineFacts:
        """The facts that `stored` wrote."""
        held = [
            Suspension(_moment(a), _moment(b) if b else None, ground) for a, b, ground in plain["suspensions"]
        ]
        return cls(
            term=plain["term"],
            start=_moment(plain["start"]),
            hours=plain["hours"],
            due=_moment(plain["due"]),
            calendar_hash=plain["calendar"],
            hours_hash=plain["hours_hash"],
            suspensions=tuple(held),
            days=tuple(DayReason.restored(day) for day in plain["days"]),
        )


def deadline(
    term: str,
    start: datetime,
    hours: Hours | str,
    calendar: Calendar,
    suspensions: Sequence[Suspension] = (),
    *,
    now: datetime | None = None,
) -> DeadlineFacts:
    """Judge a due date and keep its facts and explanation, ready to be stored."""
    answer: Due = due(term, start, hours, calendar, suspensions, explain=True, now=now)
    name = hours if isinstance(hours, str) else hours.name
    return DeadlineFacts(
        str(parse_term(term)),
        start,
        name,
        answer.moment,
        answer.calendar_hash,
        answer.hours_hash,
        tuple(suspensions),
        answer.days,
    )


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A due date under another calendar: old and new moment, new facts, the changed days within its span."""

    old: datetime
    new: datetime
    facts: DeadlineFacts
    because: tuple[DayChange, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether the due moment is another."""
        return self.old != self.new


def recompute(
    facts: DeadlineFacts,
    calendar: Calendar,
    changes: Sequence[DayChange] = (),
    hours: Hours | None = None,
    now: datetime | None = None,
) -> Recomputed:
    """Judge a stored due date again on another calendar (or, with `hours`, by other hours).

    `changes` are `differences(old, new)`, worked out once for all deadlines; those between the start and the
    later due day come back as `because`. A date that stays keeps its explanation unless a day inside its
    span changed.
    """
    door = schedule(hours or facts.hours, calendar)
    new = due_on(door, parse_term(facts.term), facts.start, united(facts.suspensions, now))
    because = _within(facts, new, changes, door.hours.week) if changes else ()
    if new == facts.due and not because and (changes or calendar.hash == facts.calendar_hash):
        same = replace(facts, calendar_hash=calendar.hash, hours_hash=door.hours.hash)
        return Recomputed(facts.due, new, same)
    fresh = deadline(facts.term, facts.start, door.hours, calendar, facts.suspensions, now=now)
    return Recomputed(facts.due, new, fresh, because)


def _within(
    facts: DeadlineFacts, new: datetime, changes: Sequence[DayChange], week: str
) -> tuple[DayChange, ...]:
    first, last = local(facts.start).date(), local(max(new, facts.due)).date()
    return tuple(each for each in changes if each.week == week and first <= each.day <= last)


def _utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _moment(words: str) -> datetime:
    return datetime.fromisoformat(words)
