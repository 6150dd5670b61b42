"""The BPMN files: valid by the standard's own schema, consistent, drawn within their lanes, readable by an engine."""

from __future__ import annotations

import itertools
import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pytest
import SpiffWorkflow
from lxml import etree
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser

from qyzmet.clock import ALMATY
from qyzmet.regulation.engine import compile_package, find_path
from qyzmet.regulation.model import Package
from qyzmet.regulation.printing import bpmn_xml
from tests.regulation.printing.shipped import SERVICES, shipped
from tests.regulation.small import package, step

EVERY = [*SERVICES, "sampler"]
NS = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}
NODES = {
    "startEvent", "endEvent", "userTask", "serviceTask", "sendTask", "receiveTask", "callActivity",
    "exclusiveGateway", "parallelGateway", "intermediateCatchEvent",
}  # fmt: skip
Rect = tuple[float, float, float, float]


@lru_cache(maxsize=1)
def schema() -> etree.XMLSchema:
    folder = Path(SpiffWorkflow.__file__).parent / "bpmn" / "parser" / "schema"
    return etree.XMLSchema(etree.parse(folder / "BPMN20.xsd"))


@lru_cache(maxsize=32)
def document(service: str) -> etree._Element:
    return etree.fromstring(bpmn_xml(shipped(service), "kk"))


def nodes(root: etree._Element) -> dict[str, etree._Element]:
    process = root.find("bpmn:process", NS)
    return {part.get("id"): part for part in process if etree.QName(part).localname in NODES}


def bounds(root: etree._Element) -> dict[str, Rect]:
    found = {}
    for shape in root.iterfind(".//bpmndi:BPMNShape", NS):
        x, y, w, h = (float(shape.find("dc:Bounds", NS).get(key)) for key in ("x", "y", "width", "height"))
        found[shape.get("bpmnElement")] = (x, y, x + w, y + h)
    return found


def inside(inner: Rect, outer: Rect) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


@pytest.mark.parametrize("service", EVERY)
def test_it_is_valid_bpmn(service: str) -> None:
    assert schema().validate(document(service)), schema().error_log


@pytest.mark.parametrize("service", EVERY)
def test_every_flow_joins_two_nodes_that_know_it(service: str) -> None:
    root = document(service)
    known = nodes(root)
    for way in root.iterfind(".//bpmn:sequenceFlow", NS):
        source, target = known[way.get("sourceRef")], known[way.get("targetRef")]
        assert way.get("id") in [part.text for part in source.iterfind("bpmn:outgoing", NS)]
        assert way.get("id") in [part.text for part in target.iterfind("bpmn:incoming", NS)]


@pytest.mark.parametrize("service", EVERY)
def test_every_choice_has_conditions_on_all_flows_but_its_default(service: str) -> None:
    root = document(service)
    for gateway in root.iterfind(".//bpmn:exclusiveGateway", NS):
        leaving = root.findall(f".//bpmn:sequenceFlow[@sourceRef='{gateway.get('id')}']", NS)
        bare = [way.get("id") for way in leaving if way.find("bpmn:conditionExpression", NS) is None]
        assert len(leaving) > 1
        assert bare == ([gateway.get("default")] if gateway.get("default") else [])


@pytest.mark.parametrize("service", EVERY)
def test_every_node_stands_in_exactly_one_lane_and_is_drawn_in_it(service: str) -> None:
    root = document(service)
    drawn = bounds(root)
    lane_of: dict[str, str] = {}
    for lane in root.iterfind(".//bpmn:lane", NS):
        for member in lane.iterfind("bpmn:flowNodeRef", NS):
            assert str(member.text) not in lane_of
            lane_of[str(member.text)] = lane.get("id")
    assert set(lane_of) == set(nodes(root))
    for node, lane in lane_of.items():
        assert inside(drawn[node], drawn[lane]), node
        assert inside(drawn[lane], drawn["participant"])


@pytest.mark.parametrize("service", EVERY)
def test_lanes_fill_the_pool_without_overlap(service: str) -> None:
    root = document(service)
    drawn = bounds(root)
    leaves = [
        lane.get("id")
        for lane in root.iterfind(".//bpmn:lane", NS)
        if lane.find("bpmn:childLaneSet", NS) is None
    ]
    edges = sorted((drawn[lane][0], drawn[lane][2]) for lane in leaves)
    assert all(before[1] == after[0] for before, after in itertools.pairwise(edges))
    assert (edges[0][0], edges[-1][1]) == (drawn["participant"][0], drawn["participant"][2])


