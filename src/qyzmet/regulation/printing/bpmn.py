"""BPMN 2.0 of a procedure, with the coordinates of the diagram, for any tool that reads the standard.

One pool for the service with a lane for each actor (those of one organisation inside its lane). Steps are
user, service, receive or call tasks, choices exclusive and splits parallel gateways, timers and suspensions
events. A flow behind a choice has its condition as an expression over `outcome` and the facts of the case,
dashes in names written as underscores. Clauses stand in `documentation` and in a text annotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from qyzmet.regulation.acts import split_cite
from qyzmet.regulation.model import Package
from qyzmet.regulation.printing.bpmn_ids import edge_id, xml_id
from qyzmet.regulation.printing.bpmn_shapes import draw
from qyzmet.regulation.printing.flow import Edge, Flow, Lane, Node
from qyzmet.regulation.printing.flow_builder import flow
from qyzmet.regulation.printing.layout import lay_out
from qyzmet.regulation.printing.words import Language

__all__ = ["BPMN", "bpmn_xml"]

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TASKS = {
    "check": "serviceTask",
    "effect": "serviceTask",
    "await": "receiveTask",
    "sub-case": "callActivity",
    "batch": "userTask",
    "collegial": "userTask",
    "task": "userTask",
}
_EVENTS = {"timer": "timerEventDefinition", "pause": "conditionalEventDefinition"}
_GATEWAYS = {"choice": "exclusiveGateway", "fork": "parallelGateway", "join": "parallelGateway"}


def bpmn_xml(
    package: Package,
    lang: Language,
    channel: str | None = None,
    variant: Mapping[str, str] | None = None,
) -> bytes:
    """The document, UTF-8. Ids are the package's own (`step.register`), the same in every language."""
    register_namespace("bpmn", BPMN)
    register_namespace("xsi", _XSI)
    graph = flow(package, lang, channel, variant)
    root = Element(
        _tag("definitions"),
        {
            "id": xml_id("definitions", package.service),
            "name": graph.title,
            "targetNamespace": f"urn:qyzmet:{package.service}:{package.edition}",
            "exporter": "Qyzmet",
        },
    )
    collaboration = SubElement(root, _tag("collaboration"), {"id": "collaboration"})
    SubElement(
        collaboration,
        _tag("participant"),
        {"id": "participant", "name": graph.title, "processRef": xml_id("process", package.service)},
    )
    process = SubElement(
        root,
        _tag("process"),
        {"id": xml_id("process", package.service), "name": graph.title, "isExecutable": "true"},
    )
    _fill(process, package, graph)
    draw(root, lay_out(graph))
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _fill(process: Element, package: Package, graph: Flow) -> None:
    _lanes(process, graph)
    for node in graph.nodes.values():
        process.append(_node(package, graph, node))
    for number, edge in enumerate(graph.edges):
        process.append(_edge(graph, number, edge))
    for node in graph.nodes.values():
        process.extend(_annotation(node))


def _lanes(process: Element, graph: Flow) -> None:
    """Lanes side by side; the posts of an organisation are lanes within its own."""
    lane_set = SubElement(process, _tag("laneSet"), {"id": "lanes"})
    for group in dict.fromkeys(lane.group for lane in graph.lanes):
        members = [lane for lane in graph.lanes if lane.group == group]
        if len(members) == 1:
            lane_set.append(_lane(graph, members[0]))
            continue
        outer = SubElement(
            lane_set,
            _tag("lane"),
            {"id": xml_id("group", group), "name": members[0].group_name or members[0].name},
        )
        inner = SubElement(outer, _tag("childLaneSet"), {"id": xml_id("lanes", group)})
        inner.extend(_lane(graph, lane) for lane in members)


def _lane(graph: Flow, lane: Lane) -> Element:
    made = Element(_tag("lane"), {"id": xml_id("lane", lane.id), "name": lane.name})
    for node in graph.nodes.values():
        if node.lane == lane.id:
            SubElement(made, _tag("flowNodeRef")).text = xml_id(node.id)
    return made


