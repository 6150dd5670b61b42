"""A procedure as a graph: lanes of actors; steps, choices, splits, pauses and ends; the flows between them.

What a channel and variant settle is settled; every other condition becomes a choice. The drawing and the BPMN
file are both made from this graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from qyzmet.regulation.model import Only, Package, Step

__all__ = ["PAUSED", "Edge", "Flow", "Lane", "Node", "NodeKind", "Way", "branch_steps"]

NodeKind = Literal["start", "end", "step", "timer", "choice", "fork", "join", "pause", "message"]
PAUSED: frozenset[NodeKind] = frozenset({"timer", "pause", "message"})
"""Kinds drawn as a circle in the middle of the flow."""


@dataclass(frozen=True, slots=True)
class Lane:
    """An actor; `group` is the organisation its lane stands under, with the words for both."""

    id: str
    name: str
    group: str
    group_name: str


@dataclass(frozen=True, slots=True)
class Node:
    """A symbol of the drawing. `text` stands in or beside it; `tag` tells a step's kind if it is no task."""

    id: str
    kind: NodeKind
    lane: str
    text: str = ""
    number: int | None = None
    limit: str = ""
    cite: str = ""
    tag: str = ""
    step: str | None = None
    step_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One move behind a flow: what it needs (`only`), what must not hold before it, the ending it names."""

    only: Only | None = None
    unless: tuple[Only, ...] = ()
    exit: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A flow between two nodes; `rule` is its condition as an expression, `label` the words for it.

    `dashed` marks the way back after a suspension, or a message between systems.
    """

    source: str
    target: str
    label: str = ""
    rule: str = ""
    ways: tuple[Way, ...] = (Way(),)
    dashed: bool = False


@dataclass(slots=True)
class Flow:
    """The graph in drawing order: nodes by id, the start first."""

    title: str
    lanes: tuple[Lane, ...] = ()
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def leaving(self, node: str) -> list[Edge]:
        """The flows out of a node, in order."""
        return [edge for edge in self.edges if edge.source == node]


def branch_steps(package: Package) -> dict[str, frozenset[str]]:
    """For each all-of step the steps of its branches: a move from one of them to it comes back."""
    inside = {}
    for key, step in package.steps.items():
        if step.kind == "all-of":
            inside[key] = frozenset(_reached(package.steps, step.branches, key))
    return inside


def _reached(steps: Mapping[str, Step], first: Iterable[str], stop: str) -> set[str]:
    found: set[str] = set()
    waiting = list(first)
    while waiting:
        key = waiting.pop()
        if key == stop or key in found or key not in steps:
            continue
        found.add(key)
        waiting += [move.go for moves in steps[key].then.values() for move in moves]
        waiting += steps[key].branches
    return found
