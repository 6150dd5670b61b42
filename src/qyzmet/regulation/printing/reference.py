"""The business-process reference: actors as columns; steps in order with durations, choices, transitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from qyzmet.regulation.model import Package
from qyzmet.regulation.printing.flow import Flow, Node
from qyzmet.regulation.printing.flow_builder import flow
from qyzmet.regulation.printing.placing import place
from qyzmet.regulation.printing.words import Language, say

__all__ = ["Entry", "Onward", "Reference", "reference"]


@dataclass(frozen=True, slots=True)
class Onward:
    """A transition: to which row, and the choice that leads there."""

    row: int
    when: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: in the column of its actor, what happens there and where it leads."""

    row: int
    column: int
    kind: Literal["start", "end", "step", "choice", "pause"]
    text: str
    number: int | None
    within: str
    onward: tuple[Onward, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference of one way through a service; `actors` are the columns."""

    name: str
    actors: tuple[str, ...]
    entries: tuple[Entry, ...]

    def as_data(self) -> dict[str, Any]:
        """The reference for JSON."""
        return asdict(self)


_KINDS: dict[str, Literal["start", "end", "step", "choice", "pause"]] = {
    "start": "start",
    "end": "end",
    "step": "step",
    "timer": "step",
    "pause": "pause",
}


def reference(
    package: Package, lang: Language, channel: str | None = None, variant: Mapping[str, str] | None = None
) -> Reference:
    """Every step and choice in order, from the same graph as the diagram."""
    graph = flow(package, lang, channel, variant)
    cells = place(graph)
    order = sorted(graph.nodes, key=lambda key: cells[key])
    rows = {key: row for row, key in enumerate(order, start=1)}
    entries = tuple(_entry(graph, graph.nodes[key], rows, cells[key].lane, lang) for key in order)
    return Reference(say("reference", lang), tuple(lane.name for lane in graph.lanes), entries)


def _entry(graph: Flow, node: Node, rows: Mapping[str, int], column: int, lang: Language) -> Entry:
    kind = _KINDS.get(node.kind, "choice")
    text = node.text or say({"fork": "together", "join": "joined"}.get(node.kind, "choice"), lang)
    onward = tuple(Onward(rows[edge.target], edge.label) for edge in graph.leaving(node.id))
    return Entry(rows[node.id], column, kind, text, node.number, node.limit, onward)
