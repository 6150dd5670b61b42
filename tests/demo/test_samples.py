"""Sample answers fit every question of every package, down to the check digit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from qyzmet.cases.filing import answers
from qyzmet.demo.samples import Samples
from qyzmet.regulation.loader import load_package, package_files
from qyzmet.regulation.model import Field
from qyzmet.regulation.sharing import SHIPPED

SAMPLER = Path(__file__).parents[1] / "regulations" / "sampler" / "2024-01-10-n1" / "service.yaml"
SAMPLES = Samples(on=date(2024, 6, 3))


def asked(path: Path) -> dict[str, Field]:
    """Every question of a package's form and of its steps, whenever it is asked."""
    package = load_package(path).package
    if package is None:
        return {}
    groups: list[Mapping[str, Field]] = [section.fields for section in package.form.values()]
    groups += [step.output for step in package.steps.values()]
    always = {"only": None}
    return {key: each.model_copy(update=always) for group in groups for key, each in group.items()}


@pytest.mark.parametrize(
    "path", [*package_files(SHIPPED), SAMPLER], ids=lambda path: f"{path.parts[-3]} {path.parts[-2]}"
)
def test_every_question_gets_an_answer_that_is_taken(path: Path) -> None:
    fields = asked(path)
    given = {key: SAMPLES.answer(key, each) for key, each in fields.items()}
    assert answers.read(fields, given, {}).faults == {}


def test_what_is_settled_already_is_answered_so() -> None:
    fields = asked(next(SHIPPED.glob("equity-contract/*/service.yaml")))
    settled = Samples(SAMPLES.on, {"object-number": "АЛМ-2024-000007"})
    assert settled.answer("object-number", fields["object-number"]) == "АЛМ-2024-000007"


def test_days_are_told_from_the_day_the_answers_are_given() -> None:
    fields = asked(next(SHIPPED.glob("equity-contract/*/service.yaml")))
    assert SAMPLES.answer("contract-date", fields["contract-date"]) == "2024-06-02"


def test_only_what_applies_is_answered_and_every_paper_may_be_left_out() -> None:
    package = load_package(next(SHIPPED.glob("land-private-ownership/*/service.yaml"))).package
    assert package is not None
    facts = {"channel": "centre", "recipient": "individual", "case": "grant"}
    form = SAMPLES.form(package, facts)
    assert "entity-document" not in form
    papers = SAMPLES.documents(package, facts)
    assert SAMPLES.documents(package, facts, without=frozenset(papers)) == {}
