"""What every test stands on: a data folder of its own, never the one a demo runs on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """`settings.QYZMET_DATA` is an empty folder and the clock is real until a test moves it."""
    with override_settings(QYZMET_DATA=tmp_path_factory.mktemp("data"), QYZMET_CLOCK=""):
        yield
