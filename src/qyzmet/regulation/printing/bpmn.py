"""BPMN 2.0 of a procedure, with the coordinates of the diagram, for any tool that reads the standard.

One pool for the service with a lane for each actor (those of one organisation inside its lane). Steps are
user, service, receive or call tasks, choices exclusive and splits parallel gateways, timers and suspensions
events. A flow behind a choice has its condition as an expression over `outcome` and the facts of the case,
dashes in names written as underscores. Clauses stand in `documentation` and in a text annotation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from qyzmet.regulation.acts import split_cite
from qyzmet.regulation.model import Package
from qyzmet.regulation.printing.bpmn_ids import Wiring, xml_id
from qyzmet.regulation.printing.bpmn_nodes import BPMN, XSI, flow_element, node_element
from qyzmet.regulation.printing.bpmn_shapes import draw
from qyzmet.regulation.printing.flow import Flow, Lane, Node
from qyzmet.regulation.printing.flow_builder import flow
from qyzmet.regulation.printing.layout import lay_out
from qyzmet.regulation.printing.words import Language

__all__ = ["BPMN", "bpmn_xml"]


def bpmn_xml(
    package: Package,
    lang: Language,
    channel: str | None = None,
    variant: Mapping[str, str] | None = None,
) -> bytes:
    """The document, UTF-8. Ids are the package's own (`step.register`), the same in every language."""
    register_namespace("bpmn", BPMN)
    register_namespace("xsi", XSI)
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
    wiring = Wiring(graph)
    process.extend(node_element(package, graph, wiring, node) for node in graph.nodes.values())
    process.extend(flow_element(key, edge) for key, edge in zip(wiring.ids, graph.edges, strict=True))
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


def _tag(name: str) -> str:
    return f"{{{BPMN}}}{name}"
