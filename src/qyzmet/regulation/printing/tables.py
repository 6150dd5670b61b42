"""The step tables an act prints: each step a row (table 1), or groups of units as columns (2 and 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from qyzmet.clock import ALMATY
from qyzmet.regulation.engine import NoPath, compile_package, find_path
from qyzmet.regulation.model import Package, Step, Table
from qyzmet.regulation.model.package import Row
from qyzmet.regulation.printing.phrases import channel_name, limit_words
from qyzmet.regulation.printing.settling import kinds_of_case, settled
from qyzmet.regulation.printing.words import Language, say

__all__ = ["Action", "Grouped", "StepRow", "StepTable", "step_tables", "steps_on_path", "unit_name"]


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as the act's table 1 prints it; `next` is the next action's number, or the word for the end."""

    number: str
    unit: str
    action: str
    makes: str
    within: str
    next: str
    step: str
    cite: str


@dataclass(frozen=True, slots=True)
class Action:
    """An action of tables 2 and 3: which group does it (its column, from 0), what, and within what time."""

    number: int
    column: int
    text: str
    within: str


@dataclass(frozen=True, slots=True)
class Grouped:
    """The same process with groups of units as columns and one action a row."""

    columns: tuple[str, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class StepTable:
    """One printed table: `rows` of every step, or `grouped` where the act groups its units."""

    id: str
    name: str
    cite: str | None
    rows: tuple[StepRow, ...] = ()
    grouped: Grouped | None = None

    def as_data(self) -> dict[str, Any]:
        """The table for JSON."""
        return asdict(self)


def step_tables(
    package: Package, lang: Language, channel: str | None = None, variant: Mapping[str, str] | None = None
) -> tuple[StepTable, ...]:
    """The tables the package declares; else one of its main process for each way in.

    A channel or variant given here chooses among the declared tables those made for it.
    """
    wanted = dict(variant or {})
    declared = {
        key: table
        for key, table in package.tables.items()
        if (channel is None or table.channel in {None, channel}) and table.variant.items() >= wanted.items()
    }
    if declared:
        return tuple(_declared(package, key, table, lang) for key, table in declared.items())
    ways: list[str | None] = [channel] if channel else [*package.channels] or [None]
    made = []
    for way in ways:
        steps = steps_on_path(package, way, wanted, None)
        made.append(
            StepTable(
                f"main-{way}" if way else "main", _name(package, way, lang), None, _rows(package, steps, lang)
            )
        )
    return tuple(made)


def _name(package: Package, channel: str | None, lang: Language) -> str:
    words = f"{say('table-steps', lang)}. {say('table-main', lang)}"
    return f"{words} ({channel_name(package, channel, lang)})" if channel else words


def _declared(package: Package, key: str, table: Table, lang: Language) -> StepTable:
    name = table.name.in_language(lang)
    steps = steps_on_path(package, table.channel, table.variant, table.exit)
    if not table.groups:
        return StepTable(key, name, table.cite, _rows(package, steps, lang))
    return StepTable(key, name, table.cite, (), _grouped(package, table, steps, lang))


def steps_on_path(
    package: Package, channel: str | None, variant: Mapping[str, str], exit_: str | None
) -> list[str]:
    """The steps of the way to an exit (the first positive one), each once, in the order they are first done.

    Raises NoPath if no choices lead there.
    """
    facts = _facts(package, channel, variant)
    # No general law is woven in, so the moment decides nothing; the day of adoption stands in for it.
    now = datetime.fromisoformat(package.edition[:10]).replace(hour=10, tzinfo=ALMATY)
    program = compile_package(package)
    wanted = [exit_] if exit_ else [*_goals(package, facts), None]
    for goal in wanted:
        try:
            choices = find_path(program, facts, goal, now)
        except NoPath:
            if goal == wanted[-1]:
                raise
            continue
        return list(dict.fromkeys(choice.step for choice in choices if choice.step))
    return []


def _goals(package: Package, facts: Mapping[str, object]) -> Iterator[str]:
    for key, exit_ in package.exits.items():
        if exit_.kind == "positive" and settled(exit_.only, facts) is not False:
            yield key


def _facts(package: Package, channel: str | None, variant: Mapping[str, str]) -> dict[str, object]:
    """The first kind of case that fits: its way in, its variant, its recipient."""
    channels = [channel] if channel else list(package.channels) or [""]
    known: dict[str, object] = {"recipient": package.recipients[0], "exit": "", **variant}
    return next(kinds_of_case(package, channels, known), {**known, "channel": channels[0]})


def _rows(package: Package, steps: list[str], lang: Language) -> tuple[StepRow, ...]:
    """What the system does by itself between the steps of people is a row only where the act numbers it."""
    shown = [key for key in steps if _is_row(package.steps[key])] or steps
    numbers = [_number(package.steps[key], place) for place, key in enumerate(shown, start=1)]
    following = [*numbers[1:], say("end", lang)]
    return tuple(
        _row(package, key, number, after, lang)
        for key, number, after in zip(shown, numbers, following, strict=True)
    )


def _is_row(step: Step) -> bool:
    return step.by is not None or step.number is not None


def _number(step: Step, place: int) -> str:
    return str(step.number if step.number is not None else place)


def _row(package: Package, key: str, number: str, after: str, lang: Language) -> StepRow:
    step = package.steps[key]
    return StepRow(
        number=number,
        unit=unit_name(package, step, lang),
        action=(step.does or step.name).in_language(lang),
        makes=step.makes.in_language(lang) if step.makes else "",
        within=limit_words(package, step.within, lang),
        next=after,
        step=key,
        cite=step.cite,
    )


def unit_name(package: Package, step: Step, lang: Language) -> str:
    """The unit that does a step, as the act names it."""
    if step.by is not None and step.by in package.posts:
        return package.posts[step.by].name.in_language(lang)
    if step.org is not None:
        return package.organisations[step.org].name.in_language(lang)
    return say("system", lang)


def _grouped(package: Package, table: Table, path: list[str], lang: Language) -> Grouped:
    """Actions in the order of the process: each at the place of the first of its steps."""
    order = list(dict.fromkeys([*path, *package.steps]))
    rows = [(column, row) for column, group in enumerate(table.groups) for row in group.rows]
    rows.sort(key=lambda one: min((order.index(step) for step in one[1].steps), default=len(order)))
    actions = (
        Action(number, column, _does(package, row, lang), _within(package, row, lang))
        for number, (column, row) in enumerate(rows, start=1)
    )
    return Grouped(tuple(group.name.in_language(lang) for group in table.groups), tuple(actions))


def _does(package: Package, row: Row, lang: Language) -> str:
    if row.does is not None:
        return row.does.in_language(lang)
    return ", ".join((package.steps[s].does or package.steps[s].name).in_language(lang) for s in row.steps)


def _within(package: Package, row: Row, lang: Language) -> str:
    if row.within is not None:
        return row.within.in_language(lang)
    said = (limit_words(package, package.steps[step].within, lang, short=True) for step in row.steps)
    return " + ".join(filter(None, said))
