"""If I file now, when? The answer before anything is filed, by the same clock that will judge the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qyzmet import clock
from qyzmet.cases import clocks
from qyzmet.cases.laws import Law
from qyzmet.pages import strip
from qyzmet.pages.words import current_language
from qyzmet.people.directory import fitting
from qyzmet.regulation.conditions import parse
from qyzmet.regulation.model import TermRule
from qyzmet.regulation.printing.phrases import channel_name, hours_words, term_rule_words

__all__ = ["Prospect", "Registration", "prospects", "registration"]


@dataclass(frozen=True, slots=True)
class Registration:
    """When a filing of now counts as registered at a door; `hours` in words, `cite` of the channel."""

    received: datetime
    registered: datetime
    hours: str
    cite: str

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


def registration(law: Law, channel: str, received: datetime) -> Registration:
    """When a filing by this way in, received at that moment, is registered."""
    way = law.package.channels[channel]
    language: Any = current_language()
    moment = clocks.registered_at(way.hours, received)
    return Registration(received, moment, hours_words(way.hours, language), way.cite)


def prospects(law: Law, now: datetime, facts: Mapping[str, Any] | None = None) -> list[Prospect]:
    """The ways in, each with every rule of the term that may be its own."""
    found = []
    for channel in law.package.channels:
        known = {**(facts or {}), "channel": channel}
        first = registration(law, channel, now)
        found += [_prospect(law, channel, rule, first) for rule in _rules(law, known)]
    return found


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
