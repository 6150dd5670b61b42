"""A month in Samruk, seen on its last evening by the supervisor of the body above."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qyzmet.cases.models import Case
from qyzmet.config import clock
from tests.cases.bustle import END, bustle, supervisor, tick, turned_away
from tests.cases.town import Town
from tests.office.desk import Desk


@pytest.fixture
def busy(samruk: Town) -> dict[str, Case]:
    made = bustle(samruk)
    turned_away(samruk)
    tick(END)
    return made


@pytest.fixture
def desk(samruk: Town, busy: dict[str, Case]) -> Iterator[Desk]:
    with clock.hold(END):
        yield Desk(supervisor(samruk))
