"""The dates of a case: when, how much working time is left, and the days that explain it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from qyzmet import clock
from qyzmet.cases.dates import clocks
from qyzmet.cases.dates.standstill import intervals
from qyzmet.cases.models import Case, CaseState, Deadline, Token
from qyzmet.cases.queries import CasePage
from qyzmet.cases.refusals import ActRefused
from qyzmet.pages import strip
from qyzmet.pages.words import current_language
from qyzmet.regulation.printing.words import Language, term_words

__all__ = ["Dated", "of_step", "of_term", "urgency"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that matters. `if_today`: the case stands still, and this is the date if it went on today.

    `back_from`: it is counted back from the end of the term, in these words.
    """

    at: datetime
    left: str = ""
    days: list[strip.Day] = field(default_factory=list)
    cite: str = ""
    sign: str = ""
    if_today: bool = False
    back_from: str = ""


def of_term(page: CasePage, now: datetime) -> Dated | None:
    """When the whole case is due."""
    case = page.case
    row = _row(page, f"case:{case.pk}")
    running = case.state in (CaseState.OPEN, CaseState.RECEIVED)
    return _dated(case, row, case.due, case.provider_id, now=now, running=running)


def of_step(page: CasePage, token: Token, now: datetime) -> Dated | None:
    """When an open step is due."""
    row = _row(page, f"token:{page.case.pk}.{token.no}")
    holder = token.organisation_id or page.case.provider_id
    running = token.closed_at is None and not token.suspended
    return _dated(page.case, row, token.due, holder, now=now, running=running)


def urgency(at: datetime | None, suspended: bool, now: datetime) -> str:
    """The sign of a date: late, soon (today), held, open."""
    if suspended:
        return "held"
    if at is None:
        return "open"
    if at < now:
        return "late"
    return "soon" if clock.local(at).date() == clock.local(now).date() else "open"


def _row(page: CasePage, subject: str) -> Deadline | None:
    return next((each for each in page.deadlines if each.subject == subject), None)


def _dated(
    case: Case, row: Deadline | None, at: datetime | None, holder: int, *, now: datetime, running: bool
) -> Dated | None:
    basis = row.basis if row else {}
    if at is None:
        return _if_resumed(case, basis, now) if row is not None and row.state == "open" else None
    left = strip.left(at, now, clocks.door_of(holder)) if running else ""
    return Dated(
        at,
        left,
        strip.stored_days(basis),
        basis.get("cite", ""),
        urgency(at, False, now) if running else "past",
        back_from=_back_from(basis),
    )


def _back_from(basis: dict[str, Any]) -> str:
    """How long before the end of the term, in words; empty for a date counted forward."""
    term, language = basis.get("before_term_end"), cast(Language, current_language())
    return term_words(str(term), language) if term else ""


def _if_resumed(case: Case, basis: dict[str, Any], now: datetime) -> Dated | None:
    if "term" not in basis:
        return None
    facts = clock.DeadlineFacts.restored(basis)
    try:
        judged = clocks.judged(facts.term, facts.start, facts.hours, intervals(case.pk), now=now)
    except ActRefused:
        return None
    days = strip.stored_days(judged.basis)
    return Dated(judged.due, "", days, basis.get("cite", ""), "held", if_today=True)
