"""The page of signatures with NCALayer: every way it can go wrong is said kindly, and the page is never lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from qyzmet import demo, evidence
from qyzmet.cases.models import Case
from qyzmet.config import clock
from qyzmet.demo.authority import for_account
from qyzmet.demo.standins import StandIns, Wish
from qyzmet.evidence.models import SigningRequest
from qyzmet.people.models import Account
from qyzmet.portal.signing import ITEM
from qyzmet.signatures import sign_cms
from tests.browser import LAPTOP, PHONE, Browser, browser, served
from tests.ncalayer import SIGN, ncalayer, press, said
from tests.portal.conftest import CITIZEN, MONDAY, NEIGHBOUR, settle, signed_in
from tests.portal.filling import ready

pytestmark = pytest.mark.full


@pytest.fixture
def layer(committed: None) -> Iterator[StandIns]:
    with clock.hold(MONDAY), ncalayer() as found:
        settle("housing-assistance", "general/complaint", "general/hearing")
        yield found


@pytest.fixture
def page(layer: StandIns) -> Iterator[Browser]:
    """A citizen on the page where the application is signed."""
    with served() as house, browser(house, LAPTOP) as opened:
        draft = ready(signed_in())
        opened.open(f"/sign-in?next=/drafts/{draft.ref}/sign")
        opened.type("number", CITIZEN)
        opened.type("password", demo.PASSWORD)
        opened.go()
        assert opened.path.startswith("/sign/")
        assert opened.find(SIGN).is_displayed()
        yield opened


def test_whatever_ncalayer_does_the_page_stays_and_says_it_kindly(page: Browser, layer: StandIns) -> None:
    at = page.path
    for wish, words in (
        (Wish(CITIZEN, deed="cancel"), "Сіз қол қоюдан бас тарттыңыз"),
        (Wish(CITIZEN, deed="close"), "NCALayer байланысты үзді"),
        (Wish(CITIZEN, deed="rubbish"), "түсініксіз жауап берді"),
        (Wish(CITIZEN, deed="error"), "internal error (500)"),
        (Wish(NEIGHBOUR), "Сәйкес кілт табылмады"),
    ):
        assert words in press(page, layer, wish)
        assert page.path == at
        page.focus_on(SIGN)
    assert not Case.objects.exists()
    layer.services.silence("tsp")
    assert "Уақыт белгісі қызметі жауап бермейді" in press(page, layer, Wish(CITIZEN))
    layer.services.silence()
    layer.desk.always(Wish(CITIZEN))
    page.go(SIGN)
    assert Case.objects.get().number in page.find(".panel").text
    assert page.complaints() == []


def test_a_signature_that_is_none_comes_back_as_process_4(page: Browser, layer: StandIns) -> None:
    for deed in ("no-signature", "wrong"):
        layer.desk.always(Wish(CITIZEN, deed=deed))  # type: ignore[arg-type]
        page.go(SIGN)
        assert "4-процесс" in page.find(".errors").text
        page.focus_on(".errors")
    assert not Case.objects.exists()


def test_where_ncalayer_is_not_running_it_says_what_to_do(page: Browser) -> None:
    with override_settings(QYZMET_NCALAYER="ws://127.0.0.1:9", CONTENT_SECURITY_POLICY={}):
        page.driver.refresh()
        page.press(SIGN)
        page.wait("return !!document.querySelector('.signing-state.warning')")
    assert "іске қосып, батырманы қайта басыңыз" in said(page)


def test_an_older_ncalayer_without_the_new_module_signs_too(
    page: Browser, layer: StandIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qyzmet.demo.standins import layer as messages

    monkeypatch.delitem(messages.MODULES, "kz.gov.pki.knca.basics")
    layer.desk.always(Wish(CITIZEN))
    page.go(SIGN)
    assert Case.objects.get().number in page.find(".panel").text


def test_signed_on_a_phone_the_page_goes_on_by_itself(page: Browser) -> None:
    row = SigningRequest.objects.get()
    key = for_account(Account.objects.get(number=CITIZEN), clock.now())
    signature = sign_cms(evidence.content_of(row, ITEM), [key], at=clock.now())
    with page.leaving():
        evidence.receive(row, {ITEM: signature}, clock.now())
    assert Case.objects.get().number in page.text


def test_nothing_hangs_over_the_edge_of_a_small_phone(page: Browser) -> None:
    for width in (320, PHONE[0], LAPTOP[0]):
        page.size(width, 800)
        assert page.sideways <= 0, width
    page.driver.execute_script("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    for width in (320, PHONE[0], LAPTOP[0]):
        page.size(width, 800)
        assert page.sideways <= 0, width
