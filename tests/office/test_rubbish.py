"""Addresses and fields no page of ours would send: an answer, never a failure."""

from __future__ import annotations

from datetime import datetime

import pytest

from qyzmet.cases.models import Case
from tests.cases.test_housing_assistance import application
from tests.cases.town import Town, citizen, file
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db
NUMBERS = ["²", "-1", "x", "9" * 40, "9" * 5000, ""]


@pytest.fixture
def case(housing: Town, monday: datetime) -> Case:
    return file(citizen(), application(), now=monday)


@pytest.mark.parametrize(
    "after",
    [
        "x~1", "2019-01-01~x", "2019-01-01~²", "2019-01-01T00:00:00+00:00~" + "9" * 40,
        "2019-01-01T00:00:00+23:59:59~1", "0001-01-01T00:00:00+14:00~1", "9999-12-31T23:59:59-14:00~1",
    ],
)  # fmt: skip
def test_a_place_in_the_list_that_cannot_be_is_a_page_all_the_same(
    housing: Town, case: Case, after: str
) -> None:
    desk = Desk(housing.actor("responsible-specialist"))
    assert desk.client.get("/office/", {"after": after}).status_code == 200


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_is_none_does_nothing(housing: Town, case: Case, number: str) -> None:
    desk = Desk(housing.actor("responsible-specialist"))
    before = Case.objects.get().tokens.filter(assignee=None).count()
    assert desk.client.post("/office/hand", {"take": f"{case.ref}.{number}"}).status_code == 302
    step = f"/office/cases/{case.ref}/steps/1"
    assert desk.client.post(f"{step}/assign", {"to": number}).status_code in (403, 409, 422)
    assert desk.client.get("/office/batch/done", {"no": number}).status_code == 404
    assert desk.client.get(f"/office/cases/{case.ref}", {"do": number}).status_code == 200
    assert Case.objects.get().tokens.filter(assignee=None).count() == before


@pytest.mark.parametrize("seq", NUMBERS)
def test_an_entry_that_is_none_says_nothing_of_what_was_seen(housing: Town, case: Case, seq: str) -> None:
    desk = Desk(housing.actor("responsible-specialist"))
    answer = desk.client.post(f"/office/cases/{case.ref}/steps/1/decide", {"outcome": "register", "seq": seq})
    assert answer.status_code in (302, 422)


@pytest.mark.parametrize("outcome", ["", "refuse", "timeout", "<b>", "x" * 5000])
def test_an_outcome_the_page_did_not_offer_completes_nothing(housing: Town, case: Case, outcome: str) -> None:
    desk = Desk(housing.actor("responsible-specialist"))
    answer = desk.client.post(f"/office/cases/{case.ref}/steps/1/decide", {"outcome": outcome})
    assert answer.status_code == 422
    assert "has no outcome" in answer.content.decode()
    assert case.tokens.get(no=1).closed_at is None
