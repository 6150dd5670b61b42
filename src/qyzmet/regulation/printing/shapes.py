"""How big each symbol is, its lines of words, and where the flows of a choice leave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qyzmet.regulation.acts import split_cite
from qyzmet.regulation.printing.flow import Edge, Node
from qyzmet.regulation.printing.glyphs import wrap
from qyzmet.regulation.printing.placing import Cell

__all__ = ["CIRCLE", "DIAMOND", "LANE", "Line", "Port", "Shape", "circle", "diamond", "step"]

LANE = 240
"""Width of a lane in pixels; half of it is the room beside a symbol."""
BOX = 208
CIRCLE = 32
DIAMOND = 36
PAD = 10
NUMBER = 26
NAME, SMALL, TINY = 13.0, 11.5, 10.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words: baseline and left edge (or middle) from the top left of the cell."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False
    faint: bool = False
    middle: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Port:
    """Where a flow leaves: `below` straight down, or `left`/`right` at a depth below the top of the cell."""

    side: str
    depth: float = 0
    shift: float = 0


@dataclass(slots=True)
class Shape:
    """A symbol in its cell, which is a lane wide: the symbol's own box within it, and its words."""

    height: float
    left: float
    top: float
    width: float
    tall: float
    lines: list[Line] = field(default_factory=list)
    ports: dict[int, Port] = field(default_factory=dict)


def step(node: Node) -> Shape:
    """A box with the step's number, name, limit, kind and clause."""
    left = (LANE - BOX) / 2
    lines: list[Line] = []
    indent = NUMBER + 8 if node.number is not None else 0.0
    y = 1.0 * PAD
    for text in wrap(node.text, NAME, BOX - 2 * PAD - indent, bold=True):
        y += 16.5
        lines.append(Line(text, left + PAD + indent, y - 4, NAME, bold=True))
    if node.number is not None:
        y = max(y, PAD + NUMBER)
    first_cite = split_cite(node.cite)[0] if node.cite else ""
    for words, size, faint in ((node.limit, SMALL, False), (node.tag, SMALL, True), (first_cite, TINY, True)):
        for text in wrap(words, size, BOX - 2 * PAD):
            y += size + 3.5
            lines.append(Line(text, left + PAD, y - 2, size, faint=faint))
    tall = y + PAD
    return Shape(tall, left, 0, BOX, tall, lines)


def circle(node: Node) -> Shape:
    """A circle; the start's words stand above it, an end's below, those of a timer or pause on the right."""
    left = (LANE - CIRCLE) / 2
    if node.kind in {"start", "end"}:
        words = wrap(node.text, SMALL, BOX, bold=True)
        room = len(words) * 15 + 4
        top = float(room) if node.kind == "start" else 0
        first = 11.0 if node.kind == "start" else CIRCLE + 15
        lines = [
            Line(t, LANE / 2, first + n * 15, SMALL, bold=True, middle=True) for n, t in enumerate(words)
        ]
        return Shape(CIRCLE + room, left, top, CIRCLE, CIRCLE, lines)
    words = wrap(node.text, SMALL, LANE / 2 - CIRCLE / 2 - 8)
    words += wrap(node.limit, SMALL, LANE / 2 - CIRCLE / 2 - 8)
    height = max(CIRCLE, len(words) * 14 + 4)
    top = (height - CIRCLE) / 2
    first = (height - len(words) * 14) / 2 + 11
    x = LANE / 2 + CIRCLE / 2 + 6
    lines = [Line(t, x, first + n * 14, SMALL) for n, t in enumerate(words)]
    return Shape(height, left, top, CIRCLE, CIRCLE, lines, {})


def diamond(
    node: Node, leaving: Sequence[tuple[int, Edge]], cells: dict[str, Cell], straight: int | None
) -> Shape:
    """A choice or split: the straight flow goes down, the others to the sides, each below the one before."""
    shape = Shape(DIAMOND, (LANE - DIAMOND) / 2, 0, DIAMOND, DIAMOND)
    sides: dict[str, list[tuple[int, Edge]]] = {"left": [], "right": []}
    here = cells[node.id]
    for number, edge in leaving:
        if number != straight:
            sides[_side(here, cells[edge.target], sides)].append((number, edge))
    depth = 0.0
    for level in range(max(map(len, sides.values()))):
        pair = [(side, those[level]) for side, those in sides.items() if level < len(those)]
        inset = DIAMOND / 2 + 4 if level == 0 else 6.0
        said = {side: wrap(edge.label, SMALL, LANE / 2 - inset - 2) for side, (_, edge) in pair}
        tallest = max(len(lines) for lines in said.values()) * 14
        depth = _depth(level, depth, shape.top, tallest)
        if level == 0:
            shape.top = depth - DIAMOND / 2
        for side, (number, _) in pair:
            shape.ports[number] = Port(side, depth)
            shape.lines += _beside(said[side], side, inset, depth)
    bottom = max(shape.top + DIAMOND, depth)
    if straight is not None:
        label = next(edge.label for number, edge in leaving if number == straight)
        words = wrap(label, SMALL, LANE / 2 - 10)
        shape.ports[straight] = Port("below")
        shape.lines += [Line(t, LANE / 2 + 7, bottom + 13 + n * 14, SMALL) for n, t in enumerate(words)]
        bottom += len(words) * 14
    shape.height = bottom + 2
    return shape


def _depth(level: int, before: float, top: float, words: float) -> float:
    """How deep a flow leaves to the side: the first at the corners, the next with room for words above it."""
    if level == 0:
        return max(DIAMOND / 2, words + 2.0)
    return max(before + 24, before + words + 8, top + DIAMOND + words + 4 if level == 1 else 0)


def _side(here: Cell, there: Cell, sides: dict[str, list[tuple[int, Edge]]]) -> str:
    if there.lane != here.lane:
        return "left" if there.lane < here.lane else "right"
    return "left" if len(sides["left"]) < len(sides["right"]) else "right"


def _beside(words: Sequence[str], side: str, inset: float, depth: float) -> list[Line]:
    """Words above a flow that leaves to a side."""
    first = depth - 4 - (len(words) - 1) * 14
    x = LANE / 2 + inset if side == "right" else LANE / 2 - inset
    return [Line(t, x, first + n * 14, SMALL, right=side == "left") for n, t in enumerate(words)]


def shape_of(
    node: Node, leaving: Sequence[tuple[int, Edge]], cells: dict[str, Cell], straight: int | None
) -> Shape:
    """The shape of a node; `leaving` are its flows by number, `straight` the one that goes straight down."""
    if node.kind == "step":
        return step(node)
    if node.kind in {"choice", "fork", "join"}:
        return diamond(node, leaving, cells, straight)
    return circle(node)
