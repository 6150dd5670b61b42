"""For those who cannot come the State Corporation goes to their home, called through 1414; who calls 1414 learns
the stage of an application and nothing of its papers (O109 an.2 row 10)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from qyzmet.cases import acts
from qyzmet.cases.acts import contact, visits
from qyzmet.cases.models import Entry, HomeVisit, Payload
from qyzmet.cases.queries import visible_cases
from qyzmet.cases.queries.readings import readings
from qyzmet.cases.refusals import ActRefused
from qyzmet.people.actor import Actor
from tests.cases.test_housing_assistance import application
from tests.cases.town import APPLICANT, RECIPIENT, Town, moment

pytestmark = pytest.mark.django_db

NOW = moment("2019-06-03 10:00")
COUNTER = "state-corporation"
ASKED = {"phone": "+7 701 123 45 67", "address": "Алматы, Абай 1", "why": "Жүре алмайды", "consent": True}


@pytest.fixture
def counter(housing: Town) -> Actor:
    return housing.actor("counter")


@pytest.fixture
def consultant(housing: Town) -> Actor:
    return housing.official("contact-centre", housing.body("1414", "contact-centre"))


def asked(actor: Actor, where: int | None, **changes: Any) -> HomeVisit:
    said = {**ASKED, "now": NOW, **changes}
    return visits.ask_home_visit(actor, where or 0, "housing-assistance", RECIPIENT, **said)


def test_called_through_the_contact_centre_appointed_and_made(counter: Actor, consultant: Actor) -> None:
    visit = asked(consultant, counter.organisation)
    assert (visit.state, visit.cite.count("O109 an.2 row 10 ¶1")) == ("asked", 1)
    at = moment("2019-06-04 11:00")
    visits.appoint_home_visit(counter, visit.pk, at=at, inspector=counter.account or 0, now=NOW)
    case = acts.submit(counter, application(COUNTER, visit=True), now=at + timedelta(minutes=20))
    made = visits.record_home_visit(counter, visit.pk, case.ref, now=at + timedelta(minutes=21))
    assert (made.state, made.case_id) == ("made", case.pk)
    stream = f"visits:{counter.organisation}"
    codes = Entry.objects.filter(stream=stream).order_by("seq").values_list("act", flat=True)
    assert list(codes) == ["visit.asked", "visit.appointed", "visit.made"]
    # Who asked, and where they live, is in the visit alone.
    assert not Payload.objects.filter(stream=stream, data__contains=APPLICANT).exists()


def test_what_a_visit_needs(housing: Town, counter: Actor) -> None:
    where = counter.organisation
    for changes, code in (
        ({"consent": False}, "visit-consent"),
        ({"phone": "жоқ"}, "visit-phone"),
        ({"address": " "}, "text-needed"),
        ({"way": "pigeon"}, "visit-way"),
    ):
        with pytest.raises(ActRefused, match=code):
            asked(counter, where, **changes)
    with pytest.raises(ActRefused, match="not-your-act"):
        asked(housing.actor("head"), where)
    assert not HomeVisit.objects.exists()


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2019-06-02 11:00", "dates-past"),
        ("2019-06-08 11:00", "visit-hours"),
        ("2019-06-04 08:59", "visit-hours"),
        ("2019-06-04 17:01", "visit-hours"),  # an hour's visit would end after closing
    ],
)
def test_a_visit_is_made_in_the_hours_of_the_corporation(counter: Actor, at: str, code: str) -> None:
    visit, when = asked(counter, counter.organisation), moment(at)
    with pytest.raises(ActRefused, match=code):
        visits.appoint_home_visit(counter, visit.pk, at=when, inspector=counter.account or 0, now=NOW)


def test_one_inspector_is_in_one_home_at_a_time(counter: Actor) -> None:
    one, other = (asked(counter, counter.organisation) for _ in range(2))
    at, who = moment("2019-06-04 11:00"), counter.account or 0
    visits.appoint_home_visit(counter, one.pk, at=at, inspector=who, now=NOW)
    visits.appoint_home_visit(counter, one.pk, at=at, inspector=who, now=NOW)  # said again, not twice there
    for minutes in (0, 10, 59, -59):
        near = at + timedelta(minutes=minutes)
        with pytest.raises(ActRefused, match="visit-busy"):
            visits.appoint_home_visit(counter, other.pk, at=near, inspector=who, now=NOW)
    for minutes in (60, -60):
        far = at + timedelta(minutes=minutes)
        assert visits.appoint_home_visit(counter, other.pk, at=far, inspector=who, now=NOW).at == far
    visits.cancel_home_visit(counter, one.pk, reason="Өзі келді", now=NOW)
    assert visits.appoint_home_visit(counter, other.pk, at=at, inspector=who, now=NOW).state == "appointed"


def test_a_cancelled_visit_is_over(housing: Town, counter: Actor) -> None:
    visit = asked(counter, counter.organisation)
    head = housing.actor("head").account or 0
    with pytest.raises(ActRefused, match="visit-inspector"):
        visits.appoint_home_visit(counter, visit.pk, at=moment("2019-06-04 11:00"), inspector=head, now=NOW)
    visits.cancel_home_visit(counter, visit.pk, reason="Өзі келді", now=NOW)
    with pytest.raises(ActRefused, match="visit-over"):
        visits.cancel_home_visit(counter, visit.pk, reason="Тағы", now=NOW)


def test_a_look_up_finds_by_number_and_iin_and_leaves_an_entry(counter: Actor, consultant: Actor) -> None:
    case = acts.submit(counter, application(COUNTER), now=NOW)
    found = contact.look_up(consultant, f" {case.number.lower()} ", APPLICANT, now=NOW)
    assert found == case
    assert contact.look_up(consultant, case.number, "680503250034", now=NOW) is None
    assert [(each.organisation, each.post) for each in readings(case)] == [
        (consultant.organisation, "contact-centre")
    ]
    assert Entry.objects.filter(stream=f"contact:{consultant.organisation}").count() == 2
    # The post sees no case by any list or page.
    assert not visible_cases(consultant).exists()
    with pytest.raises(ActRefused, match="not-found"):
        acts.read_case(consultant, case.ref, now=NOW)


def test_nobody_tries_numbers_one_after_another(counter: Actor, consultant: Actor) -> None:
    with pytest.raises(ActRefused, match="not-your-act"):
        contact.look_up(counter, "1", APPLICANT, now=NOW)
    for n in range(10):
        assert contact.look_up(consultant, f"0001-2019-{n:06d}", APPLICANT, now=NOW) is None
    with pytest.raises(ActRefused, match="contact-too-often"):
        contact.look_up(consultant, "0001-2019-000011", APPLICANT, now=NOW)
