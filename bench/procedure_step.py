"""A step of a procedure in memory: load the case's state, complete a step, give the state back.

The peer is SpiffWorkflow doing the same with a BPMN process of the same eight tasks: restore a serialised
workflow, run the ready task, serialise it.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

from bench.harness import Row, rates_side_by_side
from qyzmet.regulation.engine import EMPTY, Complete, Start, advance, compile_package, dump_state, load_state
from qyzmet.regulation.loader import load_tree

NOW = datetime(2019, 6, 3, 5, 0, tzinfo=UTC)
FACTS = {"channel": "portal", "recipient": "individual"}
STEPS = 8


def rows(_size: str) -> list[Row]:
    package = load_tree()[("housing-assistance", "2019-04-25-n2-261")].package
    program = compile_package(package)
    saved = dump_state(advance(program, EMPTY, Start(), FACTS, NOW).state)

    def ours() -> object:
        state = load_state(saved)
        return dump_state(advance(program, state, Complete(state.tokens[0].id), FACTS, NOW).state)

    mine, theirs, ratio = rates_side_by_side(ours, _spiff(), 5_000, 100)
    return [
        Row("procedure step, pure (SpiffWorkflow)", f"{1 / mine:,.0f}/s", f"{1 / theirs:,.0f}/s", f"{ratio:.0f} x",
            ">= 100 x", ratio, 100),
    ]  # fmt: skip


def _spiff():
    parser = BpmnParser()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "process.bpmn"
        path.write_text(_bpmn(), encoding="utf-8")
        parser.add_bpmn_file(str(path))
    workflow = BpmnWorkflow(parser.get_spec("eight"))
    workflow.do_engine_steps()
    serializer = BpmnWorkflowSerializer()
    saved = serializer.serialize_json(workflow)

    def step() -> object:
        case = serializer.deserialize_json(saved)
        task = next(iter(case.get_tasks(state=TaskState.READY, manual=True)))
        task.run()
        case.do_engine_steps()
        return serializer.serialize_json(case)

    return step


def _bpmn() -> str:
    names = ["start", *(f"task{i}" for i in range(STEPS)), "end"]
    flows = "".join(
        f'<sequenceFlow id="f{i}" sourceRef="{a}" targetRef="{b}"/>'
        for i, (a, b) in enumerate(pairwise(names))
    )
    tasks = "".join(
        f'<userTask id="{n}" name="{n}"><incoming>f{i}</incoming><outgoing>f{i + 1}</outgoing></userTask>'
        for i, n in enumerate(names[1:-1])
    )
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="q">'
        f'<process id="eight" isExecutable="true"><startEvent id="start"><outgoing>f0</outgoing></startEvent>{tasks}'
        f'<endEvent id="end"><incoming>f{STEPS}</incoming></endEvent>{flows}</process></definitions>'
    )
