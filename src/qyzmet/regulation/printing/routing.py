"""The way of every flow through the corridors between rows and lanes, so that none runs through a symbol.

Corridor `h` of the rows lies above row `h`, corridor `g` of the lanes left of lane `g`. A flow is a list of
stretches: along a corridor of rows or of lanes, or down a lane where its cells are empty. Flows to the same
place share a track; others never lie on one another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from qyzmet.regulation.printing.flow import Edge, Flow
from qyzmet.regulation.printing.placing import Cell

__all__ = ["Bend", "Routes", "Tracks", "routes", "straight_flows"]


class Bend(NamedTuple):
    """A stretch of a flow: along a corridor between rows, along one between lanes, or within a lane.

    `at` is the corridor's or lane's number.
    """

    kind: Literal["rows", "lanes", "down"]
    at: int


@dataclass(slots=True)
class Tracks:
    """The tracks of one corridor: for each target the stretch it needs, then its track."""

    wanted: dict[str, tuple[float, float]] = field(default_factory=dict)
    track: dict[str, int] = field(default_factory=dict)

    def want(self, target: str, a: float, b: float) -> None:
        """Ask for a stretch from a to b, in either order."""
        low, high = self.wanted.get(target, (a, a))
        self.wanted[target] = (min(low, a, b), max(high, a, b))

    def assign(self) -> None:
        """Give each target the first track where its stretch meets no other."""
        ends: list[list[tuple[float, float]]] = []
        for target, (low, high) in sorted(self.wanted.items(), key=lambda item: item[1][1] - item[1][0]):
            number = next(
                (n for n, o in enumerate(ends) if all(high < a or b < low for a, b in o)), len(ends)
            )
            if number == len(ends):
                ends.append([])
            ends[number].append((low, high))
            self.track[target] = number

    @property
    def count(self) -> int:
        """How many tracks the corridor has."""
        return len(set(self.track.values()))


@dataclass(slots=True)
class Routes:
    """The bends of each flow (by its number) and the tracks of all corridors."""

    bends: dict[int, tuple[Bend, ...]] = field(default_factory=dict)
    rows: dict[int, Tracks] = field(default_factory=dict)
    lanes: dict[int, Tracks] = field(default_factory=dict)


def straight_flows(flow: Flow, cells: Mapping[str, Cell]) -> dict[str, int]:
    """For each node the number of its first flow that can go straight down its lane."""
    taken = set(cells.values())
    found: dict[str, int] = {}
    for number, edge in enumerate(flow.edges):
        a, b = cells[edge.source], cells[edge.target]
        way = {Cell(row, a.lane) for row in range(a.row + 1, b.row)}
        if (
            a.lane == b.lane
            and a.row < b.row
            and not way & taken
            and edge.source not in found
            and not edge.dashed
        ):
            found[edge.source] = number
            taken |= way
    return found


def routes(
    flow: Flow, cells: Mapping[str, Cell], straight: Mapping[str, int], sides: Mapping[int, str]
) -> Routes:
    """All flows routed; `sides` says for flows that leave sideways to which side."""
    made = Routes()
    space = _Space(set(cells.values()))
    for number in straight.values():
        a, b = cells[flow.edges[number].source], cells[flow.edges[number].target]
        space.taken |= {Cell(row, a.lane) for row in range(a.row + 1, b.row)}
        made.bends[number] = (Bend("down", a.lane),)
    for number, edge in enumerate(flow.edges):
        a, b = cells[edge.source], cells[edge.target]
        if number in sides:
            corridor = a.lane if sides[number] == "left" else a.lane + 1
            made.bends[number] = (Bend("lanes", corridor), Bend("rows", b.row))
        elif number not in made.bends:
            made.bends[number] = _bends(edge, a, b, space)
    for number, edge in enumerate(flow.edges):
        _ask(made, edge, cells, made.bends[number])
    for tracks in (*made.rows.values(), *made.lanes.values()):
        tracks.assign()
    return made


def _bends(edge: Edge, a: Cell, b: Cell, space: _Space) -> tuple[Bend, ...]:
    """The way of a flow that leaves at the foot: the fewest turns through cells that are free."""
    if b.row == a.row + 1:
        return (Bend("rows", b.row),)
    if a.row < b.row and space.claim(edge.target, b.lane, a.row, b.row):
        return (Bend("rows", a.row + 1), Bend("down", b.lane))
    if a.row < b.row and space.claim(f"{edge.source} {edge.target}", a.lane, a.row, b.row):
        return (Bend("down", a.lane), Bend("rows", b.row))
    corridor = a.lane + 1 if b.lane > a.lane or (b.lane == a.lane and a.row < b.row) else a.lane
    return (Bend("rows", a.row + 1), Bend("lanes", corridor), Bend("rows", b.row))


@dataclass(slots=True)
class _Space:
    """Cells with symbols or straight flows in them, and those a flow has claimed to go down through."""

    taken: set[Cell]
    passed: dict[Cell, str] = field(default_factory=dict)

    def claim(self, who: str, lane: int, above: int, below: int) -> bool:
        """Whether a flow may go down a lane between two rows; if so the cells are its own."""
        way = [Cell(row, lane) for row in range(above + 1, below)]
        if any(cell in self.taken or self.passed.get(cell, who) != who for cell in way):
            return False
        self.passed.update(dict.fromkeys(way, who))
        return True


def _ask(made: Routes, edge: Edge, cells: Mapping[str, Cell], bends: tuple[Bend, ...]) -> None:
    """Note the stretch a flow needs of each corridor; lanes and rows lie at odd places, corridors at even."""
    a, b = cells[edge.source], cells[edge.target]
    xs = [2 * a.lane + 1, *(2 * bend.at for bend in bends if bend.kind == "lanes"), 2 * b.lane + 1]
    if bends[0].kind == "lanes":
        xs = xs[1:]
    ys = [2 * bend.at for bend in bends if bend.kind == "rows"]
    if bends[0].kind == "lanes":
        ys = [2 * a.row + 1, *ys]
    across = pairwise(xs)
    down = pairwise(ys)
    for bend in bends:
        if bend.kind == "rows":
            made.rows.setdefault(bend.at, Tracks()).want(edge.target, *next(across))
        elif bend.kind == "lanes":
            made.lanes.setdefault(bend.at, Tracks()).want(edge.target, *next(down))
