"""Home visits by their pages: asked through 1414, appointed, and the papers taken in at home (O109 an.2 row 10)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from qyzmet.cases.acts import visits
from qyzmet.cases.models import Case, HomeVisit
from tests.cases.test_visits_and_look_ups import ASKED
from tests.cases.town import APPLICANT, RECIPIENT, Town
from tests.office.desk import Desk
from tests.office.test_intake import given, typed

pytestmark = pytest.mark.django_db

LIST = "/office/visits/"
WHO = {"number": APPLICANT, "name": "Омарова Айгүл", "phone": "+7 701 123 45 67", "address": "Алматы, Абай 1",
       "why": "Жүре алмайды", "consent": "yes"}  # fmt: skip


@pytest.fixture
def counter(housing: Town, monday: datetime) -> Desk:
    return Desk(housing.actor("counter"))


def what(town: Town) -> str:
    return f"{town.actor('counter').organisation}:housing-assistance"


def test_from_the_call_to_the_case(housing: Town, monday: datetime, counter: Desk) -> None:
    centre = Desk(housing.official("contact-centre", housing.body("1414", "contact-centre")))
    centre.open("/office/contact/visit").send(".visiting", what=what(housing), **WHO)
    assert centre.path == "/office/contact/"
    assert "passed on" in centre.main
    visit = HomeVisit.objects.get()
    counter.open(LIST).follow("Омарова Айгүл")
    inspector = str(housing.actor("counter").account)
    counter.send("/appoint", day="2019-06-04", hour="11:00", inspector=inspector)
    assert "The visit is appointed" in counter.main
    counter.follow("Take the application in at home")
    form = counter.form(".intake")
    assert (form.fields["number"], form.fields["f.address"]) == (APPLICANT, "Алматы, Абай 1")
    values = {**dict(form.form_values()), **typed(), **given(), "submit": "1"}
    counter.read(counter.client.post(counter.path, values, follow=True), counter.path)
    visit.refresh_from_db()
    case = Case.objects.get()
    assert (visit.state, visit.case_id, case.facts.get("visit", True)) == ("made", case.pk, True)
    assert visit.applicant_name in counter.open(f"{LIST}?over=1").main


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"what": ""}, "#what"),
        ({"number": "1"}, "#number"),
        ({"name": ""}, "#name"),
        ({"phone": "жоқ"}, "#phone"),
        ({"address": "<b>"}, "#address"),
        ({"consent": ""}, "#consent"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(
    housing: Town, counter: Desk, changes: dict[str, str], field: str
) -> None:
    said = {"what": what(housing), **WHO, **changes}
    counter.open(f"{LIST}new").send(".visiting", **said)
    assert (counter.status, counter.links(field)) == (422, [field])
    fields = counter.form(".visiting").fields
    assert {name: fields[name] for name in ("number", "name", "why")} == {
        name: said[name] for name in ("number", "name", "why")
    }
    assert not HomeVisit.objects.exists()


@pytest.mark.parametrize("day", ["", "2019-06-08", "2019-05-31", "жоқ", "2019-06-04T10:00"])
def test_a_day_that_cannot_be_is_answered(housing: Town, counter: Desk, day: str) -> None:
    actor = housing.actor("counter")
    visit = visits.ask_home_visit(
        actor, actor.organisation or 0, "housing-assistance", RECIPIENT, **ASKED, now=counter_now()
    )
    counter.open(f"{LIST}{visit.pk}").send("/appoint", day=day, hour="11:00", inspector=str(actor.account))
    assert counter.status in (200, 422)
    assert (counter.status == 422) is (day != "2019-06-04T10:00")


def test_a_visit_whose_time_has_passed_stands_first_and_says_so(
    housing: Town, monday: datetime, counter: Desk
) -> None:
    actor, day = housing.actor("counter"), timedelta(days=1)
    for name, at in (("Later", 3 * day), ("Undated", None), ("Soon", day), ("Missed", -day)):
        row = visits.ask_home_visit(
            actor, actor.organisation or 0, "housing-assistance", RECIPIENT, **ASKED, now=monday
        )
        changes = {"state": "appointed", "at": monday + at} if at else {}
        HomeVisit.objects.filter(pk=row.pk).update(applicant_name=name, **changes)
    rows = counter.open(LIST).page.xpath("//tbody/tr")
    assert [row.findtext("td/a") for row in rows] == ["Missed", "Undated", "Soon", "Later"]
    assert ["Overdue" in row.text_content() for row in rows] == [True, False, False, False]
    assert "Visits whose time has passed: 1" in counter.main
    assert "Overdue" in counter.follow("Missed").main


def counter_now() -> datetime:
    from qyzmet.config import clock

    return clock.now()


def test_a_visit_of_another_body_is_not_there(housing: Town, counter: Desk) -> None:
    actor = housing.actor("counter")
    visit = visits.ask_home_visit(
        actor, actor.organisation or 0, "housing-assistance", RECIPIENT, **ASKED, now=counter_now()
    )
    far = Desk(housing.official("counter", housing.body("far", "state-corporation")))
    assert far.client.get(f"{LIST}{visit.pk}").status_code == 404
    assert far.client.post(f"{LIST}{visit.pk}/cancel", {"reason": "x"}).status_code == 404
    assert Desk(housing.actor("head")).client.get(LIST).status_code == 403
    counter.open(f"{LIST}{visit.pk}").send("/cancel", reason="Өзі келді")
    visit.refresh_from_db()
    assert (visit.state, visit.phone, visit.address) == ("cancelled", "", "")
