"""2.5: housing assistance by hand in a browser on the moved clock, pictures in Kazakh and at 390 px.

The citizen applies on a phone; every official does their step at a desk; the citizen reads the notice on the
phone and anybody checks its code. With QYZMET_PICTURES set, a picture of each page is kept there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from selenium.webdriver.common.by import By

from qyzmet import demo
from qyzmet.cases import blobs
from qyzmet.cases.delivery import outbox
from qyzmet.cases.models import Case, CaseState
from qyzmet.cli import main
from qyzmet.config import clock
from qyzmet.demo.standins import StandIns
from qyzmet.documents.models import Document
from tests.browser import LAPTOP, PHONE, Browser, browser
from tests.fence.files import PDF
from tests.ncalayer import sign
from tests.portal.conftest import CITIZEN, MONDAY
from tests.portal.test_in_browser import NEXT, fill_in, sign_in

SPECIALIST, HEAD = "780318420299", "640619310500"
CHAIR, MEMBERS = "751010387048", ("890508430453", "820812328530")
FIGURES = {"family-size": "2", "monthly-income": "90 000", "normative-costs": "30 000", "limit-share": "10",
           "computed-amount": "21 000"}  # fmt: skip


def keep(page: Browser, name: str) -> None:
    page.look(f"2-5-{name}")


def files_on_a_phone(house: str, bill: Path, layer: StandIns) -> None:
    with browser(house, PHONE) as phone:
        phone.open("/services/housing-assistance")
        keep(phone, "01-service")
        phone.go("main a.button")
        sign_in(phone)
        phone.press("input[name='org.provider']")
        phone.go()
        fill_in(phone)
        for field in phone.all("input[type=file]"):
            field.send_keys(str(bill))
        phone.go(NEXT)
        keep(phone, "02-check")
        phone.go()
        keep(phone, "03-sign")
        sign(phone, layer, CITIZEN)
        keep(phone, "03-filed")


@contextmanager
def desk(house: str, number: str, post: str, moment: datetime) -> Iterator[Browser]:
    """An official signs in at a moment, takes the post and opens the first task."""
    with clock.hold(moment), browser(house, LAPTOP) as page:
        page.open("/sign-in?next=/office/")
        page.type("number", number)
        page.type("password", demo.PASSWORD)
        page.go()
        if page.path.startswith("/roles"):
            button = next(b for b in page.all("main button") if post in b.text)
            page.driver.execute_script("arguments[0].id = 'mine'", button)
            page.go("#mine")
        page.go("[data-row] a")
        yield page
    while outbox.deliver_due(moment, ["documents"]):
        pass


def fill(page: Browser, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.type(f"o.{name}", value)


def press(page: Browser, words: str) -> None:
    """Press the button that reads so."""
    for button in page.driver.find_elements(By.CSS_SELECTOR, "main button"):
        if words in button.text:
            page.driver.execute_script("arguments[0].id = 'pressed'", button)
    page.go("#pressed")


@pytest.mark.full
def test_housing_assistance_by_hand_through_every_official(
    house: str, layer: StandIns, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bill = tmp_path / "түбіртек.pdf"
    bill.write_bytes(PDF)
    files_on_a_phone(house, bill, layer)
    case = Case.objects.get()

    with desk(house, SPECIALIST, "жауапты маманы", MONDAY + timedelta(minutes=10)) as page:
        assert "10 минут" in page.text
        keep(page, "04-register")
        press(page, "аяқтау")
    with desk(house, HEAD, "басшысы", MONDAY + timedelta(minutes=20)) as page:
        fill(page, {"resolution": "Комиссияға дайындаңыз"})
        keep(page, "05-resolve")
        press(page, "аяқтау")
    with desk(house, SPECIALIST, "жауапты маманы", MONDAY + timedelta(days=1)) as page:
        fill(page, FIGURES)
        keep(page, "06-to-commission")
        press(page, "аяқтау")
    sitting = MONDAY + timedelta(days=2)
    for member in (*MEMBERS, CHAIR):
        with desk(house, member, "комиссиясы", sitting) as page:
            keep(page, f"07-vote-{member[:2]}")
            press(page, "Тағайындау")
            if member == CHAIR:
                fill(page, {"amount": "21 000", "period-from": "01.07.2019", "period-to": "30.09.2019"})
                keep(page, "08-close")
                press(page, "жабу")
    with desk(house, SPECIALIST, "жауапты маманы", MONDAY + timedelta(days=3)) as page:
        keep(page, "09-notify")
        press(page, "аяқтап")
        keep(page, "09-sign")
        sign(page, layer, SPECIALIST)

    case.refresh_from_db()
    assert (case.state, case.exit) == (CaseState.ENDED, "assigned")
    notice = Document.objects.get(case=case, issued="notice")
    printed = PdfReader(BytesIO(blobs.read(notice.digest))).pages[0].extract_text()
    assert "21 000,00 ₸" in " ".join(printed.split())
    with clock.hold(MONDAY + timedelta(days=4)), browser(house, PHONE) as phone:
        phone.open(f"/sign-in?next=/cabinet/{case.ref}")
        phone.type("number", CITIZEN)
        phone.type("password", demo.PASSWORD)
        phone.go()
        assert "Тұрғын үй көмегін тағайындау туралы хабарлама" in phone.text
        keep(phone, "10-result")
        phone.open(f"/verify/{notice.code}")
        keep(phone, "11-verify")
        assert "Ысқақова" not in phone.find("main").text
    (tmp_path / "seals").mkdir()
    assert main(["journal", "verify", "--seals", str(tmp_path / "seals")]) == 0
    assert "entries" in capsys.readouterr().out
