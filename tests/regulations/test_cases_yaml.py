"""Every example of a `cases.yaml` beside the law holds: when it is registered, when it is due, how it can end."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from qyzmet.clock import ALMATY, due, national_calendar, registered_at
from qyzmet.regulation.conditions import parse
from qyzmet.regulation.engine import compile_package, find_path
from qyzmet.regulation.loader import load_package, load_tree
from qyzmet.regulation.model import Package
from qyzmet.regulation.sharing import SHIPPED

SAMPLER = Path(__file__).parent / "sampler"
FILES = sorted([*SHIPPED.rglob("cases.yaml"), *SAMPLER.rglob("cases.yaml")])
EXAMPLES = [
    pytest.param(file, case, id=f"{file.parts[-3]}-{case['name'][:60]}")
    for file in FILES
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


def moment(written: datetime | str) -> datetime:
    """A moment as YAML gives it, on Almaty's clock face."""
    read = datetime.fromisoformat(written) if isinstance(written, str) else written
    return read.replace(tzinfo=ALMATY)


def provider_hours(package: Package) -> str:
    """The hours the overall term runs on: the provider's."""
    held = package.organisations.get("provider") or next(iter(package.organisations.values()))
    return held.hours


@pytest.mark.parametrize(("file", "case"), EXAMPLES)
def test_an_example_of_the_law_is_registered_and_due_when_it_says(file: Path, case: dict[str, Any]) -> None:
    package = load_package(file.parent / "service.yaml").package
    assert package is not None
    filed, calendar = moment(case["filed"]), national_calendar()
    facts = {"channel": case["channel"], **case.get("variant", {})}
    registered = registered_at(filed, package.channels[case["channel"]].hours, calendar)
    assert registered == moment(case["registered"])
    rule = next(term for term in package.term if term.only is None or parse(term.only).holds(facts))
    start = filed if rule.from_ == "receipt" else registered
    assert due(rule.within, start, provider_hours(package), calendar).moment == moment(case["due"])


@pytest.mark.parametrize(("file", "case"), [p for p in EXAMPLES if "exit" in p.values[1]])
def test_an_example_can_end_as_it_says(file: Path, case: dict[str, Any]) -> None:
    package = load_package(file.parent / "service.yaml").package
    assert package is not None
    general = [one.package for one in load_tree(SHIPPED / "general").values() if one.package is not None]
    facts = {"channel": case["channel"], **case.get("variant", {})}
    program = compile_package(package, general)
    assert find_path(program, facts, case["exit"], moment(case["due"]))


def test_every_service_that_can_be_filed_has_at_least_three_examples() -> None:
    few = [
        service
        for (service, _), loaded in load_tree().items()
        if loaded.package is not None and loaded.package.channels and not loaded.abstract
        if len([p for p in EXAMPLES if p.values[0].parent == loaded.path.parent]) < 3
    ]
    assert few == []
