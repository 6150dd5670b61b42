"""The movable legal clock of a demo: shared by all processes of a data folder, forward only."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from qyzmet.config import clock

ALMATY = ZoneInfo("Asia/Almaty")
MONDAY = datetime(2019, 6, 3, 10, 0, tzinfo=ALMATY)
BLINK = timedelta(minutes=1)


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.QYZMET_DATA = tmp_path
    return tmp_path


def elsewhere(folder: Path, wish: str = "") -> datetime:
    """What another process on the same data folder takes for now."""
    code = "import django; django.setup(); from qyzmet.config import clock; print(clock.now().isoformat())"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "qyzmet.config.settings", "QYZMET_DATA": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**env, "QYZMET_CLOCK": wish},
        capture_output=True,
        text=True,
        check=True,
    )
    return datetime.fromisoformat(done.stdout.strip())


def test_without_a_wish_legal_time_is_real_time(folder: Path) -> None:
    assert not clock.is_moved()
    assert abs(clock.now() - datetime.now(UTC)) < BLINK


def test_a_folder_started_on_real_time_is_moved_only_when_somebody_moves_it(folder: Path) -> None:
    assert clock.start().lead != timedelta()
    assert not clock.is_moved()
    clock.move_to(clock.now() + timedelta(minutes=1))
    assert clock.is_moved()


def test_a_wish_without_offset_is_a_moment_of_almaty_and_runs_on(folder: Path, settings: Settings) -> None:
    settings.QYZMET_CLOCK = "2019-06-03T10:00"
    first = clock.now()
    assert MONDAY <= first < MONDAY + BLINK
    assert clock.now() > first
    assert clock.is_moved()


def test_every_process_of_the_folder_follows_a_moved_clock(folder: Path) -> None:
    clock.move_to(datetime(2031, 1, 6, 9, 0, tzinfo=ALMATY))
    assert clock.now() <= elsewhere(folder) < clock.now() + BLINK


def test_a_restart_with_the_same_wish_goes_on_where_the_clock_is(folder: Path, settings: Settings) -> None:
    settings.QYZMET_CLOCK = "2019-06-03T10:00"
    clock.move_to(MONDAY + timedelta(days=3))
    assert elsewhere(folder, "2019-06-03T10:00") >= MONDAY + timedelta(days=3)


def test_a_later_wish_moves_the_folder_and_an_earlier_one_is_refused(
    folder: Path, settings: Settings
) -> None:
    settings.QYZMET_CLOCK = "2019-06-03T10:00"
    clock.now()
    settings.QYZMET_CLOCK = "2019-06-05T09:00"
    assert clock.now() >= MONDAY + timedelta(days=1, hours=23)
    settings.QYZMET_CLOCK = "2019-06-04T09:00"
    with pytest.raises(clock.ClockRefused, match=r"stands at 05\.06\.2019 09:00 and cannot"):
        clock.now()


def test_the_clock_is_never_moved_back_and_stays_where_it_was(folder: Path, settings: Settings) -> None:
    settings.QYZMET_CLOCK = "2019-06-03T10:00"
    with pytest.raises(clock.ClockRefused) as refused:
        clock.move_to(MONDAY - timedelta(seconds=1))
    assert refused.value.code == "clock.backwards"
    assert set(refused.value.text) == {"kk", "ru", "en"}
    assert clock.now() >= MONDAY


def test_a_folder_started_on_real_time_cannot_be_taken_back_to_2019(folder: Path, settings: Settings) -> None:
    clock.start()
    settings.QYZMET_CLOCK = "2019-06-03T10:00"
    with pytest.raises(clock.ClockRefused, match="cannot go back"):
        clock.now()


def test_the_past_returns_to_real_time_on_the_word_real(folder: Path, settings: Settings) -> None:
    settings.QYZMET_CLOCK = "2019-06-03T10:00"
    clock.now()
    settings.QYZMET_CLOCK = "real"
    assert abs(clock.now() - datetime.now(UTC)) < BLINK


def test_an_unreadable_wish_says_how_to_write_one(folder: Path, settings: Settings) -> None:
    settings.QYZMET_CLOCK = "next Monday"
    with pytest.raises(clock.ClockRefused, match="2019-06-03T10:00"):
        clock.now()


def test_production_has_only_real_time(folder: Path, settings: Settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(clock.ClockRefused, match="real time"):
        clock.move_to(MONDAY)
    assert not (folder / "clock.json").exists()


def test_a_held_clock_stands_still() -> None:
    with clock.hold(MONDAY) as moment:
        assert clock.now() == moment == MONDAY
        assert clock.is_moved()
    assert not clock.is_moved()
