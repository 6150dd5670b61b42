"""When things are due in a case: the law's limits, the hours of who holds the step, the case's
suspensions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings

from qyzmet import clock
from qyzmet.cases.dates import calendars
from qyzmet.cases.deployment import overlays
from qyzmet.cases.laws import Law, holds
from qyzmet.cases.models import Case, Token
from qyzmet.cases.refusals import refused
from qyzmet.people.directory import body
from qyzmet.regulation.model import Limit
from qyzmet.regulation.parameters import Parameters, load_parameters

if TYPE_CHECKING:
    from qyzmet.cases.hold import Held

__all__ = [
    "NEVER",
    "Judged",
    "calendar",
    "door_of",
    "judged",
    "own_parameters",
    "parameters",
    "registered_at",
    "step_due",
    "term_due",
]

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Where work without a limit stands in a queue ordered by due moment."""


class Judged(NamedTuple):
    """A due moment and what it rests on, ready to store."""

    due: datetime
    basis: dict[str, Any]


def calendar() -> clock.Calendar:
    """The calendar in use."""
    return calendars.current()


def own_parameters() -> Path:
    """The folder of the deployment's own parameters."""
    return Path(settings.QYZMET_DATA) / "parameters"


def _read_parameters() -> Parameters:
    folder = own_parameters()
    return load_parameters(folder if folder.is_dir() else None)


parameters = overlays.Kept(_read_parameters, own_parameters)
"""The parameters in use: ours, with the deployment's folder `parameters` laid over them."""


def door_of(organisation: int) -> clock.Schedule:
    """The schedule of an organisation."""
    return clock.schedule(body(organisation).hours, calendar())


def registered_at(hours: str, received: datetime) -> datetime:
    """When a filing received at a door counts as registered (O109 an.2 row 7(2), O144 an.1 §7)."""
    try:
        return clock.schedule(hours, calendar()).registered_at(received).astimezone(UTC)
    except clock.ClockError as problem:
        raise refused("no-date", why=str(problem)) from problem


def judged(
    term: str,
    start: datetime,
    hours: str,
    suspensions: Sequence[clock.Suspension] = (),
    *,
    cite: str = "",
    now: datetime | None = None,
) -> Judged:
    """A due moment with its basis. Raises ActRefused `no-date` where no calendar answers."""
    try:
        facts = clock.deadline(term, start, hours, calendar(), suspensions, now=now)
    except clock.ClockError as problem:
        raise refused("no-date", why=str(problem)) from problem
    return Judged(facts.due.astimezone(UTC), {**facts.stored(), "cite": cite})


def term_due(
    law: Law,
    case: Case,
    facts: dict[str, Any],
    suspensions: Sequence[clock.Suspension] = (),
    now: datetime | None = None,
) -> Judged | None:
    """The overall term: the first rule that holds, on the provider's calendar."""
    for rule in law.package.term:
        if holds(rule.only, facts):
            start = case.registered_at if rule.from_ == "registration" else case.received_at
            hours = body(case.provider_id).hours
            return judged(rule.within, start, hours, suspensions, cite=rule.cite, now=now)
    return None


def step_due(
    held: Held, row: Token, moment: datetime, suspensions: Sequence[clock.Suspension] = ()
) -> Judged | None:
    """When a step whose time begins at `moment` is due, on the hours of the organisation that holds it.

    `suspensions` are those that held it up. None where the law sets no limit.
    """
    for limit, only in held.law.limits(row.step):
        if only is None or only.holds(held.facts):
            return _limit_due(held, row, limit, moment, suspensions)
    return None


def _limit_due(
    held: Held, row: Token, limit: Limit, moment: datetime, suspensions: Sequence[clock.Suspension]
) -> Judged | None:
    cite = limit.cite or held.law.step(row.step).cite
    if limit.before_term_end:
        return _before_term_end(held.case, limit.before_term_end, cite)
    words = _words(limit, moment)
    if words is None:
        return None
    hours = body(row.organisation_id or held.case.provider_id).hours
    return judged(words, _start(held, row, limit.from_, moment), hours, suspensions, cite=cite)


def _words(limit: Limit, day: datetime) -> str | None:
    if limit.pick_up:
        times = parameters().value(limit.pick_up, clock.local(day).date())
        return "pick-up at " + ", ".join(f"{face:%H:%M}" for face in times)
    return limit.term


def _start(held: Held, row: Token, from_: str, moment: datetime) -> datetime:
    named = {"registration": held.case.registered_at, "receipt": held.case.received_at, "opening": moment}
    if from_ in named:
        return named[from_]
    prefix = row.step.rpartition(":")[0]
    return held.completed_at(f"{prefix}:{from_}" if prefix else from_) or moment


def _before_term_end(case: Case, words: str, cite: str) -> Judged | None:
    """Counted back from the end of the overall term: closing of the working day that many days before it."""
    if case.due is None:
        return None
    door = door_of(case.provider_id)
    number = door.first_after(clock.local(case.due)) - 1 - clock.parse_term(words).count
    due = door.closing(number).astimezone(UTC)
    return Judged(due, {"v": 1, "before_term_end": words, "term_due": case.due.isoformat(), "cite": cite})
