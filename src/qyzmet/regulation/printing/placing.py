"""Which row and which lane each symbol of a graph stands in; no two share a cell.

Rows follow the longest way from the start, so that every flow but a way back leads down.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from qyzmet.regulation.printing.flow import PAUSED, Flow, NodeKind

__all__ = ["SIDEWAYS", "Cell", "place"]

SIDEWAYS: frozenset[NodeKind] = PAUSED | {"choice", "fork", "join"}
"""Kinds whose flows may leave to the side: only one of them in a row, so that these never meet."""


class Cell(NamedTuple):
    """A place in the grid, both counted from 0."""

    row: int
    lane: int


def place(flow: Flow) -> dict[str, Cell]:
    """The cell of each node."""
    lane_at = {lane.id: number for number, lane in enumerate(flow.lanes)}
    order, back = _order(flow)
    before: dict[str, list[str]] = {key: [] for key in flow.nodes}
    for edge in flow.edges:
        if (edge.source, edge.target) not in back:
            before[edge.target].append(edge.source)
    cells: dict[str, Cell] = {}
    taken: set[Cell] = set()
    sideways: set[int] = set()
    for key in order:
        node = flow.nodes[key]
        row = max((cells[b].row + 1 for b in before[key] if b in cells), default=0)
        while Cell(row, lane_at[node.lane]) in taken or (node.kind in SIDEWAYS and row in sideways):
            row += 1
        cells[key] = Cell(row, lane_at[node.lane])
        taken.add(cells[key])
        if node.kind in SIDEWAYS:
            sideways.add(row)
    return _closed_up(cells)


def _closed_up(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """The same cells without empty rows."""
    rows = {row: number for number, row in enumerate(sorted({cell.row for cell in cells.values()}))}
    return {key: Cell(rows[cell.row], cell.lane) for key, cell in cells.items()}


def _order(flow: Flow) -> tuple[list[str], set[tuple[str, str]]]:
    """The nodes so that flows lead forward, and the flows that lead back all the same."""
    onward: dict[str, list[str]] = {key: [] for key in flow.nodes}
    for edge in flow.edges:
        onward[edge.source].append(edge.target)
    finished: list[str] = []
    back: set[tuple[str, str]] = set()
    state: dict[str, str] = {}
    for first in flow.nodes:
        if first in state:
            continue
        state[first] = "open"
        waiting = [(first, iter(reversed(onward[first])))]
        while waiting:
            key, others = waiting[-1]
            other = next(others, None)
            if other is None:
                state[key] = "done"
                finished.append(key)
                waiting.pop()
            elif state.get(other) == "open":
                back.add((key, other))
            elif other not in state:
                state[other] = "open"
                waiting.append((other, iter(reversed(onward[other]))))
    return finished[::-1], back
