"""Examples beside the law: what holds is silent, what does not is told with what holds instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from qyzmet.clock import CalendarMissing, national_calendar
from qyzmet.regulation.cases_file import check_cases
from qyzmet.regulation.loader import load_package
from qyzmet.regulation.model import Exit, Package, Text

HERE = Path(__file__).parent


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> Package:
    monkeypatch.chdir(HERE)
    package = load_package(Path("example/2020-01-01-n1/service.yaml")).package
    assert package is not None
    name = Text(kk="Қайтарылды", ru="Отозвано", en="Withdrawn")
    withdrawn = Exit(kind="withdrawn", name=name, cite="A120 §4")
    return package.model_copy(update={"exits": {**package.exits, "withdrawn": withdrawn}})


def test_each_example_that_does_not_hold_is_told_what_holds(package: Package) -> None:
    found = check_cases(Path("cases/cases.yaml"), package, (), national_calendar())
    assert [str(finding) for finding in found] == [
        "cases/cases.yaml:20:15: error[case-registered]: it is registered at 2024-06-10T09:00, by the hours `portal`",
        "cases/cases.yaml:21:8: error[case-due]: 8 working days from registration end at 2024-06-21T18:30 (A120 §4)",
        "cases/cases.yaml:24:12: error[case-unknown]: there is no channel `portl`; did you mean `portal`?",
        "cases/cases.yaml:25:19: error[case-unknown]: `case` has no variant `newer`; did you mean `new`?",
        "cases/cases.yaml:28:9: error[case-unknown]: there is no exit `givn`; did you mean `given`?",
        "cases/cases.yaml:35:3: error[case-steps]: the way there is register, decide: refuse, notify",
        "cases/cases.yaml:41:9: error[case-exit]: no way leads such a case to `withdrawn`",
        f"cases/cases.yaml:43:10: error[case-clock]: {CalendarMissing(2044)}",
    ]


def test_what_cannot_be_read_is_told_in_the_same_words_as_a_package(package: Package) -> None:
    found = check_cases(Path("cases/shape.yaml"), package, (), national_calendar())
    assert [str(finding) for finding in found] == [
        "cases/shape.yaml:1:3: error[missing-key]: `cases.0` has no `filed`; add it",
        "cases/shape.yaml:2:3: error[unknown-key]: there is no key `fild` here; did you mean `filed`?",
        "cases/shape.yaml:3:12: error[id]: `Portal` cannot be an id; use lower-case Latin letters, digits and dashes",
        "cases/shape.yaml:4:15: error[wrong-value]: a moment is expected here, such as 2019-06-07T17:55",
        "cases/shape.yaml:5:8: error[wrong-value]: a moment is expected here, such as 2019-06-07T17:55",
    ]
