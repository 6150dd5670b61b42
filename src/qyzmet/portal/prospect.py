"""If I file now, when? The answer before anything is filed, by the same clock that will judge the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from qyzmet import clock
from qyzmet.cases.dates import clocks
from qyzmet.cases.laws import Law
from qyzmet.cases.refusals import ActRefused
from qyzmet.identity import written_date
from qyzmet.pages import strip
from qyzmet.pages.moments import read_moment
from qyzmet.pages.words import current_language, say
from qyzmet.people.directory import fitting
from qyzmet.regulation.conditions import parse
from qyzmet.regulation.model import TermRule
from qyzmet.regulation.printing.phrases import channel_name, hours_words, term_rule_words

__all__ = ["Asked", "Prospect", "Registration", "asked", "prospects", "registration"]


@dataclass(frozen=True, slots=True)
class Registration:
    """When a filing counts as registered at a door; `hours` in words, `why` not at once, `cite` of the
    channel. `received` and `registered` as Almaty clocks show them."""

    received: datetime
    registered: datetime
    hours: str
    cite: str
    why: tuple[str, ...] = ()

    @property
    def at_once(self) -> bool:
        return self.registered <= self.received


@dataclass(frozen=True, slots=True)
class Prospect:
    """One way in under one rule of the term: registered when, due when, and why."""

    channel: str
    rule: str
    registration: Registration
    due: datetime
    days: list[strip.Day]
    cite: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the moment of filing (`typed` as it was; `chosen`: another than now) and the way in."""

    at: datetime
    typed: str
    chosen: bool
    way: str
    ways: tuple[tuple[str, str], ...]
    found: list[Prospect] = field(default_factory=list)
    fault: str = ""


def asked(law: Law, given: Mapping[str, Any], now: datetime) -> Asked:
    """The prospects of the moment and way in that were asked for; without them, of now and of every way."""
    language: Any = current_language()
    ways = tuple((key, channel_name(law.package, key, language)) for key in law.package.channels)
    way = given.get("way", "") if given.get("way", "") in dict(ways) else ""
    typed = str(given.get("at", "")).strip()[:40]
    at = read_moment(typed) if typed else clock.local(now)
    if at is None:
        fault = say("service.moment-unread")
        return Asked(clock.local(now), typed, False, way, ways, prospects(law, now, way=way), fault)
    shown = f"{at:%Y-%m-%dT%H:%M}"
    try:
        return Asked(at, shown, bool(typed), way, ways, prospects(law, at, way=way))
    except (clock.ClockError, ActRefused):
        years = clocks.calendar().years
        fault = say("service.no-calendar", first=years[0], last=years[-1])
        return Asked(clock.local(now), typed, False, way, ways, fault=fault)


def registration(law: Law, channel: str, received: datetime) -> Registration:
    """When a filing by this way in, received at that moment, is registered."""
    way = law.package.channels[channel]
    language: Any = current_language()
    moment = clocks.registered_at(way.hours, received)
    door = clock.schedule(way.hours, clocks.calendar())
    why = () if moment <= received else tuple(_why(door, clock.local(received)))
    return Registration(received, moment, hours_words(way.hours, language), way.cite, why)


def prospects(
    law: Law, now: datetime, facts: Mapping[str, Any] | None = None, way: str = ""
) -> list[Prospect]:
    """The ways in (or one of them), each with every rule of the term that may be its own."""
    found = []
    for channel in [way] if way else law.package.channels:
        known = {**(facts or {}), "channel": channel}
        first = registration(law, channel, now)
        found += [_prospect(law, channel, rule, first) for rule in _rules(law, known)]
    return found


def _why(door: clock.Schedule, received: datetime) -> list[str]:
    """Why a filing is not registered at once: too early, too late, or the days off until the next opening."""
    hours = door.open_day(received.date())
    if hours is not None and received.time() < hours.opens:
        return [say("service.why-early", time=f"{hours.opens:%H:%M}")]
    language: Any = current_language()
    start = received if hours is not None else received - timedelta(days=1)
    answer = clock.due("1 working days", start, door.hours, door.calendar, explain=True)
    off = [
        f"{written_date(each.date, language)}: {each.why(language)}"
        for each in answer.days
        if not each.counted
    ]
    late = [say("service.why-late", time=f"{hours.closes:%H:%M}")] if hours is not None else []
    return [*late, *off]


def _rules(law: Law, facts: Mapping[str, Any]) -> list[TermRule]:
    rules = []
    for rule in law.package.term:
        decided = True if rule.only is None else parse(rule.only).decided(facts)
        if decided is not False:
            rules.append(rule)
        if decided is True:
            break
    return rules


def _prospect(law: Law, channel: str, rule: TermRule, first: Registration) -> Prospect:
    language: Any = current_language()
    start = first.registered if rule.from_ == "registration" else first.received
    answer = clock.due(rule.within, start, _hours(law), clocks.calendar(), explain=True)
    return Prospect(
        channel=channel_name(law.package, channel, language),
        rule=term_rule_words(law.package, rule, language),
        registration=first,
        due=answer.moment,
        days=strip.days(answer.days),
        cite=rule.cite,
    )


def _hours(law: Law) -> str:
    """The provider's hours: those of the bodies that deliver, else what the package says of the role."""
    roles = law.package.organisations
    role = roles.get("provider") or next(iter(roles.values()))
    bodies = fitting(role.kind, law.package.service)
    return bodies[0].hours if bodies else role.hours
