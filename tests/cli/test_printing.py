"""`qyzmet sheet`, `tables`, `diagram`, `bpmn`: what they print, and the one sentence when they cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from qyzmet.cli import main

COMMANDS = ["sheet", "tables", "diagram", "bpmn"]


def test_the_sheet_as_text_json_and_html(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["sheet", "housing-assistance", "--on", "2019-06-03"]
    assert main([*asked, "--lang", "ru"]) == 0
    assert "8 рабочих дней со дня регистрации" in capsys.readouterr().out
    assert main([*asked, "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["rows"]) == 10
    assert main([*asked, "--format", "html"]) == 0
    assert capsys.readouterr().out.startswith("<table")


def test_the_tables_as_json_hold_the_reference_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", "land-private-ownership", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert len(data["tables"][0]["rows"]) == 17
    assert data["reference"]["entries"][0]["kind"] == "start"


def test_a_diagram_of_one_way_in_goes_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "land.svg"
    asked = ["diagram", "land-private-ownership", "--channel", "provider-office", "--variant", "duplicate"]
    assert main([*asked, "--out", str(out)]) == 0
    words = [part.text for part in etree.parse(out).iter("{http://www.w3.org/2000/svg}text")]
    assert "16" in words
    assert "17" not in words


def test_bpmn_of_a_package_given_by_its_path(capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(__file__).parents[1] / "regulations" / "sampler" / "2024-01-10-n1"
    assert main(["bpmn", str(folder)]) == 0
    assert "process_sampler" in capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS)
def test_a_misspelt_service_gets_a_suggestion(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "housing-asistance"]) == 2
    said = capsys.readouterr().err
    assert "did you mean `housing-assistance`?" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        (["sheet", "housing-assistance", "--edition", "2018-01-01-n1"], "it has 2019-04-25-n2-261"),
        (["sheet", "housing-assistance", "--on", "3 June"], "write it like 2019-06-03"),
        (["sheet", "land-private-ownership", "--on", "1995-01-01"], "values are known from 2008-01-01"),
        (
            ["tables", "housing-assistance", "--channel", "centre"],
            "its ways in are portal, state-corporation",
        ),
        (
            ["diagram", "land-private-ownership", "--variant", "case=duplicat"],
            "did you mean `case=duplicate`?",
        ),
        (["diagram", "land-private-ownership", "--interaction"], "not given through the portal"),
        (["bpmn", "housing-assistance", "--out", "/nowhere/at/all.bpmn"], "cannot be written"),
    ],
)
def test_what_cannot_be_printed_is_said_in_one_sentence(
    asked: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked) == 2
    said = capsys.readouterr().err
    assert hint in said
    assert said.count("\n") == 1
