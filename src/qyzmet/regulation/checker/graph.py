"""The graph of a procedure in one situation: what can follow what, as far as conditions can be settled.

It follows the engine's rules on spots instead of tokens. A spot is a step together with where the case is
heading, the all-of steps it stands inside, and whether a suspension has taken effect on the way; so there are
few of them, and nothing here walks path by path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from qyzmet.regulation.checker.situations import Situation, compiled
from qyzmet.regulation.conditions import Condition
from qyzmet.regulation.model import Move, Package, Step
from qyzmet.regulation.model.steps import END, RETURN

__all__ = ["LIMIT", "Edge", "Graph", "Plan", "Spot", "build", "plan"]

LIMIT = 100_000
"""Spots looked at in one situation; a procedure with more is refused as too tangled."""
_DEEPEST = 4

Ends = frozenset({END, RETURN})


class Spot(NamedTuple):
    """Where a token can stand; `joined` is an all-of whose branches are back, `step` may be `end`."""

    step: str
    exit: str | None = None
    inside: tuple[str, ...] = ()
    joined: bool = False
    held: bool = False

    @property
    def ended(self) -> bool:
        return self.step in Ends


class Edge(NamedTuple):
    """One way on: `skips` when the step is passed over, `outcome` and `move` say which move it follows.

    `kind` is `move`, `branch` (an all-of opens) or `resume` (a lifted suspension goes on).
    """

    to: Spot
    skips: bool = False
    kind: str = "move"
    outcome: str = ""
    move: int = 0


class PlannedMove(NamedTuple):
    move: Move
    only: Condition | None
    certain: bool


class PlannedStep(NamedTuple):
    step: Step
    only: Condition | None
    conditional: bool
    moves: dict[str, list[PlannedMove]]


@dataclass(frozen=True)
class Plan:
    """A package with its conditions compiled once for all situations."""

    first: str
    steps: Mapping[str, PlannedStep]
    effective: Mapping[str, tuple[str, str | None]]


@dataclass
class Graph:
    """Spots that can be reached, each with its ways on; `opened` are the steps that someone acts on."""

    start: Spot
    edges: dict[Spot, list[Edge]] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    too_big: bool = False
    too_deep: str = ""


def plan(package: Package) -> Plan:
    """Compile a package for `build`."""
    steps = {
        key: PlannedStep(step, compiled(step.only), step.only is not None, _moves(step))
        for key, step in package.steps.items()
    }
    effective = {
        key: (exit_.effective, exit_.resume)
        for key, exit_ in package.exits.items()
        if exit_.kind == "suspension" and exit_.effective
    }
    return Plan(next(iter(package.steps)), steps, effective)


def _moves(step: Step) -> dict[str, list[PlannedMove]]:
    return {
        outcome: [PlannedMove(move, compiled(move.only), move.only is None) for move in moves]
        for outcome, moves in step.then.items()
    }


def build(plan: Plan, situation: Situation) -> Graph:
    """Everything that can be reached from the first step."""
    graph = Graph(Spot(plan.first))
    walker = _Walker(plan, situation, graph)
    waiting = [graph.start]
    while waiting:
        spot = waiting.pop()
        if spot in graph.edges:
            continue
        if len(graph.edges) >= LIMIT:
            graph.too_big = True
            break
        graph.edges[spot] = list(walker.ways_on(spot))
        waiting += [edge.to for edge in graph.edges[spot]]
    return graph


class _Walker:
    """The ways on from a spot."""

    def __init__(self, plan: Plan, situation: Situation, graph: Graph) -> None:
        self.plan, self.graph, self.known = plan, graph, dict(situation.facts)

    def _decide(self, only: Condition | None, conditional: bool, spot: Spot) -> bool | None:
        if not conditional:
            return True
        self.known["exit"] = spot.exit or ""
        return None if only is None else only.decided(self.known)

    def ways_on(self, spot: Spot) -> Iterator[Edge]:
        planned = self.plan.steps.get(spot.step)
        if planned is None:
            return
        if spot.joined:
            yield from self._outcomes(spot, planned, "move", list(planned.moves))
            return
        held = self._decide(planned.only, planned.conditional, spot)
        if held is not False:
            self.graph.opened.add(spot.step)
            if planned.step.kind == "all-of":
                yield from self._branches(spot, planned.step)
            else:
                yield from self._outcomes(spot, planned, "move", list(planned.moves))
        if held is not True:
            yield from self._outcomes(spot, planned, "skip", list(planned.moves)[:1])

    def _branches(self, spot: Spot, step: Step) -> Iterator[Edge]:
        if len(spot.inside) >= _DEEPEST:
            self.graph.too_deep = spot.step
            return
        for branch in step.branches:
            if branch in self.plan.steps:
                yield Edge(
                    Spot(branch, spot.exit, (*spot.inside, spot.step), False, spot.held), kind="branch"
                )

    def _outcomes(self, spot: Spot, planned: PlannedStep, kind: str, outcomes: list[str]) -> Iterator[Edge]:
        for outcome in outcomes:
            for index, (move, only, certain) in enumerate(planned.moves[outcome]):
                holds = self._decide(only, not certain, spot)
                if holds is False:
                    continue
                if move.go in self.plan.steps or move.go in Ends:
                    yield from self._follow(spot, move, kind == "skip", outcome, index)
                if holds:
                    break

    def _follow(self, spot: Spot, move: Move, skips: bool, outcome: str, index: int) -> Iterator[Edge]:
        heading = move.exit or spot.exit
        inside = () if move.alone else spot.inside
        effective = None if skips else self.plan.effective.get(heading or "")
        held = spot.held and move.exit is None
        if effective is not None and effective[0] == spot.step:
            held = True
            if effective[1] in self.plan.steps:
                yield Edge(Spot(str(effective[1])), kind="resume", outcome=outcome, move=index)
        if inside and move.go == inside[-1]:
            to = Spot(move.go, heading, inside[:-1], True, held)
        else:
            to = Spot(move.go, heading, inside, False, held)
        yield Edge(to, skips, "move", outcome, index)
