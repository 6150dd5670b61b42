"""`cases.yaml` beside the law: examples a lawyer reads, run against the clock and the engine.

    - name: Filed on Friday at 18:31, a minute after hours, registered on Monday
      filed: 2019-08-16T18:31           # on Almaty's clock face, as are the others
      channel: portal
      variant: {case: grant}            # where the service has variants
      facts: {form.rented: true}        # where steps ask for more
      registered: 2019-08-19T09:00
      due: 2019-08-22T18:30
      exit: refused                     # an ending it can have
      steps: [register, {decide: refuse}, notify]   # on the way there, outcomes where they matter

What does not hold is an error at its place, with what holds instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationError
from pydantic import Field as Default
from pydantic_core import PydanticCustomError

from qyzmet.clock import ALMATY, Calendar, ClockError, due, registered_at
from qyzmet.regulation.conditions import parse
from qyzmet.regulation.engine import Choice, NoPath, compile_package, find_path
from qyzmet.regulation.findings import Finding, Place, error, ordered, suggest
from qyzmet.regulation.model import Model, Package, TermRule, Text
from qyzmet.regulation.model.base import Ident, Scalar
from qyzmet.regulation.places import Key, Places, plain, spoken
from qyzmet.regulation.wording import shape_findings
from qyzmet.regulation.yaml_source import Branch, SourceError, read_file

__all__ = ["CaseFile", "Example", "check_cases", "read_cases"]

FILE = "cases.yaml"


def _moment(value: Any) -> datetime:
    try:
        return datetime.fromisoformat(value if "T" in value else "").replace(tzinfo=ALMATY)
    except (ValueError, TypeError):
        raise PydanticCustomError("not_a_moment", "a moment is written 2019-06-07T17:55") from None


Moment = Annotated[datetime, BeforeValidator(_moment)]


class Example(Model):
    """One case as a lawyer tells it."""

    name: str | Text
    filed: Moment
    channel: Ident
    variant: Annotated[dict[Ident, str], Default(default={})]
    facts: Annotated[dict[str, Scalar], Default(default={})]
    registered: Moment
    due: Moment
    exit: Ident | None = None
    steps: tuple[str | dict[str, str], ...] = ()

    def known(self) -> dict[str, object]:
        """The facts of the case when it is filed."""
        return {"channel": self.channel, **self.variant, **self.facts}


class CaseFile(Model):
    """All examples of a package."""

    cases: tuple[Example, ...]


def read_cases(path: Path) -> tuple[CaseFile | None, list[Finding], Places]:
    """Read the examples; None with findings when their shape is wrong. Raises OSError."""
    try:
        items, findings = read_file(path)
    except SourceError as problem:
        return None, [problem.finding], Places(Branch(Place(str(path), 1, 1)))
    root = Branch(items.place, {"cases": items.place}, {"cases": items})
    places = Places(root)
    try:
        read = CaseFile.model_validate(plain(root))
    except ValidationError as problem:
        return None, [*findings, *shape_findings(problem, places, CaseFile)], places
    return (None if findings else read), findings, places


def check_cases(
    path: Path, package: Package, general: Iterable[Package], calendar: Calendar
) -> tuple[Finding, ...]:
    """Run every example of a file. `general` is the general law the package hooks in."""
    read, findings, places = read_cases(path)
    if read is not None:
        runner = _Runner(package, tuple(general), calendar, places)
        for index, example in enumerate(read.cases):
            findings += runner.run(index, example)
    return ordered(findings)


class _Runner:
    """One package with its general law and the calendar, ready for its examples."""

    def __init__(
        self, package: Package, general: tuple[Package, ...], calendar: Calendar, places: Places
    ) -> None:
        self.package, self.calendar, self.places = package, calendar, places
        self.program = compile_package(package, general)

    def run(self, index: int, example: Example) -> list[Finding]:
        unknown = list(self._unknown(index, example))
        if unknown:
            return unknown
        try:
            return [*self._times(index, example), *self._way(index, example)]
        except ClockError as problem:
            return [self._error("case-clock", (index, "filed"), str(problem))]

    def _error(self, code: str, path: tuple[Key, ...], message: str) -> Finding:
        at = ("cases", *path)
        return error(self.places.value(at), code, message, spoken(at))

    def _unknown(self, index: int, example: Example) -> Iterator[Finding]:
        package = self.package
        if example.channel not in package.channels:
            hint = suggest(example.channel, package.channels)
            yield self._error(
                "case-unknown", (index, "channel"), f"there is no channel `{example.channel}`{hint}"
            )
        if example.exit is not None and example.exit not in package.exits:
            hint = suggest(example.exit, package.exits)
            yield self._error("case-unknown", (index, "exit"), f"there is no exit `{example.exit}`{hint}")
        for dimension, option in example.variant.items():
            options: Mapping[str, object] = package.variants.get(dimension, {})
            if option not in options:
                message = f"`{dimension}` has no variant `{option}`{suggest(option, options)}"
                yield self._error("case-unknown", (index, "variant", dimension), message)

    def _times(self, index: int, example: Example) -> Iterator[Finding]:
        door = self.package.channels[example.channel].hours
        registered = registered_at(example.filed, door, self.calendar)
        if registered != example.registered:
            message = f"it is registered at {_face(registered)}, by the hours `{door}`"
            yield self._error("case-registered", (index, "registered"), message)
        rule = self._rule(example)
        if rule is None:
            yield self._error(
                "case-due", (index, "due"), "no overall term holds for it, so it has no due moment"
            )
            return
        start = example.filed if rule.from_ == "receipt" else registered
        moment = due(rule.within, start, self._provider_hours(), self.calendar).moment
        if moment != example.due:
            message = f"{rule.within} from {rule.from_} end at {_face(moment)} ({rule.cite})"
            yield self._error("case-due", (index, "due"), message)

    def _rule(self, example: Example) -> TermRule | None:
        facts = {**example.known(), "exit": example.exit or ""}
        return next((r for r in self.package.term if r.only is None or parse(r.only).holds(facts)), None)

    def _provider_hours(self) -> str:
        """The overall term runs on the hours of the organisation called `provider`, or else the first."""
        organisations = self.package.organisations
        return organisations.get("provider", next(iter(organisations.values()))).hours

    def _way(self, index: int, example: Example) -> Iterator[Finding]:
        if example.exit is None and not example.steps:
            return
        try:
            way = find_path(self.program, example.known(), example.exit, example.due)
        except NoPath:
            message = f"no way leads such a case to `{example.exit}`"
            yield self._error("case-exit", (index, "exit"), message)
            return
        done = [choice for choice in way if choice.step]
        if example.steps and not _same(example.steps, done):
            message = f"the way there is {', '.join(_told(choice) for choice in done)}"
            yield self._error("case-steps", (index, "steps"), message)


def _same(told: tuple[str | dict[str, str], ...], done: list[Choice]) -> bool:
    if len(told) != len(done):
        return False
    return all(
        part == choice.step if isinstance(part, str) else part == {choice.step: choice.outcome}
        for part, choice in zip(told, done, strict=True)
    )


def _told(choice: Choice) -> str:
    return choice.step if choice.outcome == "done" else f"{choice.step}: {choice.outcome}"


def _face(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"
