"""The contact centre tells the stage by number and IIN, and nothing of the papers (O109 an.2 row 10 ¶3)."""

from __future__ import annotations

from datetime import datetime

import pytest

from qyzmet.cases import acts
from qyzmet.cases.models import Case, Entry
from qyzmet.cases.queries.readings import readings
from qyzmet.people.models import Organisation
from tests.cases.test_housing_assistance import application
from tests.cases.town import APPLICANT, OTHER, Town
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db

PAGE = "/office/contact/"


@pytest.fixture
def case(housing: Town, monday: datetime) -> Case:
    return acts.submit(housing.actor("counter"), application("state-corporation"), now=monday)


@pytest.fixture
def centre(housing: Town, monday: datetime) -> Desk:
    return Desk(housing.official("contact-centre", housing.body("1414", "contact-centre"))).open(PAGE)


def test_the_stage_who_holds_it_and_until_when(case: Case, centre: Desk) -> None:
    centre.send(".looking", case=case.number, number=APPLICANT)
    for said in (case.number, "Intake of the documents", "until", "journaled", "What to say"):
        assert said in centre.main
    for kept in ("Омарова", "KZ24", case.filing.form["phone"]):
        assert kept not in centre.main
    assert [each.post for each in readings(case)] == ["contact-centre"]


def test_what_is_another_s_and_what_does_not_exist_are_answered_alike(case: Case, centre: Desk) -> None:
    said = set()
    for number, iin in ((case.number, OTHER), ("0001-2019-999999", APPLICANT)):
        centre.open(PAGE).send(".looking", case=number, number=iin)
        assert centre.status == 422
        said.add(centre.errors)
    assert len(said) == 1
    assert readings(case) == []
    assert Entry.objects.filter(act="contact.looked-up").count() == 2


def test_who_has_no_cases_is_offered_no_search_of_them(housing: Town, centre: Desk) -> None:
    assert not centre.page.xpath("//input[@id='find']")
    assert Desk(housing.actor("counter")).open("/office/").page.xpath("//input[@id='find']")


def test_numbers_cannot_be_tried_one_after_another(centre: Desk) -> None:
    for n in range(11):
        centre.open(PAGE).send(".looking", case=f"{n}", number=APPLICANT)
    assert centre.status == 429
    assert "too many look-ups" in centre.main


def test_at_the_window_s_own_branch_it_reads_no_more(case: Case, housing: Town) -> None:
    """The branch has the cases its windows took in; who answers its telephone does not."""
    counter = housing.actor("counter")
    branch = Organisation.objects.get(pk=counter.organisation)
    assert Desk(counter).client.get(f"/office/cases/{case.ref}").status_code == 200
    desk = Desk(housing.official("contact-centre", branch))
    for path in ("", "/case-file", "/decisions"):
        assert desk.client.get(f"/office/cases/{case.ref}{path}").status_code == 404, path
    assert desk.open(f"/office/search?q={APPLICANT}").links("/office/cases/") == []
    desk.open(PAGE).send(".looking", case=case.number, number=APPLICANT)
    assert case.number in desk.main


def test_the_post_opens_nothing_else(case: Case, centre: Desk, housing: Town) -> None:
    assert centre.client.get(f"/office/cases/{case.ref}").status_code == 404
    assert case.number not in centre.open(f"/office/search?q={case.number}").main.replace(
        f"“{case.number}”", ""
    )
    assert centre.client.get("/office/queue/").status_code == 403
    assert Desk(housing.actor("counter")).client.get(PAGE).status_code == 403
    for value in ("", "'", "😀" * 50, "<b>x</b>"):
        answer = centre.client.post(PAGE, {"case": value, "number": value})
        assert answer.status_code in (422, 429)
        assert b"<b>x</b>" not in answer.content
