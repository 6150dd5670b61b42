"""The elements of a BPMN process: events, tasks, gateways, sequence flows."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from qyzmet.regulation.model import Package
from qyzmet.regulation.printing.bpmn_ids import Wiring, xml_id
from qyzmet.regulation.printing.flow import Edge, Flow, Node

__all__ = ["BPMN", "XSI", "flow_element", "node_element"]

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
FORMAL = {f"{{{XSI}}}type": "bpmn:tFormalExpression"}
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


def node_element(package: Package, graph: Flow, wiring: Wiring, node: Node) -> Element:
    """The event, task or gateway a symbol stands for."""
    made = Element(
        _tag(_kind(node)), {"id": xml_id(node.id)} | ({"name": _name(node)} if _name(node) else {})
    )
    words = "; ".join(filter(None, (node.limit, node.tag, node.cite)))
    if words:
        SubElement(made, _tag("documentation")).text = words
    for number in wiring.into[node.id]:
        SubElement(made, _tag("incoming")).text = wiring.ids[number]
    for number in wiring.out_of[node.id]:
        SubElement(made, _tag("outgoing")).text = wiring.ids[number]
    if node.kind == "choice":
        _set_default(made, graph, wiring, node)
    if node.kind in {"fork", "join"}:
        made.set("gatewayDirection", "Diverging" if node.kind == "fork" else "Converging")
    if node.kind in _EVENTS:
        made.append(_event(package, node))
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


def _set_default(made: Element, graph: Flow, wiring: Wiring, node: Node) -> None:
    """A choice falls back on its flow without a condition."""
    made.set("gatewayDirection", "Diverging")
    bare = [number for number in wiring.out_of[node.id] if not graph.edges[number].rule]
    if bare:
        made.set("default", wiring.ids[bare[0]])


def _event(package: Package, node: Node) -> Element:
    """What a timer or a suspension waits for; a timer's duration is the term as the package writes it."""
    made = Element(_tag(_EVENTS[node.kind]), {"id": xml_id(node.id, "event")})
    if node.kind == "timer":
        limits = package.steps[str(node.step)].within
        words = next((limit.term for limit in limits if limit.term), node.limit)
        SubElement(made, _tag("timeDuration"), FORMAL).text = f"'{words}'"
    else:
        SubElement(made, _tag("condition"), FORMAL).text = "resumed"
    return made


def flow_element(key: str, edge: Edge) -> Element:
    """A sequence flow with its condition."""
    made = Element(
        _tag("sequenceFlow"),
        {"id": key}
        | ({"name": edge.label} if edge.label else {})
        | {"sourceRef": xml_id(edge.source), "targetRef": xml_id(edge.target)},
    )
    if edge.rule:
        condition = SubElement(made, _tag("conditionExpression"), FORMAL)
        condition.text = _expression(edge.rule)
    return made


def _expression(rule: str) -> str:
    """A condition in names that expression languages read: dashes and dots become underscores."""
    parts = re.split(r"('[^']*'|\"[^\"]*\")", rule)
    return "".join(
        part if quoted else re.sub(r"(?<=[A-Za-z0-9])[-.](?=[A-Za-z])", "_", part)
        for part, quoted in zip(parts, (n % 2 == 1 for n in range(len(parts))), strict=True)
    )


def _tag(name: str) -> str:
    return f"{{{BPMN}}}{name}"
