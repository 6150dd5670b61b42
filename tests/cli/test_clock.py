"""`qyzmet clock`: showing and moving a demo's legal clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from qyzmet.cases.models import Deadline
from qyzmet.cli import main
from qyzmet.config import clock


@pytest.fixture(autouse=True)
def monday(settings: Settings, tmp_path: Path) -> None:
    """A data folder of its own on Monday 3 June 2019, 10:00 in Almaty."""
    settings.QYZMET_DATA = tmp_path
    settings.QYZMET_CLOCK = "2019-06-03T10:00"


def test_it_shows_the_moment_and_that_it_is_moved(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clock"]) == 0
    assert capsys.readouterr().out.startswith("2019-06-03T10:00:")


def test_it_moves_to_a_moment_of_almaty_and_by_minutes() -> None:
    assert main(["clock", "--to", "2019-06-04T09:00"]) == 0
    assert main(["clock", "--by", "30"]) == 0
    reached = datetime(2019, 6, 4, 3, 30, tzinfo=UTC)
    assert reached <= clock.now() < reached + timedelta(minutes=5)


@pytest.mark.parametrize("way", [["--to", "2019-06-01T09:00"], ["--by", "-5"]])
def test_it_never_moves_back(way: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clock", *way]) == 2
    assert "cannot go back" in capsys.readouterr().err


def test_an_unreadable_moment_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clock", "--to", "tomorrow"]) == 2
    assert "'tomorrow' is not a moment" in capsys.readouterr().err


@pytest.mark.django_db
def test_the_next_due_moment_is_the_earliest_open_deadline_ahead() -> None:
    due = datetime(2019, 6, 6, 12, 30, tzinfo=UTC)
    for number, (moment, state) in enumerate(
        [(due, "open"), (due + timedelta(days=1), "open"), (due - timedelta(days=1), "kept")]
    ):
        Deadline.objects.create(subject=f"duty:{number}", duty="report", due=moment, state=state)
    assert main(["clock", "--next"]) == 0
    assert due <= clock.now() < due + timedelta(minutes=5)


@pytest.mark.django_db
def test_with_nothing_ahead_there_is_nowhere_to_go(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clock", "--next"]) == 2
    assert "nothing falls due" in capsys.readouterr().err
