"""The board of a hall and the sign over a window (M262 §15): numbers, windows and who serves, and nobody who
waits."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from qyzmet.cases.acts import queue
from qyzmet.people.models import Account
from tests.cases.town import APPLICANT, Town
from tests.office.conftest import housing, monday, parameters, stalls

__all__ = ["housing", "monday", "parameters", "stalls"]

pytestmark = pytest.mark.django_db


def reader() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def text(path: str) -> str:
    return reader().get(path).content.decode()


def test_the_board_tells_numbers_and_windows_and_nobody_who_waits(housing: Town, monday: datetime) -> None:
    counter = housing.actor("counter")
    for _ in range(3):
        queue.issue_ticket(counter, counter.organisation, "housing-assistance", now=monday)
    queue.open_window(counter, 7, ["housing-assistance"], now=monday)
    queue.call_ticket(counter, now=monday)
    answer = reader().get("/queue/state-corporation")
    assert (answer.status_code, answer.headers["Refresh"]) == (200, "10")
    body = answer.content.decode()
    for said in (
        "001",
        "002",
        "003",
        "Window 7",
        "please come",
        Account.objects.get(pk=counter.account).full_name,
    ):
        assert said in body
    assert APPLICANT not in body
    assert "Refresh" not in Client().get("/queue/state-corporation?still=1").headers
    over = text("/queue/state-corporation/7")
    assert "001" in over
    assert "Assignment of housing assistance" in over


def test_where_nobody_is_received_there_is_no_board(housing: Town, monday: datetime) -> None:
    for path in ("/queue/above", "/queue/no-such", "/queue/above/1"):
        assert Client().get(path).status_code == 404
    assert "closed; go to another" in text("/queue/state-corporation/5")
    assert "No window is open" in text("/queue/state-corporation")
