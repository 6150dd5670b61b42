"""A suspended application as its recipient sees it: why it stands, until what, and when it would be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from qyzmet import clock
from qyzmet.cases.dates import clocks
from qyzmet.cases.dates.standstill import intervals
from qyzmet.cases.models import CaseState, Deadline
from qyzmet.cases.queries import CasePage
from qyzmet.cases.refusals import ActRefused
from qyzmet.pages import strip
from qyzmet.pages.words import current_language
from qyzmet.portal.following import Due

__all__ = ["Stop", "due_if_resumed", "stops"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A suspension that lasts: its ground, the reason given, since when and until what."""

    name: str
    until: str
    reason: str
    since: datetime
    clause: str


def stops(page: CasePage) -> Iterator[Stop]:
    """The suspensions that last now."""
    known, language = page.law.package.suspensions, current_language()
    for each in page.shown.get("suspensions", ()):
        ground = known.get(each["ground"])
        if each["until"] is None and ground is not None:
            yield Stop(
                ground.name.in_language(language),
                ground.until.in_language(language),
                each["reason"],
                each["effective_at"],
                ground.cite,
            )


def due_if_resumed(page: CasePage, term: Deadline | None, now: datetime) -> Due | None:
    """When a suspended case would be due if it went on today; None for a case that does not stand still."""
    if page.case.state != CaseState.SUSPENDED or term is None or "term" not in term.basis:
        return None
    facts = clock.DeadlineFacts.restored(term.basis)
    try:
        judged = clocks.judged(facts.term, facts.start, facts.hours, intervals(page.case.pk), now=now)
    except ActRefused:
        return None
    return Due(judged.due, "", strip.stored_days(judged.basis), term.basis.get("cite", ""))
