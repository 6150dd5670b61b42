"""Housing assistance on Monday 3 June 2019 at ten, served to a browser, with the stand-in of NCALayer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qyzmet.config import clock
from qyzmet.demo.rehearsal.cast import Cast
from qyzmet.demo.standins import StandIns
from tests.browser import browser, served
from tests.ncalayer import ncalayer
from tests.portal.conftest import MONDAY, settle
from tests.walking.person import Person


@pytest.fixture
def house(committed: None) -> Iterator[str]:
    with clock.hold(MONDAY), served() as address:
        settle("housing-assistance", "general/complaint", "general/hearing")
        yield address


@pytest.fixture
def layer(house: str) -> Iterator[StandIns]:
    with ncalayer(house) as found:
        yield found


@pytest.fixture
def person(cast: Cast) -> Iterator[Person]:
    """A browser with NCALayer beside it, for whoever of the cast sits down at it."""
    with served() as house, ncalayer(house) as layer, browser(house) as page:
        yield Person(page, layer)
