"""What a supervisor asks of the figures: `?service=…&body=…&from=2024-09-01&to=2024-09-30`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from qyzmet import clock
from qyzmet.cases.queries.figures import Period, Reach
from qyzmet.config import clock as running
from qyzmet.office.desk import actor_of, only, page, published
from qyzmet.office.names import body_name
from qyzmet.pages.words import current_language
from qyzmet.people.actor import Actor
from qyzmet.people.directory import bodies

__all__ = ["Asked", "asked", "draw", "services", "supervisor"]

DATED = {"refusals", "times", "waits", "recount"}
"""Sections that are of a period; the others are of now."""
SPAN = timedelta(days=30)
LONGEST = timedelta(days=3660)
supervisor = only("supervisor")
"""A page of the post `supervisor`; 403 for every other."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose cases and which days. `mended`: the days asked for were no period, so the last thirty stand."""

    reach: Reach
    period: Period
    now: datetime
    mended: bool

    @property
    def query(self) -> str:
        """The same question, for a link."""
        said = {"service": self.reach.service, "body": self.reach.provider or ""}
        days = {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()}
        return urlencode({key: value for key, value in (said | days).items() if value})


def asked(request: HttpRequest) -> Asked:
    """The question of this page; what cannot be read is left out."""
    actor, now, given = actor_of(request), running.now(), request.GET
    known, places = dict(services(actor)), dict(_bodies(actor))
    service, where = given.get("service", ""), given.get("body", "")
    provider = int(where) if where.isdecimal() and len(where) < 10 else None
    period, mended = _period(given.get("from", ""), given.get("to", ""), clock.local(now).date())
    reach = Reach(actor, service if service in known else "", provider if provider in places else None)
    return Asked(reach, period, now, mended)


def draw(request: HttpRequest, template: str, question: Asked, at: str, **context: Any) -> HttpResponse:
    """Draw a page with its filter; `at` is the section it belongs to."""
    actor = question.reach.actor
    frame = {
        "asked": question,
        "section": at,
        "dated": at in DATED,
        "services": services(actor),
        "bodies": _bodies(actor),
    }
    return page(request, f"supervising/{template}", {**frame, **context}, at="supervision")


def services(actor: Actor) -> list[tuple[str, str]]:
    """The services that are published, and those of general law, by name."""
    language = current_language()
    named = {law.package.service: law.package.name.in_language(language) for law in published()}
    kept = {key: name for key, name in named.items() if actor.service in ("", key)}
    return sorted(kept.items(), key=lambda each: each[1])


def _bodies(actor: Actor) -> list[tuple[int, str]]:
    """One's own body and those below it."""
    own = actor.organisation
    return [(b.id, body_name(b.id)) for b in bodies() if own in (b.id, b.parent)]


def _period(first: str, last: str, today: date) -> tuple[Period, bool]:
    usual = Period(today - SPAN, today)
    if not (first or last):
        return usual, False
    try:
        end = date.fromisoformat(last) if last else today
        begin = date.fromisoformat(first) if first else end - SPAN
    except (ValueError, OverflowError):
        return usual, True
    if not (begin <= end and end - begin <= LONGEST and begin.year >= 2000 and end.year < 2100):
        return usual, True
    return Period(begin, end), False