def _node(package: Package, graph: Flow, node: Node) -> Element:
    made = Element(
        _tag(_kind(node)), {"id": xml_id(node.id)} | ({"name": _name(node)} if _name(node) else {})
    )
    words = "; ".join(filter(None, (node.limit, node.tag, node.cite)))
    if words:
        SubElement(made, _tag("documentation")).text = words
    for number, edge in enumerate(graph.edges):
        if edge.target == node.id:
            SubElement(made, _tag("incoming")).text = edge_id(graph, number)
    for number, edge in enumerate(graph.edges):
        if edge.source == node.id:
            SubElement(made, _tag("outgoing")).text = edge_id(graph, number)
    if node.kind == "choice":
        _set_default(made, graph, node)
    if node.kind in {"fork", "join"}:
        made.set("gatewayDirection", "Diverging" if node.kind == "fork" else "Converging")
    if node.kind in _EVENTS:
        made.append(_event(node))
    if node.step_kind == "sub-case" and node.step is not None:
        made.set("calledElement", xml_id("process", str(package.steps[node.step].service)))
    return made


def _kind(node: Node) -> str:
    if node.kind in _GATEWAYS:
        return _GATEWAYS[node.kind]
    if node.kind in _EVENTS:
        return "intermediateCatchEvent"
    if node.kind in {"start", "end"}:
        return f"{node.kind}Event"
    if node.id == "passes":
        return "sendTask"
    return _TASKS[node.step_kind or "task"]


def _name(node: Node) -> str:
    return f"{node.number}. {node.text}" if node.number is not None else node.text


def _set_default(made: Element, graph: Flow, node: Node) -> None:
    """A choice falls back on its flow without a condition."""
    for number, edge in enumerate(graph.edges):
        if edge.source == node.id and not edge.rule:
            made.set("default", edge_id(graph, number))
            made.set("gatewayDirection", "Diverging")
            return


def _event(node: Node) -> Element:
    """What a timer or a suspension waits for."""
    made = Element(_tag(_EVENTS[node.kind]), {"id": xml_id(node.id, "event")})
    if node.kind == "timer":
        SubElement(
            made, _tag("timeDuration"), {f"{{{_XSI}}}type": "bpmn:tFormalExpression"}
        ).text = node.limit
        return made
    condition = SubElement(made, _tag("condition"), {f"{{{_XSI}}}type": "bpmn:tFormalExpression"})
    condition.text = "resumed"
    return made


def _edge(graph: Flow, number: int, edge: Edge) -> Element:
    made = Element(
        _tag("sequenceFlow"),
        {"id": edge_id(graph, number)}
        | ({"name": edge.label} if edge.label else {})
        | {"sourceRef": xml_id(edge.source), "targetRef": xml_id(edge.target)},
    )
    if edge.rule:
        condition = SubElement(
            made, _tag("conditionExpression"), {f"{{{_XSI}}}type": "bpmn:tFormalExpression"}
        )
        condition.text = _expression(edge.rule)
    return made


def _annotation(node: Node) -> Iterator[Element]:
    """The first clause a step rests on, tied to it; all of them stand in its documentation."""
    if not node.cite or node.kind != "step":
        return
    note = Element(_tag("textAnnotation"), {"id": xml_id(node.id, "clause")})
    SubElement(note, _tag("text")).text = split_cite(node.cite)[0]
    yield note
    yield Element(
        _tag("association"),
        {
            "id": xml_id(node.id, "to-clause"),
            "sourceRef": xml_id(node.id),
            "targetRef": xml_id(node.id, "clause"),
        },
    )


def _expression(rule: str) -> str:
    """A condition in names that expression languages read: dashes and dots become underscores."""
    parts = re.split(r"('[^']*'|\"[^\"]*\")", rule)
    return "".join(
        part if quoted else re.sub(r"(?<=[A-Za-z0-9])[-.](?=[A-Za-z])", "_", part)
        for part, quoted in zip(parts, (n % 2 == 1 for n in range(len(parts))), strict=True)
    )


def _tag(name: str) -> str:
    return f"{{{BPMN}}}{name}"
