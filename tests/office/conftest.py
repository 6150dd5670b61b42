"""The towns of the case tests, on a clock that stands on Monday 3 June 2019 at ten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from qyzmet.config import clock
from tests.cases.conftest import housing, parameters, samruk, stalls
from tests.cases.town import Town, moment, publish, shipped
from tests.office.keys import Status, answering

__all__ = ["housing", "parameters", "samruk", "stalls"]

MONDAY = moment("2019-06-03 10:00")


@pytest.fixture
def monday() -> Iterator[datetime]:
    with clock.hold(MONDAY):
        yield MONDAY


@pytest.fixture
def land(db: None) -> Town:
    """Two land services and the general law."""
    names = ("land-private-ownership", "general/complaint", "general/hearing")
    packages = [shipped(name) for name in names]
    town = Town(*packages)
    for package in packages:
        publish(package)
    return town


@pytest.fixture(autouse=True)
def status() -> Iterator[Status]:
    """The authority answers whether keys were revoked."""
    with answering() as service:
        yield service
