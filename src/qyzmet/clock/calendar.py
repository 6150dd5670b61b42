"""A calendar of working days: dated rules, each with the act behind it, and a hash of all it says.

Outside the rules the week decides: Saturday and Sunday are off in the five-day week, Sunday in the
six-day week.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from qyzmet.clock.errors import CalendarInvalid, CalendarMissing
from qyzmet.clock.hours import WEEKS, HoursBook, Week, hours_book

if TYPE_CHECKING:
    from qyzmet.clock.schedule import Schedule

Kind = Literal["off", "works", "ordinary"]


@dataclass(frozen=True, slots=True)
class DayRule:
    """What an act says of one day, for the weeks it holds for.

    kind: `off`; `works` with the hours of the day `other` it replaces; `ordinary`: an earlier rule is gone.
    name: id in calendars/names.yaml (`exchanged` for a day off given in exchange for a worked one).
    other: the day a day off was moved from, or the day a make-up day replaces.
    basis: id in calendars/acts.yaml, or the words of a deployment's own act.
    unconfirmed: why the basis is not certain, in English; empty when it is.
    """

    day: date
    kind: Kind
    basis: str
    name: str = ""
    other: date | None = None
    weeks: tuple[Week, ...] = WEEKS
    unconfirmed: str = ""


class DayChange(NamedTuple):
    """A day whose working or hours differ between two calendars, for one week."""

    day: date
    week: Week
    before: DayRule | None
    after: DayRule | None


class Calendar:
    """Rules for whole consecutive years. Immutable; `amended` gives another calendar with its own hash.

    `hours` are the office hours a name means on it: those of the acts, or a deployment's laid over them.
    """

    def __init__(
        self, years: Iterable[int], rules: Iterable[DayRule], hours: HoursBook | None = None
    ) -> None:
        self.hours = hours or hours_book()
        self.years = tuple(sorted(years))
        if not self.years or self.years[-1] - self.years[0] + 1 != len(set(self.years)):
            raise CalendarInvalid("a calendar holds whole years without a gap; add the missing year")
        self._rules: dict[tuple[Week, int], DayRule] = {}
        for rule in rules:
            self._add(rule)
        self.schedules: dict[str, Schedule] = {}

    def _add(self, rule: DayRule) -> None:
        if rule.day.year not in self.years:
            raise CalendarMissing(rule.day.year)
        for week in rule.weeks:
            if (earlier := self._rules.setdefault((week, rule.day.toordinal()), rule)) is not rule:
                raise CalendarInvalid(
                    f"{rule.day} has two rules in the {week}-day week; keep one: {earlier.basis}"
                )

    def rule(self, day: date, week: Week) -> DayRule | None:
        """The rule an act sets for that day, or None when only the week decides. Raises CalendarMissing."""
        if not self.years[0] <= day.year <= self.years[-1]:
            raise CalendarMissing(day.year)
        return self._rules.get((week, day.toordinal()))

    def works_as(self, day: date, week: Week) -> int | None:
        """The weekday (0 Monday) whose hours the day has, or None when it is off."""
        rule = self.rule(day, week)
        if rule and rule.kind == "works" and rule.other:
            return rule.other.weekday()
        if rule and rule.kind == "off":
            return None
        weekday = day.weekday()
        return weekday if weekday < (5 if week == "five" else 6) else None

    def is_working(self, day: date, week: Week = "five") -> bool:
        """Whether the day is worked in that week."""
        return self.works_as(day, week) is not None

    def rules(self) -> tuple[DayRule, ...]:
        """Every rule once per week it holds for, by date."""
        pairs = sorted(self._rules.items(), key=lambda item: (item[0][1], item[0][0]))
        return tuple(replace(rule, weeks=(week,)) for (week, _), rule in pairs)

    def with_hours(self, hours: HoursBook) -> Calendar:
        """The same days, with the names of office hours meaning these."""
        if hours is self.hours:
            return self
        new = Calendar(self.years, (), hours)
        new._rules = self._rules
        return new

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the years and every rule with its basis."""
        said = {"years": self.years, "rules": [asdict(rule) for rule in self.rules()]}
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()

    def amended(self, rules: Iterable[DayRule], years: Iterable[int] = ()) -> Calendar:
        """This calendar after an act: its rules take the place of those held for the same days and weeks."""
        new = Calendar({*self.years, *years}, rules, self.hours)
        new._rules = {**self._rules, **new._rules}
        return new


def differences(before: Calendar, after: Calendar) -> tuple[DayChange, ...]:
    """The days both calendars hold whose working, or whose hours, differ; by date, then week."""
    years = {*before.years} & {*after.years}
    keys = {key for key in {*before._rules, *after._rules} if date.fromordinal(key[1]).year in years}
    changes: list[DayChange] = []
    for week, ordinal in sorted(keys, key=lambda key: (key[1], key[0])):
        day = date.fromordinal(ordinal)
        if before.works_as(day, week) != after.works_as(day, week):
            changes.append(DayChange(day, week, before.rule(day, week), after.rule(day, week)))
    return tuple(changes)
