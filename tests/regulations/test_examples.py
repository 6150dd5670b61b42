"""`cases.yaml` beside each service: examples a lawyer reads, run as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from qyzmet import clock
from qyzmet.regulation.conditions import parse
from qyzmet.regulation.engine import compile_package, find_path
from qyzmet.regulation.loader import load_package
from qyzmet.regulation.model import Package
from qyzmet.regulation.places import plain
from qyzmet.regulation.sharing import SHIPPED
from qyzmet.regulation.yaml_source import read_file

FILES = sorted(Path(SHIPPED).rglob("cases.yaml"))


def examples() -> Iterator[Any]:
    for file in FILES:
        root, _ = read_file(file)
        for case in plain(root):
            yield pytest.param(file, case, id=f"{file.parent.parent.name}: {case['name']}")


def package_beside(file: Path) -> Package:
    package = load_package(file.with_name("service.yaml")).package
    assert package is not None
    return package


def facts_of(case: Mapping[str, Any]) -> dict[str, object]:
    return {"channel": case["channel"], **case.get("variant", {})}


def moment(words: object) -> datetime:
    return datetime.fromisoformat(str(words)).replace(tzinfo=clock.ALMATY)


@pytest.mark.parametrize(("file", "case"), list(examples()))
def test_an_example_is_registered_and_due_when_it_says(file: Path, case: Mapping[str, Any]) -> None:
    package, calendar = package_beside(file), clock.national_calendar()
    door = clock.schedule(package.channels[case["channel"]].hours, calendar)
    received, facts = moment(case["filed"]), facts_of(case)
    registered = door.registered_at(received)
    rule = next(r for r in package.term if r.only is None or parse(r.only).holds(facts))
    start = received if rule.from_ == "receipt" else registered
    due = clock.due(rule.within, start, package.organisations["provider"].hours, calendar).moment
    assert (registered, due) == (moment(case["registered"]), moment(case["due"]))


@pytest.mark.parametrize(("file", "case"), [p for p in examples() if "exit" in p.values[1]])
def test_an_example_can_end_as_it_says(file: Path, case: Mapping[str, Any]) -> None:
    package = package_beside(file)
    assert find_path(compile_package(package), facts_of(case), case["exit"], moment(case["registered"]))


def test_every_service_has_three_examples_at_least() -> None:
    concrete = [p for p in Path(SHIPPED).rglob("service.yaml") if "general" not in p.parts]
    services = [p for p in concrete if not load_package(p).abstract]
    few = [
        p.parent.parent.name for p in services if sum(e.values[0].parent == p.parent for e in examples()) < 3
    ]
    assert few == []
