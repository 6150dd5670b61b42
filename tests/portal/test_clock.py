"""Going to the next due moment from a page of the demo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from qyzmet.cases.models import Case
from qyzmet.clock import ALMATY, local
from qyzmet.config import clock
from tests.office.keys import answering
from tests.portal.conftest import settle, signed_in
from tests.portal.filling import ready, send


@pytest.fixture
def saturday(db: None, tmp_path: Path) -> Iterator[None]:
    """A moved and running clock in a data folder of its own."""
    with override_settings(QYZMET_DATA=tmp_path, QYZMET_CLOCK="2019-06-08T11:00"), answering():
        settle("housing-assistance", "general/complaint", "general/hearing")
        yield


def test_the_button_goes_to_the_next_due_moment_and_what_was_due_is_done(saturday: None) -> None:
    citizen = signed_in()
    send(citizen, ready(citizen))
    assert Case.objects.get().state == "received"
    answer = citizen.post("/clock/next", {"next": "/cabinet"})
    assert answer["Location"] == "/cabinet"
    assert local(clock.now()).replace(second=0, microsecond=0) == datetime(2019, 6, 10, 9, 0, tzinfo=ALMATY)
    assert Case.objects.get().number == "АЛТ-2019-000001"


def test_with_nothing_ahead_it_says_so_and_leads_nowhere_else(saturday: None) -> None:
    visitor = Client()
    answer = visitor.post("/clock/next", {"next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert "Алда ешқандай мерзім жоқ" in visitor.get("/").content.decode()


@pytest.mark.parametrize(
    ("language", "bar"),
    [
        ("kk", "Көрсетілім: сағат нақты уақытпен жүреді"),
        ("ru", "Демонстрация: часы идут по настоящему времени"),
        ("en", "Demonstration: the clock keeps real time"),
    ],
)
def test_on_real_time_the_bar_says_so_and_keeps_its_button(
    db: None, tmp_path: Path, language: str, bar: str
) -> None:
    with override_settings(QYZMET_DATA=tmp_path, QYZMET_CLOCK=""):
        clock.start()
        visitor = Client()
        visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = visitor.get("/").content.decode()
        assert bar in page
        assert 'action="/clock/next"' in page
        assert visitor.post("/clock/next")["Location"] == "/"


def test_in_production_there_is_neither(db: None, tmp_path: Path) -> None:
    with override_settings(QYZMET_DATA=tmp_path, PRODUCTION=True):
        assert 'action="/clock/next"' not in Client().get("/").content.decode()
        assert Client().post("/clock/next").status_code == 404


@pytest.mark.parametrize(
    "onward", ["nowhere", "https://elsewhere.example/", "//elsewhere.example", "", "/\\x"]
)
def test_after_the_move_one_stays_in_the_system(monday: datetime, onward: str) -> None:
    assert Client().post("/clock/next", {"next": onward})["Location"] == "/"
