"""A citizen with a phone: housing assistance from the catalogue to the cabinet, in Kazakh, 390 pixels wide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qyzmet import demo
from qyzmet.cases.models import Case
from qyzmet.config import clock
from qyzmet.demo.standins import StandIns
from tests.browser import PHONE, Browser, browser, served
from tests.fence.files import PDF
from tests.ncalayer import ncalayer, sign
from tests.portal.conftest import CITIZEN, MONDAY, settle

NEXT = "main form p.row button.button:not(.second)"


@pytest.fixture
def layer() -> Iterator[StandIns]:
    with ncalayer() as found:
        yield found


@pytest.fixture
def phone(committed: None) -> Iterator[Browser]:
    with clock.hold(MONDAY), served() as address, browser(address, PHONE) as opened:
        settle("housing-assistance", "general/complaint", "general/hearing")
        yield opened


def look(page: Browser, name: str) -> None:
    page.look(f"portal-{name}")


def sign_in(page: Browser) -> None:
    page.type("number", CITIZEN)
    page.type("password", demo.PASSWORD)
    page.go()


def fill_in(page: Browser) -> None:
    page.type("phone", "+7 701 123 45 67")
    page.choose("occupation", "employed")
    page.go(NEXT)
    page.go("button[name=add]")
    page.type("family[0].full-name", "Ысқақов Айдос")
    page.type("family[0].iin", "810827427450")
    page.choose("family[0].relation", "spouse")
    page.type("family[0].birth-date", "27.08.1981")
    page.choose("has-alimony", "no")
    page.go(NEXT)
    assert "бақылау цифры сәйкес келмейді" in page.find(".errors").text
    page.focus_on(".errors")
    page.press(".errors a")
    page.focus_on("#family-0-iin")
    look(page, "error")
    page.type("family[0].iin", "810827427457")
    page.go(NEXT)
    page.choose("income-quarter", "first")
    page.go(NEXT)
    for name, words in {
        "address": "Алматы, Ақын Сара көшесі, 12, 34", "dwelling-area": "54,3", "rooms": "2", "registered-people": "2",
    }.items():  # fmt: skip
        page.type(name, words)
    for name, value in {"tenure": "own", "only-dwelling": "yes", "has-telecom": "no"}.items():
        page.choose(name, value)
    look(page, "dwelling")
    page.go(NEXT)
    page.type("maintenance", "3 200")
    page.choose("utilities[0].kind", "heating")
    page.type("utilities[0].amount", "12 000")
    page.go(NEXT)
    page.type("bank", "Халық банкі")
    page.type("iban", "KZ24 0701 05KS N000 0000")
    page.go(NEXT)
    page.choose("data-consent", "yes")
    page.choose("truth", "yes")
    page.go(NEXT)


def test_a_citizen_files_housing_assistance_on_a_phone(
    phone: Browser, layer: StandIns, tmp_path: Path
) -> None:
    bill = tmp_path / "түбіртек.pdf"
    bill.write_bytes(PDF)
    phone.open("/?q=тұрғын үй көмегі")
    look(phone, "catalogue")
    phone.go(".card a")
    look(phone, "service")
    phone.go("main a.button")
    sign_in(phone)
    phone.press("input[name='org.provider']")
    phone.go()
    fill_in(phone)
    look(phone, "documents")
    for field in phone.all("input[type=file]"):
        field.send_keys(str(bill))
    phone.go(NEXT)
    look(phone, "check")
    phone.go()
    look(phone, "sign")
    sign(phone, layer, CITIZEN)
    case = Case.objects.get()
    assert case.number is not None
    assert case.number in phone.find(".panel").text
    look(phone, "filed")
    phone.go("main a.button")
    assert "8 жұмыс күні қалды" in phone.text
    phone.press(".why summary")
    assert phone.find(".strip").is_displayed()
    look(phone, "case")
    phone.open("/cabinet")
    look(phone, "cabinet")
    assert [each for each in phone.complaints() if "422" not in each] == []
