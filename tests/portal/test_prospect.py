"""If I file then, when is it ready, and what does it cost: as the law's own examples say."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.utils.translation import override

from qyzmet.config import clock
from qyzmet.portal import catalogue
from qyzmet.portal.prospect import Asked, asked
from qyzmet.portal.reckoning import reckon
from tests.cases.town import moment
from tests.portal.conftest import settle

NOW = moment("2024-04-29 10:00")


def filed(at: str, service: str = "equity-contract", **given: str) -> Asked:
    with clock.hold(NOW), override("kk"):
        found = catalogue.find(service, NOW)
        assert found is not None
        return asked(found.law, {"at": at, **given}, NOW)


@pytest.fixture
def contract(db: None) -> None:
    with clock.hold(NOW):
        settle("equity-contract")


@pytest.mark.parametrize(
    ("at", "registered", "said"),
    [
        ("2024-04-24T18:30", "2024-04-24 18:30", ()),  # Wednesday, the closing minute is still inside
        ("2024-04-24T18:31", "2024-04-25 09:00", ("18:30",)),  # a minute late
        ("2024-04-24T08:10", "2024-04-24 09:00", ("09:00",)),  # before opening
        ("2024-04-24T13:20", "2024-04-24 13:20", ()),  # the break takes filings too
        ("2024-04-27T11:00", "2024-04-29 09:00", ("27 сәуір", "28 сәуір")),  # Saturday
        ("2024-05-06T19:00", "2024-05-10 09:00", ("18:30", "7 мамыр", "8 мамыр", "9 мамыр")),
    ],
)
def test_when_a_filing_is_registered_and_why(
    contract: None, at: str, registered: str, said: tuple[str, ...]
) -> None:
    first = filed(at).found[0].registration
    assert first.registered == moment(registered)
    assert first.at_once == (not said)
    assert len(first.why) == len(said)
    assert all(word in why for word, why in zip(said, first.why, strict=True))


def test_before_a_moved_holiday_a_saturday_counts_and_the_days_off_do_not(db: None) -> None:
    """The worked example: three working days from Friday 3 May 2024 end on Friday the 10th."""
    with clock.hold(moment("2024-05-03 10:00")):
        settle("equity-contract")
        found = catalogue.find("equity-contract", clock.now())
        assert found is not None
        page = asked(found.law, {"at": "2024-05-03T10:00", "way": "system"}, clock.now())
    (three,) = [each for each in page.found if each.due == moment("2024-05-10 18:30")]
    counted = {f"{day.date:%d.%m}": day.state == "counted" for day in three.days}
    assert counted == {
        "04.05": True,  # works for another day
        "05.05": False, "06.05": True, "07.05": False, "08.05": False, "09.05": False, "10.05": True,
    }  # fmt: skip


def test_what_cannot_be_a_time_is_said_beside_the_field(contract: None) -> None:
    for words, why in (
        ("ертең", "оқылмады"),
        ("1999-01-01T10:00", "күнтізбесі жоқ"),
        ("2024-13-40T10:00", "оқылмады"),
    ):
        page = filed(words)
        assert why in page.fault, words
        assert page.typed == words
    assert filed("03.05.2024 10:00").fault == ""


def test_the_page_answers_for_a_chosen_moment_and_way(contract: None) -> None:
    with clock.hold(NOW):
        page = Client().get("/services/equity-contract", {"at": "2024-05-03T18:31", "way": "system"})
    said = page.content.decode()
    assert "2024\u202fж. 4 мамыр, 09:00" in said  # Saturday the 4th works
    assert 'value="2024-05-03T18:31"' in said
    assert 'class="strip"' in said


@pytest.fixture
def land(db: None) -> catalogue.Listed:
    now = moment("2012-08-01 10:00")
    with clock.hold(now):
        settle("land-private-ownership")
        found = catalogue.find("land-private-ownership", now)
    assert found is not None
    return found


def test_the_fee_goes_by_the_index_of_the_day_of_filing(land: catalogue.Listed) -> None:
    today = datetime(2012, 8, 1).date()  # noqa: DTZ001
    given = {"payer": "farm", "hectares": "120"}
    now, later = (reckon(land.package.fee, {**given, **on}, today) for on in ({}, {"on": "2024-06-03"}))
    assert now.charge is not None
    assert later.charge is not None
    assert now.worth is not None
    assert (now.charge.unit_value, later.charge.unit_value) == (1618, 3692)
    assert now.worth.reference == "Law on the republican budget for 2012–2014"
    assert now.charge.amount == now.charge.unit_value * now.charge.base * now.charge.coefficient
    assert now.charge.cite


def test_what_is_wrong_with_the_question_is_said_beside_its_field(land: catalogue.Listed) -> None:
    today = datetime(2012, 8, 1).date()  # noqa: DTZ001

    def fault(**given: str) -> str:
        return next(iter(reckon(land.package.fee, given, today).faults), "")

    assert fault() == ""
    assert fault(hectares="12") == "payer"
    assert fault(payer="farm") == "hectares"
    assert fault(payer="farm", hectares="көп") == "hectares"
    assert fault(payer="farm", hectares="0") == "hectares"
    assert fault(payer="farm", hectares="12", on="ертең") == "on"
    assert fault(payer="farm", hectares="12", on="2045-01-01") == "on"
    assert fault(payer="'; drop table", hectares="12") == "payer"