@pytest.mark.parametrize("service", EVERY)
def test_every_flow_is_drawn_from_its_source_to_its_target(service: str) -> None:
    root = document(service)
    drawn = bounds(root)
    ways = {way.get("id"): way for way in root.iterfind(".//bpmn:sequenceFlow", NS)}
    edges = {edge.get("bpmnElement"): edge for edge in root.iterfind(".//bpmndi:BPMNEdge", NS)}
    for key, way in ways.items():
        points = [(float(p.get("x")), float(p.get("y"))) for p in edges[key].iterfind("di:waypoint", NS)]
        assert len(points) > 1
        for point, end in ((points[0], way.get("sourceRef")), (points[-1], way.get("targetRef"))):
            left, top, right, bottom = drawn[end]
            assert left - 0.1 <= point[0] <= right + 0.1, key
            assert top - 0.1 <= point[1] <= bottom + 0.1, key


@pytest.mark.parametrize("service", EVERY)
def test_ids_are_names_xml_allows_and_the_same_in_every_language(service: str) -> None:
    def ids(root: etree._Element) -> list[str]:
        return [part.get("id") for part in root.iter() if part.get("id")]

    here = ids(document(service))
    assert len(set(here)) == len(here)
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.\-]*", key) for key in here)
    assert here == ids(etree.fromstring(bpmn_xml(shipped(service), "ru")))


@pytest.mark.parametrize("service", EVERY)
def test_another_engine_reads_it(service: str) -> None:
    parser = BpmnParser()
    parser.add_bpmn_xml(document(service).getroottree())
    spec = parser.get_spec(document(service).find("bpmn:process", NS).get("id"))
    assert set(nodes(document(service))) <= set(spec.task_specs)


def test_a_clause_stands_beside_its_step() -> None:
    notes = document("housing-assistance").findall(".//bpmn:textAnnotation", NS)
    assert "A120 §5(1)" in [note.find("bpmn:text", NS).text for note in notes]


def test_kinds_of_step_become_kinds_of_task() -> None:
    law = package(
        {
            "look": step({"passed": "wait", "failed": "wait"}, kind="check", function="documents.complete"),
            "wait": step("pause", kind="await", event="answer", **{"from": "applicant"}),
            "pause": step("sign", kind="timer", within="1 working day"),
            "sign": step({"done": {"go": "end", "exit": "granted"}}),
        }
    )
    found = {
        key: etree.QName(part).localname for key, part in nodes(etree.fromstring(bpmn_xml(law, "en"))).items()
    }
    assert found["step.look"] == "serviceTask"
    assert found["step.wait"] == "receiveTask"
    assert found["step.pause"] == "intermediateCatchEvent"
    assert found["step.sign"] == "userTask"


def walked(law: Package, answers: dict[str, str], **facts: str) -> list[str]:
    """The tasks another engine does, given an outcome for each step that has several."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(bpmn_xml(law, "en")).getroottree())
    work = BpmnWorkflow(parser.get_spec(f"process_{law.service}"))
    done: list[str] = []
    for _ in range(200):
        task = next(iter(work.get_tasks(state=TaskState.READY)), None)
        if task is None:
            break
        name = task.task_spec.name.removeprefix("step.")
        if name in law.steps:
            done.append(name)
            task.data["outcome"] = answers.get(name, "done")
        task.data.update(facts)
        task.run()
        if task.state == TaskState.STARTED:  # a service task waits for its service
            task.complete()
    assert work.is_completed()
    return done


def test_another_engine_walks_it_by_the_same_outcomes() -> None:
    law = package(
        {
            "look": step({"fine": "sign", "poor": "mend"}),
            "mend": step("look"),
            "sign": step({"done": {"go": "end", "exit": "granted"}}),
        }
    )
    assert walked(law, {"look": "fine"}, channel="portal") == ["look", "sign"]


@pytest.mark.parametrize("exit_", ["assigned", "refused"])
@pytest.mark.parametrize("channel", ["portal", "state-corporation"])
def test_another_engine_goes_the_way_ours_goes(channel: str, exit_: str) -> None:
    law = shipped("housing-assistance")
    now = datetime(2019, 6, 3, 10, tzinfo=ALMATY)
    facts = {"channel": channel, "recipient": "individual"}
    choices = find_path(compile_package(law), facts, exit_, now)
    answers = {choice.step: choice.outcome for choice in choices}
    assert walked(law, answers, **facts) == [choice.step for choice in choices]
