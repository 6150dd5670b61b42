"""A package compiled once for the engine: conditions parsed, moves resolved, general law attached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qyzmet.regulation.conditions import Condition, parse
from qyzmet.regulation.model import Package, Step
from qyzmet.regulation.model.steps import END, RETURN

__all__ = ["GeneralLaw", "Node", "Program", "Target", "compile_package"]


@dataclass(frozen=True, slots=True)
class Target:
    """A move with its condition compiled."""

    go: str
    exit: str | None
    only: Condition | None
    alone: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A step as the engine sees it."""

    id: str
    kind: str
    org: str | None
    only: Condition | None
    outcomes: dict[str, tuple[Target, ...]]
    branches: tuple[str, ...]
    runs: bool


@dataclass(frozen=True, slots=True)
class GeneralLaw:
    """A piece of general law that runs before a refusal, for decisions from `since` to `until`."""

    id: str
    first: str
    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Program:
    """Everything `advance` looks up.

    `refusals` are the exits a hearing comes before; `effective` gives, for a suspension exit, the step that
    puts it into effect and the one the case goes on at.
    """

    service: str
    first: str
    nodes: dict[str, Node]
    exits: frozenset[str]
    refusals: frozenset[str]
    effective: dict[str, tuple[str, str | None]]
    runs_on: dict[str, frozenset[str]]
    general: tuple[GeneralLaw, ...]


def compile_package(package: Package, general: Iterable[Package] = ()) -> Program:
    """Compile a package with the general law published beside it.

    `general` may hold every general package; those whose `attach` is `before-refusal` are woven in, their
    steps under `<service>:<step>`.
    """
    nodes = {key: _node(package, key, step, "") for key, step in package.steps.items()}
    laws = []
    for other in general:
        if other.attach is None or other.attach.stage != "before-refusal":
            continue
        prefix = f"{other.service}:"
        nodes |= {prefix + key: _node(other, key, step, prefix) for key, step in other.steps.items()}
        first = prefix + next(iter(other.steps))
        laws.append(GeneralLaw(other.service, first, other.attach.decided_from, other.attach.decided_to))
    exits = package.exits
    return Program(
        service=package.service,
        first=next(iter(package.steps)),
        nodes=nodes,
        exits=frozenset(exits),
        refusals=frozenset(
            k for k, e in exits.items() if e.kind == "refusal" and e.hearing_not_required is None
        ),
        effective={
            k: (e.effective, e.resume) for k, e in exits.items() if e.kind == "suspension" and e.effective
        },
        runs_on={key: frozenset(ground.runs_on) for key, ground in package.suspensions.items()},
        general=tuple(laws),
    )


def _node(package: Package, key: str, step: Step, prefix: str) -> Node:
    post = package.posts.get(step.by) if step.by else None
    return Node(
        id=prefix + key,
        kind=step.kind,
        org=step.org or (post.org if post else None),
        only=None if step.only is None else parse(step.only),
        outcomes={
            outcome: tuple(
                Target(
                    go=m.go if m.go in (END, RETURN) else prefix + m.go,
                    exit=m.exit,
                    only=None if m.only is None else parse(m.only),
                    alone=m.alone,
                )
                for m in moves
            )
            for outcome, moves in step.then.items()
        },
        branches=tuple(prefix + b for b in step.branches),
        runs=step.while_suspended == "runs",
    )
