"""Two administrators of the platform in a town with one service."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from qyzmet.cases.dates import calendars, clocks
from qyzmet.cases.deployment import windows
from qyzmet.cases.filing import editions
from qyzmet.people import directory
from qyzmet.people.actor import Actor
from qyzmet.people.models import Organisation
from tests.cases.town import Town


@dataclass
class Platform:
    """`first` and `second` may do the same and look over each other's shoulder."""

    town: Town
    operator: Organisation
    first: Actor
    second: Actor


@pytest.fixture
def platform(housing: Town, own_folder: Path) -> Platform:
    operator = housing.body("operator", "system-operator")
    first, second = (housing.official("administrator", operator) for _ in range(2))
    return Platform(housing, operator, first, second)


@pytest.fixture
def own_folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder for what one test writes into it; the parameters of the tests come along."""
    shutil.copytree(settings.QYZMET_DATA / "parameters", tmp_path / "parameters")
    with override_settings(QYZMET_DATA=tmp_path):
        _read_anew()
        yield tmp_path
    _read_anew()


def _read_anew() -> None:
    for kept in (calendars, windows, directory):
        kept.forget()
    clocks.parameters.cache_clear()
    editions.opened.cache_clear()
