"""When each spot of a procedure is reached if every step takes all the time its limit gives.

Loops are walked once: moves that lead back are left out. So is what comes after a suspension, whose clock
stands still.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from qyzmet.clock import ClockError
from qyzmet.regulation.checker.graph import Edge, Graph, Spot
from qyzmet.regulation.checker.situations import Situation, decide
from qyzmet.regulation.checker.worktime import START, Moment, after
from qyzmet.regulation.model import Limit, Step

__all__ = ["Arrivals", "arrivals"]

Facts = Mapping[str, object]
PickUps = Callable[[str], int]


class Arrivals:
    """The latest lawful moment of each spot, and the spot before it on the way that takes longest."""

    def __init__(self) -> None:
        self.at: dict[Spot, Moment] = {}
        self.before: dict[Spot, Spot] = {}
        self.finished: dict[str, Moment] = {}

    def way(self, spot: Spot) -> list[str]:
        """The steps of the longest way to a spot."""
        steps: list[str] = []
        while (earlier := self.before.get(spot)) is not None:
            steps.append(earlier.step)
            spot = earlier
        return steps[::-1]


def arrivals(graph: Graph, steps: dict[str, Step], situation: Situation, pick_ups: PickUps) -> Arrivals:
    """Walk the spots in an order in which everything before a spot has been seen."""
    found = Arrivals()
    found.at[graph.start] = START
    onward = {spot: [e for e in edges if e.kind != "resume"] for spot, edges in graph.edges.items()}
    for spot in _forward(graph.start, onward):
        arrived = found.at.get(spot)
        if arrived is None:
            continue
        step = steps.get(spot.step)
        facts = {**situation.facts, "exit": spot.exit or ""}
        left = _left(step, facts, arrived, found, pick_ups) if step else arrived
        found.finished[spot.step] = max(left, found.finished.get(spot.step, left))
        for edge in onward[spot]:
            moment = arrived if edge.skips or edge.kind == "branch" else left
            if edge.to not in found.at or moment > found.at[edge.to]:
                found.at[edge.to], found.before[edge.to] = moment, spot
    return found


def _left(step: Step, facts: Facts, arrived: Moment, found: Arrivals, pick_ups: PickUps) -> Moment:
    ends = [arrived]
    for limit in step.within if step.kind != "all-of" else ():
        holds = decide(limit.only, facts)
        if holds is not False:
            ends.append(_end(limit, arrived, found, pick_ups))
        if holds:
            break
    return max(ends)


def _end(limit: Limit, arrived: Moment, found: Arrivals, pick_ups: PickUps) -> Moment:
    """When the limit runs out; a step that opens after its limit has run out takes no time."""
    try:
        if limit.pick_up is not None:
            return after(arrived, "pick-up at 00:00", pick_ups(limit.pick_up))
        if limit.term is None:
            return arrived
        return max(arrived, after(_from(limit.from_, arrived, found), limit.term))
    except ClockError:
        return arrived


def _from(name: str, arrived: Moment, found: Arrivals) -> Moment:
    if name in {"registration", "receipt"}:
        return START
    return arrived if name == "opening" else found.finished.get(name, arrived)


def _forward(start: Spot, onward: dict[Spot, list[Edge]]) -> list[Spot]:
    """Spots after all that lead to them; moves that lead back are removed from `onward`."""
    order: list[Spot] = []
    state: dict[Spot, int] = {start: 1}
    work: list[tuple[Spot, Iterator[Edge]]] = [(start, iter(list(onward.get(start, ()))))]
    while work:
        spot, edges = work[-1]
        edge = next(edges, None)
        if edge is None:
            state[spot] = 2
            order.append(spot)
            work.pop()
        elif state.get(edge.to) == 1:
            onward[spot] = [other for other in onward[spot] if other.to != edge.to]
        elif edge.to not in state:
            state[edge.to] = 1
            work.append((edge.to, iter(list(onward.get(edge.to, ())))))
    return order[::-1]
