"""3.3: housing assistance filed and decided with GOST keys through the stand-in of NCALayer in a real browser.

The citizen cancels once, chooses a key on the stand-in's page and files; the officials do their steps and the notice
is signed with the specialist's key. Another application goes in without JavaScript, its signature uploaded. With
QYZMET_PICTURES set, a picture of each page is kept there.
"""

from __future__ import annotations

import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select
from selenium.webdriver.support.wait import WebDriverWait

from qyzmet import demo
from qyzmet.cases.models import Case, CaseState, SignatureRecord
from qyzmet.config import clock
from qyzmet.demo import authority
from qyzmet.demo.standins import StandIns
from qyzmet.documents.models import Document
from qyzmet.people.models import Account
from qyzmet.signatures import sign_cms
from tests.browser import LAPTOP, PATIENT, Browser, browser
from tests.ncalayer import SIGN, said, sign
from tests.portal.conftest import CITIZEN, MONDAY, signed_in
from tests.portal.filling import ready
from tests.shown.test_2_5_housing_assistance_by_hand_in_a_browser import (
    CHAIR,
    FIGURES,
    HEAD,
    MEMBERS,
    SPECIALIST,
    desk,
    fill,
    press,
)

pytestmark = pytest.mark.full
GOST = "gost streebog512"


def keep(page: Browser, name: str) -> None:
    page.look(f"3-3-{name}")


def sign_in_to(page: Browser, path: str) -> None:
    page.open(f"/sign-in?next={path}")
    page.type("number", CITIZEN)
    page.type("password", demo.PASSWORD)
    page.go()


def answer_the_layer(page: Browser, deed: str, number: str = "") -> None:
    """In the stand-in's own window: choose a key and its password, or cancel."""
    page.driver.switch_to.window(page.driver.window_handles[-1])
    WebDriverWait(page.driver, PATIENT).until(lambda driver: driver.find_elements(By.NAME, "who"))
    if number:
        choices = Select(page.find("#who"))
        value = next(
            o.get_attribute("value") for o in choices.options if number in (o.get_attribute("value") or "")
        )
        choices.select_by_value(value or "")
        page.type("password", authority.PASSWORD)
    page.go(f'button[name="deed"][value="{deed}"]')
    page.driver.switch_to.window(page.driver.window_handles[0])


def file_through_the_layer(page: Browser) -> Case:
    """Cancelled once, then signed with a key chosen on the stand-in's page."""
    sign_in_to(page, f"/drafts/{ready(signed_in()).ref}/check")
    keep(page, "01-check")
    page.go()
    keep(page, "02-sign")
    at = page.path
    page.press(".sign-way a[data-window]")
    WebDriverWait(page.driver, PATIENT).until(lambda driver: len(driver.window_handles) > 1)
    page.driver.switch_to.window(page.driver.window_handles[0])
    page.press(SIGN)
    WebDriverWait(page.driver, PATIENT).until(lambda _: "кілтті таңдап" in said(page))
    answer_the_layer(page, "cancel")
    WebDriverWait(page.driver, PATIENT).until(lambda _: "бас тарттыңыз" in said(page))
    assert page.path == at
    assert not Case.objects.exists()
    keep(page, "03-cancelled")
    with page.leaving():
        page.press(SIGN)
        answer_the_layer(page, "sign", CITIZEN)
    keep(page, "04-filed")
    return Case.objects.get()


def decide(house: str, layer: StandIns) -> None:
    """Every official's step; the notice is signed."""
    with desk(house, SPECIALIST, "жауапты маманы", MONDAY + timedelta(minutes=10)) as page:
        press(page, "аяқтау")
    with desk(house, HEAD, "басшысы", MONDAY + timedelta(minutes=20)) as page:
        fill(page, {"resolution": "Комиссияға дайындаңыз"})
        press(page, "аяқтау")
    with desk(house, SPECIALIST, "жауапты маманы", MONDAY + timedelta(days=1)) as page:
        fill(page, FIGURES)
        press(page, "аяқтау")
    for member in (*MEMBERS, CHAIR):
        with desk(house, member, "комиссиясы", MONDAY + timedelta(days=2)) as page:
            press(page, "Тағайындау")
            if member == CHAIR:
                fill(page, {"amount": "21 000", "period-from": "01.07.2019", "period-to": "30.09.2019"})
                press(page, "жабу")
    with desk(house, SPECIALIST, "жауапты маманы", MONDAY + timedelta(days=3)) as page:
        press(page, "аяқтап")
        assert page.path.startswith("/sign/")
        keep(page, "05-official-signs")
        sign(page, layer, SPECIALIST)


def test_filed_and_decided_with_gost_keys_cancelled_once(house: str, layer: StandIns) -> None:
    with browser(house, LAPTOP) as page:
        case = file_through_the_layer(page)
        assert page.complaints() == []
    decide(house, layer)
    case.refresh_from_db()
    assert (case.state, case.exit) == (CaseState.ENDED, "assigned")
    signed = list(SignatureRecord.objects.filter(case=case).order_by("id"))
    assert [(each.subject.partition(":")[0], each.iin) for each in signed] == [
        ("filing", CITIZEN),
        ("step", SPECIALIST),
    ]
    assert {each.outcome for each in signed} == {"valid"}
    assert {each.record["signers"][0]["algorithm"] for each in signed} == {GOST}
    assert Document.objects.filter(case=case, issued="notice").exists()
    with clock.hold(MONDAY + timedelta(days=4)), browser(house, LAPTOP) as page:
        sign_in_to(page, f"/cabinet/{case.ref}")
        assert "2-шарт" in page.text
        assert "Қолтаңбалар" in page.text
        keep(page, "06-cabinet")


def test_filed_without_javascript_by_uploading_a_signature(
    house: str, layer: StandIns, tmp_path: Path
) -> None:
    draft = ready(signed_in())
    with browser(house, LAPTOP) as page:
        page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        sign_in_to(page, f"/drafts/{draft.ref}/check")
        page.go()
        assert page.path.startswith("/sign/")
        assert not page.find(SIGN).is_displayed()
        keep(page, "07-upload")
        content = fetched(page, page.find("#upload a[download]").get_attribute("href") or "")
        key = authority.for_account(Account.objects.get(number=CITIZEN), clock.now())
        signature = tmp_path / "өтініш.p7s"
        signature.write_bytes(sign_cms(content, [key], at=clock.now()))
        page.find("#upload input[type=file]").send_keys(str(signature))
        page.go("#upload form button")
        case = Case.objects.get()
        assert case.number is not None
        assert case.number in page.find(".panel").text
    assert SignatureRecord.objects.get(case=case).record["signers"][0]["algorithm"] == GOST


def fetched(page: Browser, address: str) -> bytes:
    """A download as the browser would make it, with its session."""
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.driver.get_cookies())
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Cookie": cookies})) as answer:
        found: bytes = answer.read()
    return found
