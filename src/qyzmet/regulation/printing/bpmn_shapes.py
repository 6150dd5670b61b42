"""The drawing half of a BPMN file: bounds of pool, lanes and symbols, waypoints of flows."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, register_namespace

from qyzmet.regulation.printing.bpmn_ids import Wiring, xml_id
from qyzmet.regulation.printing.layout import Drawn, Layout, Point
from qyzmet.regulation.printing.shapes import LANE

__all__ = ["draw"]

_BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_DI = "http://www.omg.org/spec/DD/20100524/DI"
_POOL = 30.0
"""Height of the pool's own head, above those of the lanes."""
_NOTE = 20.0
_NOTE_WIDTH = 72.0

Bounds = tuple[float, float, float, float]
"""Left, top, width, height."""


def draw(root: Element, drawing: Layout) -> None:
    """Add the diagram to the definitions."""
    for prefix, space in (("bpmndi", _BPMNDI), ("dc", _DC), ("di", _DI)):
        register_namespace(prefix, space)
    diagram = SubElement(root, f"{{{_BPMNDI}}}BPMNDiagram", {"id": "diagram"})
    plane = SubElement(diagram, f"{{{_BPMNDI}}}BPMNPlane", {"id": "plane", "bpmnElement": "collaboration"})
    left, right = drawing.corridors[0], drawing.corridors[-1]
    _lane_shape(plane, "participant", (left, -_POOL, right - left, drawing.height + _POOL))
    _lanes(plane, drawing)
    for drawn in drawing.symbols.values():
        foot = _NOTE if _noted(drawn) else 0.0
        bounds = drawn.x, drawn.y, drawn.width, drawn.height - foot
        _bounds(plane, "BPMNShape", xml_id(drawn.node.id), bounds)
        if foot:
            _note(plane, drawn)
    for key, (edge, points) in zip(Wiring(drawing.flow).ids, drawing.edges(), strict=True):
        source = drawing.symbols[edge.source]
        (x, y), *rest = points
        _edge(plane, key, [(x, y - _NOTE if _noted(source) else y), *rest])


def _noted(drawn: Drawn) -> bool:
    """Whether a clause stands at the foot of the step; its box is that much lower than in the drawing."""
    return drawn.node.kind == "step" and bool(drawn.node.cite)


def _lanes(plane: Element, drawing: Layout) -> None:
    """Lanes side by side without gaps: each reaches to the middle of the corridors beside it."""
    edges = _borders(drawing)
    for group in dict.fromkeys(column.lane.group for column in drawing.columns):
        places = [n for n, column in enumerate(drawing.columns) if column.lane.group == group]
        top = 0.0
        if len(places) > 1:
            left, right = edges[places[0]], edges[places[-1] + 1]
            _lane_shape(plane, xml_id("group", group), (left, 0, right - left, drawing.height))
            top = drawing.groups_at
        for n in places:
            lane = xml_id("lane", drawing.columns[n].lane.id)
            _lane_shape(plane, lane, (edges[n], top, edges[n + 1] - edges[n], drawing.height - top))


def _borders(drawing: Layout) -> list[float]:
    middles = [
        (column.x + LANE + after.x) / 2
        for column, after in zip(drawing.columns, drawing.columns[1:], strict=False)
    ]
    return [drawing.corridors[0], *middles, drawing.corridors[-1]]


def _note(plane: Element, drawn: Drawn) -> None:
    """The clause stands under the left half of its step, clear of the flow that leaves in the middle."""
    top = drawn.y + drawn.height - _NOTE
    _bounds(plane, "BPMNShape", xml_id(drawn.node.id, "clause"), (drawn.x, top + 4, _NOTE_WIDTH, _NOTE - 4))
    _edge(plane, xml_id(drawn.node.id, "to-clause"), [(drawn.x + 8, top), (drawn.x + 8, top + 4)])


def _lane_shape(plane: Element, key: str, bounds: Bounds) -> None:
    _bounds(plane, "BPMNShape", key, bounds).set("isHorizontal", "false")


def _bounds(plane: Element, kind: str, key: str, bounds: Bounds) -> Element:
    made = SubElement(plane, f"{{{_BPMNDI}}}{kind}", {"id": f"{key}_di", "bpmnElement": key})
    named = zip(("x", "y", "width", "height"), bounds, strict=True)
    SubElement(made, f"{{{_DC}}}Bounds", {name: f"{value:g}" for name, value in named})
    return made


def _edge(plane: Element, key: str, points: list[Point]) -> None:
    made = SubElement(plane, f"{{{_BPMNDI}}}BPMNEdge", {"id": f"{key}_di", "bpmnElement": key})
    for x, y in points:
        SubElement(made, f"{{{_DI}}}waypoint", {"x": f"{x:g}", "y": f"{y:g}"})
