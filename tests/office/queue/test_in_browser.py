"""Every page of the hall in Kazakh at a phone's and a laptop's width: nothing hangs over the edge, the browser
complains of nothing, and axe finds nothing. With QYZMET_PICTURES set, a picture of each is kept there."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from selenium.webdriver.support.wait import WebDriverWait

from qyzmet.cases.acts import queue, visits
from qyzmet.cases.models import HomeVisit, SignatureRecord, Ticket
from qyzmet.config import clock
from qyzmet.demo.standins import Wish
from qyzmet.people import directory
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account
from tests.browser import PATIENT, Browser, browser, served
from tests.cases.conftest import parameters, stalls
from tests.cases.test_housing_assistance import MONDAY
from tests.cases.test_visits_and_look_ups import ASKED
from tests.cases.town import APPLICANT, RECIPIENT, Town, citizen, moment, open_step, publish, shipped
from tests.ncalayer import SIGN, ncalayer
from tests.office.queue.test_handing import ready, sealed

__all__ = ["parameters", "stalls"]

pytestmark = pytest.mark.full

HELP = "housing-assistance"
LATER = MONDAY + timedelta(days=4, hours=1)


def sign_in(page: Browser, actor: Actor) -> None:
    """Bring a session's cookie, as after the sign-in page."""
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account), backend="qyzmet.people.backend.AccountBackend")
    page.open("/office/search")
    page.driver.add_cookie({"name": "sessionid", "value": client.cookies["sessionid"].value})


def founded() -> Town:
    directory.forget()
    packages = [
        shipped(name) for name in (HELP, "land-private-ownership", "general/complaint", "general/hearing")
    ]
    town = Town(*packages)
    for package in packages:
        publish(package)
    body = town.bodies["state-corporation"]
    body.name_kk = "Мемлекеттік корпорацияның Алатау ауданындағы бөлімі"
    body.save()
    directory.forget()
    return town


def busy(town: Town, counter: Actor) -> tuple[Ticket, HomeVisit]:
    """A morning in the hall."""
    where = counter.organisation or 0
    neighbour = town.official("counter", town.bodies["state-corporation"])

    def at(minutes: int) -> datetime:
        return LATER - timedelta(minutes=minutes)

    queue.open_window(neighbour, 2, [HELP], now=at(45))
    queue.open_window(counter, 5, now=at(45))
    tickets = [
        queue.issue_ticket(counter, where, HELP, ("apply", "collect")[n % 2], now=at(40 - n))
        for n in range(7)
    ]
    for ticket, minutes in zip(tickets, (32, 26), strict=False):
        queue.call_ticket(counter, ticket.pk, now=at(minutes))
        queue.begin_serving(counter, ticket.pk, now=at(minutes - 1))
        queue.end_serving(counter, ticket.pk, now=at(minutes - 5))
    found = queue.call_ticket(counter, now=at(14))
    queue.begin_serving(counter, found.pk, now=at(13))
    queue.call_ticket(neighbour, now=at(1))
    visit = visits.ask_home_visit(counter, where, HELP, RECIPIENT, **ASKED, now=LATER)
    made = visits.ask_home_visit(counter, where, HELP, RECIPIENT, **ASKED, way="letter", now=LATER)
    visits.appoint_home_visit(
        counter, made.pk, at=moment("2019-06-10 11:00"), inspector=counter.account or 0, now=LATER
    )
    return found, visit


def test_the_pages_of_the_hall(committed: None) -> None:
    with clock.hold(MONDAY), served() as address:
        town = founded()
        case, counter = ready(town), town.actor("counter")
        with clock.hold(LATER):
            sealed()
        with clock.hold(LATER):
            ticket, visit = busy(town, counter)
            no = open_step(case, "hand-over").no
            centre = town.official("contact-centre", town.body("1414", "contact-centre"))
            walks = {
                counter: ("queue/", f"queue/slips/{ticket.pk}", "visits/", "visits/new", f"visits/{visit.pk}",
                          f"visits/{visit.pk + 1}", "handing-over/", f"handing-over/{case.ref}/{no}",
                          f"handing-over/{case.ref}/{no}/receipt"),
                centre: ("contact/", "contact/visit"),
                town.official("supervisor", town.above): ("supervision/waits", "supervision/waits?by=window"),
            }  # fmt: skip
            with browser(address) as page:
                for path in ("queue/state-corporation", "queue/state-corporation/5"):
                    look(page, path)
                for actor, paths in walks.items():
                    sign_in(page, actor)
                    for path in paths:
                        look(page, f"office/{path}")
                sign_in(page, centre)
                page.open("/office/contact/")
                page.type("case", case.number or "")
                page.type("number", APPLICANT)
                page.go(".looking button")
                page.look("hall-contact-found")
                warned_while_typing(page, counter)
                assert page.complaints() == []


def warned_while_typing(page: Browser, counter: Actor) -> None:
    """The recipient has an open application: it is said as soon as the number is keyed in and left."""
    sign_in(page, counter)
    page.open(f"/office/intake/{HELP}")
    page.type("number", APPLICANT)
    page.find("[name=name]").click()
    waiting = WebDriverWait(page.driver, PATIENT)
    waiting.until(lambda _: "Осы қызметке ашық өтініші бар" in page.find("#warnings").text)
    assert "Жетіспейтін құжаттар" in page.find("#warnings").text
    page.press("#given-application")
    waiting.until(lambda _: not page.all("#warnings a[href='#given-application']"))
    page.look("hall-intake-warned")


def look(page: Browser, path: str) -> None:
    page.open(f"/{path}")
    name = path.replace("office/", "").strip("/").replace("/", "-").replace("?", "-").replace("=", "-")
    page.look(f"hall-{name}")


def test_the_receiver_signs_for_the_result_at_the_window(committed: None) -> None:
    with clock.hold(MONDAY), ncalayer() as layer, served() as address:
        town = founded()
        case, counter = ready(town), town.actor("counter")
        with clock.hold(LATER):
            sealed()
        citizen()
        with clock.hold(LATER), browser(address) as page:
            sign_in(page, counter)
            page.open(f"/office/handing-over/{case.ref}/{open_step(case, 'hand-over').no}")
            page.type("number", APPLICANT)
            page.type("identified-by", "Жеке куәлік 012345678")
            page.look("hall-giving-filled")
            page.go(".giving button[name=sign]")
            assert page.path.startswith("/sign/")
            page.look("hall-giving-signing")
            layer.desk.always(Wish(APPLICANT))
            page.go(SIGN)
            assert page.path == "/office/handing-over/"
            page.look("hall-giving-given")
            assert SignatureRecord.objects.get(subject__startswith="handing:").iin == APPLICANT
            assert page.complaints() == []
