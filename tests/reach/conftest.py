"""The sample world of the addresses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from qyzmet.config import clock
from tests.office.keys import answering
from tests.reach import stage


@pytest.fixture
def world(db: None) -> Iterator[datetime]:
    """Everything of `stage`, at a clock that stands."""
    with clock.hold(stage.NOW), answering():
        stage.set_up(stage.NOW)
        yield stage.NOW
