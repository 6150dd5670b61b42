"""The demo's people and the published law, on Monday 3 June 2019 at ten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client

from qyzmet import demo
from qyzmet.cases import laws
from qyzmet.clock import ALMATY
from qyzmet.config import clock
from qyzmet.people import directory
from tests.cases.town import publish, shipped
from tests.office.keys import answering

MONDAY = datetime(2019, 6, 3, 10, 0, tzinfo=ALMATY)
CITIZEN = "900205417747"
NEIGHBOUR = "760312437504"


@pytest.fixture
def monday(db: None) -> Iterator[datetime]:
    """The clock stands; the demo's bodies and people are there, and housing assistance is published."""
    with clock.hold(MONDAY), answering():
        settle("housing-assistance", "general/complaint", "general/hearing")
        yield MONDAY


def settle(*services: str) -> None:
    directory.forget()
    laws.forget()
    demo.load(clock.now())
    for service in services:
        publish(shipped(service))


def signed_in(number: str = CITIZEN) -> Client:
    """A browser whose owner has signed in."""
    visitor = Client(HTTP_ACCEPT_LANGUAGE="kk")
    answer = visitor.post("/sign-in", {"number": number, "password": demo.PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return visitor


@pytest.fixture
def citizen(monday: datetime) -> Client:
    return signed_in()
