"""What the law of the demo's services allows: which are open, which ways lead where, who stands on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from qyzmet import clock
from qyzmet.cases.filing.editions import edition_for
from qyzmet.cases.refusals import ActRefused
from qyzmet.demo.history.part import Part
from qyzmet.demo.rehearsal.script import CannotRehearse, Script, read_script
from qyzmet.demo.rehearsal.ways import Way, Wish, allowed_outcomes, choose_way, outcomes
from qyzmet.demo.samples import Samples
from qyzmet.regulation.engine import compile_package, find_path
from qyzmet.regulation.loader import FILE
from qyzmet.regulation.sharing import SHIPPED

__all__ = ["FILES", "Lawbook", "scripts"]

FILES = {
    "housing-assistance": 46, "housing-certificate": 9, "livestock-subsidy": 9, "processing-subsidy": 4,
    "equity-permit": 6, "land-private-ownership": 9, "land-paid-use": 6, "land-gratuitous-use": 4,
    "land-permanent-use": 3, "equity-contract": 8, "construction-object": 0, "system-account": 3,
}  # fmt: skip
"""How common each service is; 0: only as a corner."""
DAY = timedelta(days=1)


@cache
def scripts() -> dict[str, Script]:
    """The script of every shipped service."""
    found = {}
    for path in sorted(SHIPPED.rglob(FILE)):
        if path.parent.parent.parent == SHIPPED and path.parent.parent.name in FILES:
            found[path.parent.parent.name] = read_script(path)
    return found


@dataclass
class Lawbook:
    """Between two moments. `opened`: service → when its filings begin."""

    begins: datetime
    now: datetime
    _ways: dict[Any, Way | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.opened = {name: opening for name in FILES if (opening := self._opens(name)) is not None}

    def kinds(self, service: str) -> dict[str, str]:
        """The outcomes of a service with their kinds."""
        return outcomes(scripts()[service].package)

    def usual(self, service: str) -> str:
        """The outcome people file for."""
        return next(key for key, kind in self.kinds(service).items() if kind == "positive")

    def doors(self, service: str, outcome: str) -> list[str]:
        """The ways in that lead to an outcome."""
        channels = list(scripts()[service].package.channels)
        return [c for c in channels if self.way(service, c, outcome) is not None] or channels[:1]

    def way(self, service: str, channel: str, outcome: str) -> Way | None:
        """The first way to an outcome; None when there is none."""
        key = (service, channel, outcome)
        if key not in self._ways:
            wish, samples = Wish(channel=channel, outcome=outcome), Samples(clock.local(self.now).date())
            try:
                self._ways[key] = choose_way(scripts()[service], wish, samples, self.now)
            except CannotRehearse:
                self._ways[key] = None
        return self._ways[key]

    def way_of(self, part: Part) -> Way:
        """The way of a part. Raises CannotRehearse."""
        found = self.way(part.service, part.channel, part.outcome)
        if found is None:
            raise CannotRehearse(f"{part.service} has no way to {part.outcome} through {part.channel}")
        if part.whole:
            return Way(found.channel, found.variant, found.recipient, found.outcome, found.aim)
        return found

    def steps(self, service: str, way: Way) -> Iterator[tuple[str, float]]:
        """Steps on a way that somebody does, with the calendar days it takes to get there."""
        script = scripts()[service]
        facts = way.facts() | {"visit": script.package.channels[way.channel].visit}
        form = Samples(clock.local(self.now).date()).form(script.package, facts)
        known = {**facts, **Samples(clock.local(self.now).date()).facts_of(script.package, form)}
        program = compile_package(script.package, script.general)
        path = find_path(
            program, known, way.aim, clock.local(self.now), allowed=allowed_outcomes(script, known)
        )
        days = 1.0
        for choice in path:
            step = script.package.steps.get(choice.step)
            by_people = step is None or step.kind in {"task", "collegial", "batch"}
            if by_people:
                yield choice.step, days + 0.6
            terms = [limit.term or "" for limit in step.within] if step else ["2 working days"]
            days += 2.0 if any("day" in term for term in terms) else 0.25

    def _opens(self, service: str) -> datetime | None:
        """When filings of a service begin within these two months; None when they do not."""
        day = self.begins
        while day <= self.now:
            try:
                edition_for(service, day)
            except ActRefused:
                day += DAY
                continue
            return max(day, self.begins)
        return None
