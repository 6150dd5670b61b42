"""An address that only takes what is posted leads, when it is opened, to the page it belongs to."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from django.test import override_settings

from tests.cases.town import Town
from tests.office.desk import Desk
from tests.office.test_tasks import file

CASE = "/office/cases/ALT-1"


@pytest.mark.parametrize(
    ("address", "page"),
    [
        (f"{CASE}/steps/5/decide", CASE),
        (f"{CASE}/steps/5/take", CASE),
        (f"{CASE}/steps/5/vote", CASE),
        (f"{CASE}/steps/5/recuse", CASE),
        (f"{CASE}/suspension/suspend", CASE),
        ("/office/hand", "/office/"),
        ("/office/batch", "/office/"),
        ("/clock/next", "/"),
        ("/sign-out", "/"),
    ],
)
def test_opened_it_leads_to_its_page(housing: Town, monday: datetime, address: str, page: str) -> None:
    client = Desk(housing.actor("head")).client
    for answer in (client.get(address), client.head(address), client.put(address)):
        assert (answer.status_code, answer["Location"]) == (303, page)


def test_the_clock_comes_back_to_the_case_and_not_to_the_refused_act(
    housing: Town, monday: datetime, tmp_path: Path
) -> None:
    (case,) = file(monday)
    desk = Desk(housing.actor("head"))
    with override_settings(QYZMET_DATA=tmp_path, QYZMET_CLOCK="2019-06-03T10:00"):
        address = f"/office/cases/{case.ref}/steps/1/decide"
        desk.read(desk.client.post(address, {"outcome": "none-such"}), address)
        leading = desk.page.xpath("//input[@name='next']/@value")
        assert leading == [f"/office/cases/{case.ref}"] * 2
