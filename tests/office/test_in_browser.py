"""Housing assistance at the window and refused, by every official at a 1440-pixel screen, in Kazakh.

With QYZMET_PICTURES set, a picture of each page is kept there, at that width and at a phone's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from selenium.webdriver.common.keys import Keys

from qyzmet import demo
from qyzmet.cases.models import Case, CaseState, SignatureRecord
from qyzmet.config import clock
from qyzmet.demo.standins import Wish
from qyzmet.people.models import Account
from tests.browser import LAPTOP, Browser, browser, served
from tests.cases.conftest import found
from tests.cases.town import APPLICANT, OTHER, moment
from tests.ncalayer import SIGN, ncalayer
from tests.office.queue.test_handing import sealed
from tests.office.test_batch import ready_to_sign
from tests.portal.conftest import MONDAY, settle

COUNTER, SPECIALIST, HEAD = "850206474591", "780318420299", "640619310500"
CHAIR, MEMBERS = "751010387048", ("890508430453", "820812328530")
FORM = {
    "number": "760312437504", "name": "Ғабдуллина Шолпан Айтқызы", "f.phone": "+7 701 123 45 67",
    "f.address": "Алматы, Ақын Сара көшесі, 12, 34", "f.dwelling-area": "54,3", "f.rooms": "2",
    "f.registered-people": "1", "f.maintenance": "3 200", "f.utilities[0].amount": "12 000",
    "f.bank": "Халық банкі", "f.iban": "KZ24 0701 05KS N000 0000",
}  # fmt: skip
CHOSEN = {
    "f.occupation": "pensioner", "f.has-alimony": "no", "f.income-quarter": "first", "f.tenure": "own",
    "f.only-dwelling": "yes", "f.has-telecom": "no", "f.utilities[0].kind": "heating", "f.data-consent": "yes",
    "f.truth": "yes",
}  # fmt: skip
PAPERS = ("application", "identity", "bank-account", "maintenance-bill", "utility-bills")
FIGURES = {
    "family-size": "1", "monthly-income": "390 000", "normative-costs": "30 000", "limit-share": "10",
    "computed-amount": "0",
}  # fmt: skip


@pytest.fixture
def house(committed: None) -> Iterator[str]:
    with clock.hold(MONDAY), ncalayer() as layer, served() as address:
        settle("housing-assistance", "general/complaint", "general/hearing")
        layer.desk.always(Wish(SPECIALIST))
        yield address


@contextmanager
def desk(house: str, number: str, minutes: int, post: str = "") -> Iterator[Browser]:
    """An official signs in; whatever the browser itself complains of fails the walk."""
    with clock.hold(MONDAY + timedelta(minutes=minutes)), browser(house, LAPTOP) as page:
        page.open("/sign-in?next=/office/")
        page.type("number", number)
        page.type("password", demo.PASSWORD)
        page.go()
        if page.path.startswith("/roles"):
            page.go(f'main button[value^="post:{post}"]')
        yield page
        # The answer 422 to a form with a fault is said on the page; a browser notes it too.
        assert [said for said in page.complaints() if "status of 422" not in said] == []


def look(page: Browser, name: str) -> None:
    page.look(f"office-{name}")


def by_keyboard(page: Browser) -> None:
    """From the list to the first case without a mouse: j, Enter."""
    before = page.path
    body = page.find("body")
    body.send_keys("j")
    assert page.driver.switch_to.active_element.get_attribute("href").startswith(page.root + "/office/cases/")
    with page.leaving():
        page.driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert page.find(".hands")
    assert page.path != before


def complete(page: Browser, **typed: str) -> None:
    by_keyboard(page)
    for name, words in typed.items():
        page.type(f"o.{name}", words)
    page.go(".decision button[data-key]")


def taken_in(house: str) -> Case:
    with desk(house, COUNTER, 0) as page:
        look(page, "empty")
        page.open("/office/intake/housing-assistance")
        page.press("input[name='org.provider']")
        page.go()
        for name, words in FORM.items():
            page.type(name, words)
        for name, value in CHOSEN.items():
            page.choose(name, value)
        for paper in PAPERS:
            page.press(f"#given-{paper}")
        look(page, "intake")
        page.go("button[name=submit]")
        case = Case.objects.get()
        assert case.number in page.text
        look(page, "receipt")
        page.open("/office/")
        complete(page)
    return case


def the_commission_refuses(house: str) -> None:
    for member in (*MEMBERS, CHAIR):
        with desk(house, member, 60) as page:
            page.open("/office/agenda")
            look(page, "agenda")
            by_keyboard(page)
            page.go("button[name=outcome][value=refuse]")
            if member != CHAIR:
                assert "Отырысты төраға жабады" in page.text
                continue
            page.go(".decision button[data-key]")
            page.focus_on(".errors")
            page.press("#ground-not-conforming")
            page.type("reason.not-conforming", "Табысы шекті үлестен жоғары.")
            look(page, "refusing")
            page.go(".decision button[data-key]")
            assert "Орындалды: Комиссияның шешімі" in page.text


def test_refused_at_the_window_through_every_official(house: str) -> None:
    case = taken_in(house)
    with desk(house, SPECIALIST, 10, "responsible-specialist") as page:
        look(page, "tasks")
        complete(page)
    with desk(house, HEAD, 20) as page:
        look(page, "resolve")
        complete(page, resolution="Комиссияға дайындаңыз")
    with desk(house, SPECIALIST, 30, "responsible-specialist") as page:
        complete(page, **FIGURES)
    the_commission_refuses(house)
    with desk(house, SPECIALIST, 90, "responsible-specialist") as page:
        by_keyboard(page)
        page.go(".decision button[name=look]")
        look(page, "looked")
        assert "Құжат осындай болады" in page.text
        page.go(".decision button[data-key]")
        look(page, "sign")
        page.go("button[name=cancel]")
        assert "?typed=" in page.path
        page.go(".decision button[data-key]")
        page.go(SIGN)
        assert "Орындалды" in page.text
        page.press(".checks-of summary")
        look(page, "signed")
    with clock.hold(MONDAY + timedelta(minutes=99)):
        sealed()
    with desk(house, COUNTER, 100) as page:
        by_keyboard(page)
        page.go(".hand a[data-key]")
        assert page.find("[name=received-by]").get_attribute("value") == FORM["name"]
        page.type("number", FORM["number"])
        page.type("identified-by", "ЖК № 012345678")
        look(page, "hand-over")
        page.go(".giving button[data-key]")
        assert f"{case.number}: нәтиже берілді" in page.text
        page.open(f"/office/cases/{case.ref}")
        assert "Мемлекеттік қызмет көрсетуден бас тартылды" in page.text
        look(page, "ended")
    case.refresh_from_db()
    assert (case.state, case.exit) == (CaseState.ENDED, "refused")
    assert case.ended_at == MONDAY + timedelta(minutes=100)


@pytest.mark.full
def test_many_decisions_are_signed_by_one_prompt(committed: None) -> None:
    now = moment("2024-06-03 10:00")
    with clock.hold(now), ncalayer() as layer, served() as house:
        town = found()
        hall = next(body for body in town.bodies.values() if body.pk == town.actor("mayor").organisation)
        mayor = town.official("mayor", hall, number=HEAD)
        account = Account.objects.get(pk=mayor.account)
        account.set_password(demo.PASSWORD)
        account.save()
        cases = [ready_to_sign(town, number) for number in (APPLICANT, OTHER)]
        layer.desk.always(Wish(HEAD))
        with browser(house, LAPTOP) as page:
            page.open("/sign-in?next=/office/")
            page.type("number", HEAD)
            page.type("password", demo.PASSWORD)
            page.go()
            for box in page.all("input[name=pick]"):
                box.click()
            page.go("button[formaction='/office/batch']")
            look(page, "batch")
            page.go("form[action='/office/batch'] button.button")
            look(page, "batch-sign")
            page.go(SIGN)
            look(page, "batch-done")
            assert "барлығы: 2" in page.text
    assert {Case.objects.get(pk=case.pk).exit for case in cases} == {"duplicate-given"}
    assert SignatureRecord.objects.filter(iin=HEAD, outcome="valid").count() == 2
