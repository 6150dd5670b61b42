"""One authority for all tests of the stand-ins, and a fresh stand-in for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from qyzmet.demo.authority import DemoAuthority
from qyzmet.demo.standins import StandIns

MONDAY = datetime(2019, 6, 3, 5, tzinfo=UTC)


@pytest.fixture(scope="session")
def keys() -> DemoAuthority:
    return DemoAuthority.temporary()


@pytest.fixture
def stand_ins(keys: DemoAuthority) -> Iterator[StandIns]:
    with StandIns(keys, lambda: MONDAY) as found:
        yield found
