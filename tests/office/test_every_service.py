"""Land, the sampler and housing assistance: every step by its official's page, every page for every role."""

from __future__ import annotations

from datetime import datetime

import pytest

from qyzmet.cases import acts
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.models import Case, Suspension, Token
from qyzmet.config import clock
from tests.cases.test_housing_assistance import application
from tests.cases.town import (
    APPLICANT,
    RECIPIENT,
    Town,
    citizen,
    complete,
    documents,
    file,
    filled_form,
    licence,
    moment,
    open_step,
    shipped,
    steps,
    tulpar,
)
from tests.office.desk import Desk
from tests.office.walking import Walk

pytestmark = pytest.mark.django_db

LAND = moment("2013-06-03 10:00")
SAMRUK = moment("2024-06-03 10:00")


def land_case(town: Town, channel: str, now: datetime) -> Case:
    package = shipped("land-private-ownership")
    said = Application(
        service="land-private-ownership",
        channel=channel,
        variant={"case": "grant"},
        form=filled_form(package, channel=channel, case="grant"),
        documents=documents(package, channel=channel, case="grant"),
        recipient=RECIPIENT,
    )
    post = package.channels[channel].by or ""
    return file(town.actor(post), said, now=now)


@pytest.mark.parametrize(("channel", "rows"), [("centre", 17), ("provider-office", 13)])
def test_land_by_every_row_of_its_table(land: Town, channel: str, rows: int) -> None:
    walk = Walk(land, land_case(land, channel, LAND), LAND)
    walk.look()
    walk.to_the_end()
    walk.look()
    assert walk.case.exit is not None
    assert len(walk.done) == rows
    assert walk.looked > 12


def test_the_sampler_from_the_window_to_the_herald(samruk: Town) -> None:
    case = file(
        samruk.actor("registrar"),
        licence(tulpar(wings="4"), channel="counter", recipient=RECIPIENT),
        now=SAMRUK,
    )
    walk = Walk(samruk, case, SAMRUK, {"vet-check": "healthy", "council": "grant", "neighbours": "objection"})
    walk.look()
    walk.to_the_end()
    walk.look()
    assert walk.case.exit == "licensed"
    assert {"intake", "register", "vet-check", "trial", "rest", "neighbours", "council", "hand-over"} <= set(
        walk.done
    )


def test_housing_assistance_for_every_role(housing: Town, monday: datetime) -> None:
    walk = Walk(housing, file(citizen(), application(), now=monday), monday)
    walk.look()
    walk.to_the_end()
    walk.look()
    assert walk.case.exit == "assigned"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    "path", ["", "agenda", "search?q=811201401188", "intake/", "intake/land-private-ownership"]
)
def test_every_list_is_there_for_every_role(land: Town, path: str, language: str) -> None:
    land_case(land, "centre", LAND)
    with clock.hold(LAND):
        for post, actor in land.actors.items():
            answer = Desk(actor, language).client.get(f"/office/{path}", follow=True)
            assert answer.status_code in (200, 404), (post, path)


class TestQuarantine:
    """A suspension inside the procedure, and a court's from outside (SAMPLER ch.1 §14)."""

    @pytest.fixture
    def case(self, samruk: Town) -> Case:
        case = file(citizen(), licence(), now=SAMRUK)
        complete(samruk.actor("registrar"), case.ref, open_step(case, "register").no, now=SAMRUK)
        return case

    def test_the_vet_suspends_with_a_ground_and_the_provider_resumes(self, samruk: Town, case: Case) -> None:
        with clock.hold(SAMRUK):
            vet = Desk(samruk.actor("vet")).case(case.ref).follow("Quarantine")
            vet.send(
                "/decide",
                o__wingspan="9",
                o__temper="calm",
                ground=["quarantine"],
                reason__quarantine="Spots.",
            )
            assert vet.status == 200
            Desk(samruk.actor("mayor")).case(case.ref).send("/decide")
        interval = Suspension.objects.get(case=case)
        with clock.hold(moment("2024-06-05 11:00")):
            registrar = Desk(samruk.actor("registrar")).case(case.ref)
            assert "If resumed today" in registrar.main
            registrar.send("/suspension/resume", reason="The spots are gone.")
            assert registrar.status == 200
        interval.refresh_from_db()
        assert interval.lifted_because == "The spots are gone."

    def test_a_court_order_entered_days_later(self, samruk: Town, case: Case) -> None:
        with clock.hold(moment("2024-06-05 11:00")):
            assert "Court dispute" not in Desk(samruk.actor("vet")).case(case.ref).main
            mayor = Desk(samruk.actor("mayor")).case(case.ref)
            mayor.send("/suspension/suspend", reason="", occurred="04.06.2024 15:00")
            assert mayor.status == 422
            mayor.send("/suspension/suspend", reason="Order No. 7", occurred="soon")
            assert "The time cannot be read" in mayor.errors
            mayor.send("/suspension/suspend", reason="Order No. 7", occurred="04.06.2024 15:00")
            assert "Suspended" in mayor.main
        assert Suspension.objects.get(case=case).effective_at == moment("2024-06-04 15:00")

    def test_the_waiting_counter_counts_what_stands_still(self, samruk: Town, case: Case) -> None:
        with clock.hold(SAMRUK):
            acts.suspend(samruk.actor("mayor"), case.ref, "dispute", reason="Order No. 7", now=SAMRUK)
            desk = Desk(samruk.actor("vet")).open("/office/?show=waiting")
            assert desk.links(case.ref)
            assert "Suspended" in desk.main


def test_an_answer_from_outside_is_entered_by_the_provider_only(samruk: Town) -> None:
    case = file(citizen(), licence(), now=SAMRUK)
    walk = Walk(samruk, case, SAMRUK, {"vet-check": "healthy"})
    while "neighbours" not in steps(case):
        walk.now += (moment("2024-06-03 11:00") - SAMRUK) / 6
        with clock.hold(walk.now):
            walk.case = Case.objects.get(pk=case.pk)
            walk._step(walk._next())
    with clock.hold(walk.now):
        assert "Awaited answer" in Desk(samruk.actor("registrar")).case(case.ref).main
        no = Token.objects.get(case=case, step="neighbours").no
        vet = Desk(samruk.actor("vet")).client.post(
            f"/office/cases/{case.ref}/steps/{no}/decide", {"outcome": "objection"}
        )
        assert vet.status_code in (404, 409, 422)
        assert "neighbours" in steps(case)


def test_related_cases_are_shown_as_far_as_they_may_be_seen(land: Town) -> None:
    package = shipped("land-private-ownership")
    form = {**filled_form(package, channel="centre", case="grant"), "cadastral-number": "20-313-010-256"}
    clerk = land.actor("centre-inspector")
    said = {
        "service": "land-private-ownership",
        "channel": "centre",
        "variant": {"case": "grant"},
        "form": form,
    }
    papers = documents(package, channel="centre", case="grant")
    cases = [
        file(clerk, Application(**said, documents=papers, recipient=who), now=LAND)
        for who in (RECIPIENT, RECIPIENT._replace(number="680503250034", name="Серік"))
    ]
    with clock.hold(LAND):
        manager = Desk(land.actor("management")).case(cases[0].ref)
        assert "the same plot" in manager.main
        assert manager.links(cases[1].ref)
        assert "same applicant" not in manager.main
    assert cases[0].applicant == APPLICANT
