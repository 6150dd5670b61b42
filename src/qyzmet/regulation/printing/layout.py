"""The drawing in pixels: lanes as columns, symbols in their cells, flows as points."""

from __future__ import annotations

from dataclasses import dataclass, field

from qyzmet.regulation.printing.flow import Edge, Flow, Lane, Node
from qyzmet.regulation.printing.glyphs import wrap
from qyzmet.regulation.printing.placing import SIDEWAYS, place
from qyzmet.regulation.printing.routing import Bend, Routes, routes, straight_flows
from qyzmet.regulation.printing.shapes import CIRCLE, LANE, Line, shape_of

__all__ = ["Column", "Drawn", "Group", "Layout", "Point", "lay_out"]

Point = tuple[float, float]
EDGE = 12
TRACK = 9
APART = 14


@dataclass(frozen=True, slots=True)
class Column:
    """A lane's place: its left edge and its words."""

    lane: Lane
    x: float
    words: list[str]


@dataclass(frozen=True, slots=True)
class Group:
    """The lanes of one organisation: from its left to its right edge, and its words."""

    name: list[str]
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A symbol: its own box and its words, in the drawing's pixels."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    lines: list[Line]


@dataclass(slots=True)
class Layout:
    """Everything in its place. `groups_at` and `head` are where the two rows of heads end."""

    flow: Flow
    width: float
    height: float
    head: float
    groups_at: float
    columns: list[Column]
    groups: list[Group]
    symbols: dict[str, Drawn]
    points: dict[int, list[Point]]
    corridors: list[float] = field(default_factory=list)

    def edges(self) -> list[tuple[Edge, list[Point]]]:
        """Each flow with its points."""
        return [(edge, self.points[number]) for number, edge in enumerate(self.flow.edges)]


def lay_out(flow: Flow) -> Layout:
    """Place, measure and route a graph."""
    return _Drawing(flow).layout()


