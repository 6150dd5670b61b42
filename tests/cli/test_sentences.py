"""What a deployment got wrong is one sentence and exit code 2, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qyzmet.cli import main


def ran(folder: Path, *words: str, **env: str) -> tuple[int, str]:
    """Exit code and what was said of a command with a data folder of its own."""
    around = {**os.environ, "QYZMET_DATA": str(folder), "DATABASE_URL": "", **env}
    done = subprocess.run(
        [sys.executable, "-m", "qyzmet", *words], env=around, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    "words", [["journal", "verify"], ["journal", "seal"], ["tick"], ["work", "--once"], ["publish"]], ids=str
)
def test_a_database_nobody_made_ready(tmp_path: Path, words: list[str]) -> None:
    code, said = ran(tmp_path, *words)
    assert (code, said.count("\n")) == (2, 1)
    assert "the database is not made ready" in said
    assert "qyzmet run does that" in said


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    code, said = ran(tmp_path, "tick", DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    assert (code, said.count("\n")) == (2, 1)
    assert "the database does not answer" in said


def test_a_base_of_services_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sheet", "land-title"]) == 2
    assert "only a base" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tick", "--every", "0"], "'0' is not a number of seconds above 0"),
        (["run", "--workers", "0"], "'0' is not a number from 1 to 1000"),
        (["clock", "--by", "soon"], "'soon' is not a number of minutes"),
        (["sheet", "housing-assistance", "--on", "20190603"], "'20190603' is not a day"),
        (["fee", "land-paid-use", "--on", "2012-02-30"], "'2012-02-30' is not a day"),
    ],
)
def test_a_number_or_a_day_that_cannot_be_meant(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    printed = capsys.readouterr().err
    assert said in printed
    assert printed.count("\n") == 1
