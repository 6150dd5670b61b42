"""What the environment may say, and what production refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from qyzmet.config.mode import DEMO_KEY, read_mode

GOOD = {"QYZMET_ENV": "production", "QYZMET_SECRET_KEY": "k" * 50, "QYZMET_HOSTS": "qyzmet.example"}


def test_a_demo_needs_nothing_and_answers_this_machine_alone() -> None:
    mode = read_mode({})
    assert not mode.production
    assert mode.hosts == ("localhost", "127.0.0.1", "[::1]")
    assert mode.data.name == "var"


def test_production_with_a_key_and_hosts_of_its_own_starts(tmp_path: Path) -> None:
    mode = read_mode({**GOOD, "QYZMET_DATA": str(tmp_path)})
    assert mode.production
    assert mode.hosts == ("qyzmet.example",)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"QYZMET_CLOCK": "2019-06-03T10:00"}, "unset QYZMET_CLOCK"),
        ({"QYZMET_DEBUG": "1"}, "unset QYZMET_DEBUG"),
        ({"QYZMET_SECRET_KEY": ""}, "set QYZMET_SECRET_KEY"),
        ({"QYZMET_SECRET_KEY": "short"}, "set QYZMET_SECRET_KEY"),
        ({"QYZMET_SECRET_KEY": DEMO_KEY}, "set QYZMET_SECRET_KEY"),
        ({"QYZMET_HOSTS": ""}, "set QYZMET_HOSTS"),
    ],
)
def test_production_refuses(change: dict[str, str], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=sentence):
        read_mode({**GOOD, "QYZMET_DATA": str(tmp_path), **change})


def test_production_refuses_the_data_folder_of_a_demo(tmp_path: Path) -> None:
    (tmp_path / "clock.json").write_text("{}")
    with pytest.raises(ImproperlyConfigured, match="was used by a demo"):
        read_mode({**GOOD, "QYZMET_DATA": str(tmp_path)})


def test_a_misspelt_mode_is_neither_demo_nor_production() -> None:
    with pytest.raises(ImproperlyConfigured, match="it can be demo or production"):
        read_mode({"QYZMET_ENV": "prod"})