class _Drawing:
    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.cells = place(flow)
        self.straight = straight_flows(flow, self.cells)
        leaving: dict[str, list[tuple[int, Edge]]] = {key: [] for key in flow.nodes}
        for number, edge in enumerate(flow.edges):
            leaving[edge.source].append((number, edge))
        self.shapes = {
            key: shape_of(node, leaving[key], self.cells, self.straight.get(key))
            for key, node in flow.nodes.items()
        }
        sides = {n: p.side for s in self.shapes.values() for n, p in s.ports.items() if p.side != "below"}
        sides |= {
            number: "left"
            for number, edge in enumerate(flow.edges)
            if number not in sides
            and flow.nodes[edge.source].kind in SIDEWAYS
            and number != self.straight.get(edge.source)
        }
        self.sides = sides
        self.routes: Routes = routes(flow, self.cells, self.straight, sides)
        self.lane_x: list[float] = []
        self.corridor_x: list[float] = []
        self.row_y: list[float] = []
        self.corridor_y: list[float] = []

    def layout(self) -> Layout:
        width = self._across()
        columns = [
            Column(lane, x, wrap(lane.name, 12, LANE - 16, bold=True))
            for lane, x in zip(self.flow.lanes, self.lane_x, strict=True)
        ]
        groups = self._groups()
        groups_at = max((len(g.name) for g in groups), default=0) * 15 + (
            12 if any(g.name for g in groups) else 0
        )
        head = groups_at + max(len(c.words) for c in columns) * 15 + 14
        height = self._downwards(head)
        return Layout(
            self.flow,
            width,
            height,
            head,
            groups_at,
            columns,
            groups,
            {key: self._symbol(key) for key in self.flow.nodes},
            {number: self._points(number) for number in range(len(self.flow.edges))},
            [*self.corridor_x, width],
        )

    def _across(self) -> float:
        x = 0.0
        for lane in range(len(self.flow.lanes) + 1):
            self.corridor_x.append(x)
            tracks = self.routes.lanes.get(lane)
            x += EDGE + (tracks.count + 1) * TRACK if tracks else EDGE
            if lane < len(self.flow.lanes):
                self.lane_x.append(x)
                x += LANE
        return x

    def _downwards(self, head: float) -> float:
        rows = max(cell.row for cell in self.cells.values()) + 1
        y = head
        for row in range(rows + 1):
            self.corridor_y.append(y)
            tracks = self.routes.rows.get(row)
            y += 2 * APART + (tracks.count * TRACK if tracks else 0)
            if row == rows:
                return y
            self.row_y.append(y)
            y += max(self.shapes[key].height for key, cell in self.cells.items() if cell.row == row)
        return y

    def _groups(self) -> list[Group]:
        made: list[Group] = []
        lanes = self.flow.lanes
        for number, lane in enumerate(lanes):
            if number and lanes[number - 1].group == lane.group:
                continue
            last = max(n for n, other in enumerate(lanes) if other.group == lane.group)
            left, right = self.lane_x[number], self.lane_x[last] + LANE
            alone = last == number and lane.group_name == lane.name
            made.append(
                Group([] if alone else wrap(lane.group_name, 12, right - left - 16, bold=True), left, right)
            )
        return made

    def _symbol(self, key: str) -> Drawn:
        shape, (x, y) = self.shapes[key], self._corner(key)
        lines = [
            Line(i.text, x + i.x, y + i.y, i.size, i.bold, i.faint, i.middle, i.right) for i in shape.lines
        ]
        return Drawn(self.flow.nodes[key], x + shape.left, y + shape.top, shape.width, shape.tall, lines)

    def _corner(self, key: str) -> Point:
        cell = self.cells[key]
        return self.lane_x[cell.lane], self.row_y[cell.row]

    def _points(self, number: int) -> list[Point]:
        """From the rim of the source to the top of the target, turning at each bend."""
        edge = self.flow.edges[number]
        bends = self.routes.bends[number]
        end_x = self.lane_x[self.cells[edge.target].lane] + LANE / 2
        x, y, points = self._departure(number, edge, bends)
        for place_, bend in enumerate(bends):
            if bend.kind == "rows":
                y = self._track_y(bend.at, edge.target)
                points.append((x, y))
                following = bends[place_ + 1] if place_ + 1 < len(bends) else None
                x = (
                    self._track_x(following.at, edge.target)
                    if following and following.kind == "lanes"
                    else end_x
                )
                points.append((x, y))
            elif bend.kind == "lanes" and place_ == 0:
                x = self._track_x(bend.at, edge.target)
                points.append((x, y))
        top = self._corner(edge.target)[1] + self.shapes[edge.target].top
        points.append((end_x, top))
        return _tidy(points)

    def _departure(
        self, number: int, edge: Edge, bends: tuple[Bend, ...]
    ) -> tuple[float, float, list[Point]]:
        shape, (left, top) = self.shapes[edge.source], self._corner(edge.source)
        middle = left + LANE / 2
        side = self.sides.get(number)
        if side is not None:
            port = shape.ports.get(number)
            depth = top + (port.depth if port else shape.top + shape.tall / 2)
            rim = shape.width / 2 * (1 if side == "right" else -1)
            stem = depth > top + shape.top + shape.tall / 2 + 1
            points = (
                [(middle, top + shape.top + shape.tall), (middle, depth)] if stem else [(middle + rim, depth)]
            )
            return points[-1][0], depth, points
        shift = 0.0
        if number != self.straight.get(edge.source):
            shift = 14.0 if self.cells[edge.target].lane >= self.cells[edge.source].lane else -14.0
        foot = top + shape.top + shape.tall
        if shift and shape.width == CIRCLE:
            shift, foot = shift / 2, foot - CIRCLE / 2 + ((CIRCLE / 2) ** 2 - 49) ** 0.5
        return middle + shift, foot, [(middle + shift, foot)]

    def _track_y(self, corridor: int, target: str) -> float:
        return self.corridor_y[corridor] + APART + self.routes.rows[corridor].track[target] * TRACK

    def _track_x(self, corridor: int, target: str) -> float:
        return self.corridor_x[corridor] + EDGE / 2 + (self.routes.lanes[corridor].track[target] + 1) * TRACK


def _tidy(points: list[Point]) -> list[Point]:
    """The points without those on a straight line between their neighbours."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (
            kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]
        ):
            kept.pop()
        kept.append(point)
    return kept
