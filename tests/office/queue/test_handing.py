"""Handing the notice over at the window within fifteen minutes of the recipient's coming (A120 §5(6)): found by
its number, to the recipient by their document or to a representative by a power of attorney."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from qyzmet.cases import acts
from qyzmet.cases.models import Case, Entry, HandedOver, Outbox
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from tests.cases.test_housing_assistance import AMOUNT, CALCULATION, MONDAY, Walk, application
from tests.cases.town import APPLICANT, OTHER, Town, file, open_step
from tests.office.desk import Desk, scan

pytestmark = pytest.mark.django_db

LIST = "/office/handing-over/"
GIVEN = {"received_by": "Омарова Айгүл", "number": APPLICANT, "identified_by": "ЖК 012345678"}


def ready(town: Town) -> Case:
    """A notice that waits at the window."""
    case = file(town.actor("counter"), application("state-corporation"), now=MONDAY)
    walk = Walk(town, case, MONDAY)
    walk.do("intake", "counter")
    walk.do("register", "responsible-specialist")
    walk.do("resolve", "head")
    walk.do("to-commission", "responsible-specialist", output=CALCULATION)
    walk.decide("assign", output=AMOUNT)
    walk.do("notify", "responsible-specialist")
    return walk.case


@pytest.fixture
def case(housing: Town) -> Case:
    return ready(housing)


def desk(town: Town, days: int) -> Any:
    return clock.hold(MONDAY + timedelta(days=days, hours=6)), Desk(town.actor("counter"))


def test_found_by_its_number_and_given_to_the_recipient(housing: Town, case: Case) -> None:
    held, at = desk(housing, 1)
    with held:
        assert case.number in at.open(LIST).main
        assert case.number in at.open(f"{LIST}?q={APPLICANT}").main
        assert "No result with this number" in at.open(f"{LIST}?q={OTHER}").main
        at.open(LIST).follow(case.number)
        at.send(".giving", **GIVEN, file__receipt=scan("signed.pdf"))
    assert at.path == LIST
    row = HandedOver.objects.get()
    assert (row.number, row.as_party, row.paper[0]["name"]) == (APPLICANT, "recipient", "signed.pdf")
    case.refresh_from_db()
    assert case.exit == "assigned"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": OTHER}, "#number"),
        ({"number": "1"}, "#number"),
        ({"identified_by": ""}, "#identified-by"),
        ({"as": "representative", "number": OTHER}, "#authority"),
    ],
)
def test_who_is_not_shown_to_be_it_gets_nothing(
    housing: Town, case: Case, changes: dict[str, str], field: str
) -> None:
    held, at = desk(housing, 1)
    with held:
        at.open(LIST).follow(case.number)
        at.send(".giving", **{**GIVEN, **changes})
        assert (at.status, at.links(field)) == (422, [field])
    assert not HandedOver.objects.exists()


def test_a_representative_shows_a_power_of_attorney(housing: Town, case: Case) -> None:
    held, at = desk(housing, 1)
    with held:
        at.open(LIST).follow(case.number)
        at.send(
            ".giving", **{**GIVEN, "as": "representative", "number": OTHER, "authority": "№ 17, 01.06.2019"}
        )
    assert HandedOver.objects.get().authority == "№ 17, 01.06.2019"


def test_a_result_nobody_collects_is_reminded_of_once_a_day(housing: Town, case: Case) -> None:
    for days, said in ((0, None), (3, "may be reminded"), (31, "past its keeping")):
        held, at = desk(housing, days)
        with held:
            text = at.open(LIST).main
            assert [each for each in ("may be reminded", "past its keeping") if each in text] == (
                [said] if said else []
            )
    no, counter = open_step(case, "hand-over").no, housing.actor("counter")
    now = MONDAY + timedelta(days=3)
    acts.remind_to_collect(counter, case.ref, no, now=now)
    with pytest.raises(ActRefused, match="reminded-already"):
        acts.remind_to_collect(counter, case.ref, no, now=now + timedelta(hours=23))
    acts.remind_to_collect(counter, case.ref, no, now=now + timedelta(days=1))
    assert Entry.objects.filter(act="result.reminded").count() == 2
    assert Outbox.objects.filter(destination="mail", kind="result.reminded").count() == 2


def test_another_office_sees_none_of_it(housing: Town, case: Case) -> None:
    far = Desk(housing.official("counter", housing.body("far", "state-corporation")))
    with clock.hold(MONDAY + timedelta(days=1)):
        assert case.number not in far.open(LIST).main
        no = open_step(case, "hand-over").no
        for path in (f"{LIST}{case.ref}/{no}", f"{LIST}{case.ref}/{no}/receipt", f"{LIST}{case.ref}/1"):
            assert far.client.get(path).status_code == 404
        assert far.client.post(f"{LIST}{case.ref}/{no}/remind").status_code == 404


def test_the_case_leads_to_the_window_and_gives_nothing_by_itself(housing: Town, case: Case) -> None:
    held, at = desk(housing, 1)
    no = open_step(case, "hand-over").no
    with held:
        at.case(case.ref)
        assert at.links(LIST) == [f"{LIST}{case.ref}/{no}"]
        at.send_to(f"/office/cases/{case.ref}/steps/{no}/decide", outcome="done")
        assert at.path == f"{LIST}{case.ref}/{no}"
    assert open_step(case, "hand-over").no == no
