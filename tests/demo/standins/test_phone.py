"""eGov Mobile's stand-in against the product over the wire: from the QR's text to the signature taken."""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from qyzmet import evidence
from qyzmet.api.mgov import qr_of
from qyzmet.config import clock
from qyzmet.demo.authority import PASSWORD
from qyzmet.demo.standins import StandIns
from qyzmet.demo.standins.phone import PhoneError, address_in
from qyzmet.evidence.models import SigningRequest
from qyzmet.identity import written_moment
from qyzmet.people.actor import actors_for
from qyzmet.people.models import Account
from qyzmet.signatures import Expected
from tests.browser import PHONE, browser, served
from tests.demo.standins.conftest import MONDAY
from tests.demo.standins.test_layer import CITIZEN, CONTENT
from tests.demo.standins.test_pages import Visitor
from tests.ncalayer import ncalayer

NAME = {"kk": "Тұрғын үй көмегі", "ru": "Жилищная помощь", "en": "Housing assistance"}
NEIGHBOUR = "760312437504"


@dataclass
class Scene:
    """The product asks Әлия for a signature; the phone stands by."""

    row: SigningRequest
    visitor: Visitor
    text: str

    def sign(self, **form: str) -> tuple[int, str]:
        given = {"text": self.text, "who": CITIZEN, "password": PASSWORD, "deed": "sign", **form}
        return self.visitor.press("phone/sign", **given)

    def received(self) -> dict[str, bytes]:
        self.row.refresh_from_db()
        return evidence.received_of(self.row)


@pytest.fixture
def scene(committed: None) -> Iterator[Scene]:
    with clock.hold(MONDAY), served() as address, ncalayer(address) as layer:
        actor = actors_for(Account.objects.create(number=CITIZEN), MONDAY)[0]
        items = [evidence.Item("application", NAME, CONTENT)]
        row = evidence.ask(actor, "filing", "draft", items, expected=Expected(iin=CITIZEN), now=MONDAY)
        yield Scene(row, Visitor(layer, "ru"), qr_of(row).text)


def test_shown_and_signed_on_the_phone_it_arrives(scene: Scene) -> None:
    status, page = scene.visitor.press("phone", text=scene.text)
    assert status == 200
    assert "Жилищная помощь" in page
    assert '<a class="brand" href="/phone">Замена eGov Mobile</a>' in page
    assert written_moment(scene.row.expires_at, "ru") in page
    assert "housing-assistance" in page
    assert "Бірыңғай ақпараттық жүйенің сенімгерлік басқарушысы" in page
    status, page = scene.sign()
    assert (status, "<h1>Подписано</h1>" in page) == (200, True)
    found = evidence.judge_all(scene.row, scene.received(), now=MONDAY)
    assert found["application"].verdict.signers[0].iin == CITIZEN
    status, again = scene.sign()
    assert (status, "Система отказала: 409" in again) == (400, True)


def test_another_persons_key_and_other_bytes_are_refused_with_the_reason(scene: Scene) -> None:
    assert "Подпись не принята" in scene.sign(who=NEIGHBOUR)[1]
    page = scene.sign(deed="wrong")[1]
    assert "Подпись не принята" in page
    assert "422 not-signed" in page
    assert scene.received() == {}


def test_cancelled_mistyped_and_expired_nothing_is_sent(scene: Scene) -> None:
    status, page = scene.sign(deed="cancel")
    assert (status, "Текст QR-кода" in page) == (200, True)
    status, page = scene.sign(password="qwerty")
    assert (status, "Неверный пароль" in page) == (400, True)
    assert scene.received() == {}
    SigningRequest.objects.filter(pk=scene.row.pk).update(expires_at=MONDAY)
    status, page = scene.visitor.press("phone", text=scene.text)
    assert (status, "410" in page) == (400, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "нет адреса"),
        ("Здравствуйте", "нет адреса"),
        ("mobileSign:file:///etc/passwd", "нет адреса"),
        ("mobileSign:https://example.invalid/x", "не системы"),
        ("mobileSign:http://127.0.0.1:1/x", "не отвечает"),
    ],
)
def test_a_code_that_leads_nowhere(stand_ins: StandIns, text: str, said: str) -> None:
    status, page = Visitor(stand_ins, "ru").press("phone", text=text)
    assert (status, said in page) == (400, True)


def test_the_links_of_the_same_phone_lead_to_the_same_address() -> None:
    address = "https://qyzmet.example/api/mgov/abc"
    tail = "?mgovSign&apn=kz.mobile.mgov&isi=1476128386&ibi=kz.egov.mobile"
    assert address_in(f"mobileSign:{address}") == address
    assert address_in(f"https://mgovsign.page.link/?link={address}{tail}") == address
    quoted = urllib.parse.quote(address, safe="")
    assert address_in(f"https://mgovsign.page.link/?link={quoted}{tail}") == address
    with pytest.raises(PhoneError):
        address_in("mobileSign:")


@pytest.mark.full
def test_signing_by_the_link_on_a_phone_screen(scene: Scene) -> None:
    with browser(scene.visitor.root.rstrip("/"), PHONE) as page:
        page.open(f"/phone?open={scene.text.removeprefix('mobileSign:')}")
        assert "Тұрғын үй көмегі" in page.text
        assert page.sideways == 0
        page.choose("who", CITIZEN)
        page.type("password", PASSWORD)
        page.go('button[name="deed"][value="sign"]')
        assert "Қол қойылды" in page.text
    assert set(scene.received()) == {"application"}
