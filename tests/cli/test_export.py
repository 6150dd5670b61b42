"""`qyzmet export`: the file of a case on disk, whole or not at all."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from qyzmet.cases.models import Case
from qyzmet.cli import main
from qyzmet.config.clock import hold
from tests.cases.test_housing_assistance import MONDAY, application
from tests.cases.town import Town, citizen, file
from tests.documents.walking import housing

__all__ = ["housing"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(housing: Town) -> Case:
    return file(citizen(), application(), now=MONDAY)


def test_a_case_is_written_by_its_number_or_reference(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with hold(MONDAY):
        for name in (str(case.number), case.ref):
            assert main(["export", name, "--out", str(tmp_path / f"{name}.zip")]) == 0
    assert f"files of case {case.ref} in" in capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [f"{case.number}.zip", f"{case.ref}.zip"]
    )


def test_a_view_is_only_what_it_sees(case: Case, tmp_path: Path) -> None:
    with hold(MONDAY):
        assert main(["export", case.ref, "--view", "supervisor", "--out", str(tmp_path / "case.zip")]) == 0
    index = json.loads(zipfile.ZipFile(tmp_path / "case.zip").read("index.json"))
    assert index["made_for"] == ["supervisor"]
    assert not {"attachments", "prepared"} & {each["group"] for each in index["files"]}


def test_the_verifier_is_to_be_had_without_a_case(tmp_path: Path) -> None:
    assert main(["export", "--verifier", str(tmp_path)]) == 0
    asked = [sys.executable, "-I", "-S", str(tmp_path / "verify.py"), "--help"]
    assert "an exported case" in subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert main(["export"]) == 2


def test_what_cannot_be_written_is_one_sentence_and_leaves_nothing(
    case: Case, tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with hold(MONDAY):
        assert main(["export", "NOSUCHCASE", "--out", str(tmp_path / "case.zip")]) == 2
        assert "there is no case 'NOSUCHCASE'" in capsys.readouterr().err
        assert main(["export", case.ref, "--out", str(tmp_path / "nowhere" / "case.zip")]) == 2
        assert "cannot be written (No such file or directory)" in capsys.readouterr().err
        settings.QYZMET_SEAL_KEY = str(tmp_path / "lost.p12")
        assert main(["export", case.ref, "--out", str(tmp_path / "case.zip")]) == 2
        assert "nobody can sign the index" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
