"""`qyzmet check`: one line per finding with its place, a summary, and an exit code a script can use."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from qyzmet.cli import main

PACKAGES = Path(__file__).parents[1] / "regulation"
PLACE = re.compile(r"\S+:\d+:\d+: (error|notice)\[[a-z-]+\]: .+")


@pytest.fixture(autouse=True)
def _there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PACKAGES)


def test_the_shipped_packages_are_checked_when_nothing_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert re.fullmatch(r"\d+ packages: 0 errors, 0 notices, \d+ known, .*\n", capsys.readouterr().out)


def test_a_file_with_an_error_fails_and_every_finding_begins_with_its_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "bad/facts.yaml"]) == 1
    *findings, summary = capsys.readouterr().out.splitlines()
    assert findings
    assert all(PLACE.fullmatch(line) and line.startswith("bad/facts.yaml:") for line in findings)
    assert summary == f"1 package: {len(findings)} errors, 0 notices, 0 known, 0 texts not reviewed"


def test_a_notice_nobody_acknowledged_fails_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "bad/people.yaml"]) == 1
    assert "1 package: 0 errors, 2 notices, 0 known" in capsys.readouterr().out


def test_acknowledged_notices_are_listed_only_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "good/known.yaml"]) == 0
    assert capsys.readouterr().out == "1 package: 0 errors, 0 notices, 5 known, 0 texts not reviewed\n"
    assert main(["check", "--all", "good/known.yaml"]) == 0
    assert capsys.readouterr().out.count("; known)") == 5


def test_a_folder_is_searched_for_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "example"]) == 0
    assert capsys.readouterr().out.startswith("1 package: ")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nowhere", "there is no nowhere"),
        ("good", "no service.yaml stands below good"),
    ],
)
def test_a_path_that_holds_no_package_is_unusable(
    path: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", path]) == 2
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1
    assert said in printed.err
    assert printed.out == ""


def test_the_language_is_printed_as_a_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["$schema"].endswith("2020-12/schema")
    assert {"name", "term", "steps", "exits"} <= set(schema["required"])
    assert {"within", "then", "name"} <= set(schema["$defs"]["Step"]["properties"])


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("acts/X.yaml", "act: [", "X.yaml:2:1: error[yaml]: "),
        ("acts/X.yaml", "act: X\ntitle: words\nclauses: []\n", "X.yaml:2:8: error[missing-translation]: "),
        ("parameters/x.yaml", "quorum: 5\n", "x.yaml:1:9: error[not-a-mapping]: "),
    ],
)
def test_a_fault_in_the_acts_or_parameters_beside_a_package_has_its_place_too(
    tmp_path: Path, file: str, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "stall" / "2020-01-01-n1" / "service.yaml"
    package.parent.mkdir(parents=True)
    package.write_bytes((PACKAGES / "example" / "2020-01-01-n1" / "service.yaml").read_bytes())
    (tmp_path / file).parent.mkdir()
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    *findings, _ = capsys.readouterr().out.splitlines()
    assert [said in line for line in findings] == [True]
    assert all(PLACE.fullmatch(line) for line in findings)


EXAMPLE = """\
- {name: Filed on Friday, filed: 2024-06-07T17:55, channel: portal, variant: {case: new},
   registered: 2024-06-07T17:55, due: 2024-06-19T18:30, exit: given}
"""


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("then: decide", "then: decid", "unknown-step"),
        ("then: end", "then: stop", "unknown-step"),
        ("then: decide", "then: [{go: decide, only: 'channel =='}, {go: decide}]", "condition"),
    ],
)
def test_the_examples_wait_until_the_package_beside_them_is_sound(
    right: str, wrong: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (PACKAGES / "example" / "2020-01-01-n1" / "service.yaml").read_text(encoding="utf-8")
    assert right in text
    package = tmp_path / "example" / "2020-01-01-n1" / "service.yaml"
    package.parent.mkdir(parents=True)
    package.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    package.with_name("cases.yaml").write_text(EXAMPLE, encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    assert f"error[{code}]" in capsys.readouterr().out
    assert main(["rehearse", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert f"error[{code}]" in said
    assert said.count("\n") == 1
    assert f"qyzmet check {tmp_path}" in said
    assert main(["publish", str(tmp_path)]) == 2
    assert f"qyzmet check {tmp_path}" in capsys.readouterr().err


def test_the_approver_of_a_revision_is_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", "example", "--revise", "--reason", "A slip", "--approver", "me"]) == 2
    said = capsys.readouterr().err
    assert "--approver: An IIN has 12 digits" in said
    assert said.count("\n") == 1
