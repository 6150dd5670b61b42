"""Every page of an account on a phone, in Kazakh, 390 pixels wide: nothing hangs over the edge."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qyzmet import demo
from qyzmet.config import clock
from qyzmet.people.models import Account, Authority
from tests.browser import PHONE, Browser, browser, served
from tests.portal.accounts.conftest import AIGUL, BOLAT, COMPANY, NOON, WORD, code_of, person
from tests.portal.conftest import settle

pytestmark = pytest.mark.full


@pytest.fixture
def phone(committed: None) -> Iterator[Browser]:
    with clock.hold(NOON), served() as address, browser(address, PHONE) as opened:
        yield opened


def look(page: Browser, name: str) -> None:
    page.look(f"account-{name}")
    assert page.complaints() == []


def test_an_account_on_a_phone(phone: Browser) -> None:
    phone.open("/register")
    look(phone, "register")
    phone.type("number", AIGUL)
    phone.type("password", "12345678")
    phone.type("again", "12345678")
    phone.driver.get_log("browser")
    phone.go()
    look_past(phone, "register-wrong")
    phone.type("password", WORD)
    phone.type("again", WORD)
    phone.go()
    look(phone, "sign-in")
    phone.type("number", AIGUL)
    phone.type("password", WORD)
    phone.go()
    assert phone.path == "/cabinet"
    phone.open("/account/confirm")
    look(phone, "confirm")
    Account.objects.update(confirmed_at=NOON, confirmed_by="signature", surname="Ысқақова", given_name="Әлия")
    account = Account.objects.get()
    person(BOLAT)
    for number, who in ((AIGUL, account), (BOLAT, Account.objects.get(number=BOLAT))):
        Authority.objects.create(
            account=who, principal=COMPANY, principal_kind="legal-entity", principal_name="«Алатау Құрылыс» ЖШС",
            basis="head" if number == AIGUL else "power-of-attorney", since=NOON, document="№ 5 сенімхат",
        )  # fmt: skip
    phone.open("/roles")
    phone.go(f'button[value="for:{COMPANY}"]')
    for name, page in (("companies", "/account/companies"), ("password", "/account/password"), ("status", "/status"),
                       ("reset", "/reset"), ("signature", "/reset/signature"), ("factor", "/account/second-factor")):  # fmt: skip
        phone.open(page)
        look(phone, name)
    phone.type("code", code_of(account))
    phone.go()
    look(phone, "spare")
    phone.open("/account")
    look(phone, "home")


def test_the_counter_confirms_an_account(phone: Browser) -> None:
    settle("housing-assistance")
    phone.open("/sign-in?next=/office/confirm-account")
    phone.type("number", "990802336759")
    phone.type("password", demo.PASSWORD)
    phone.go()
    look(phone, "counter")
    for name, said in (("number", "810827427457"), ("surname", "Ысқақов"), ("given-name", "Айдос"),
                       ("document", "Жеке куәлік № 045678912")):  # fmt: skip
        phone.type(name, said)
    phone.go()
    look(phone, "counter-done")
    first = phone.find(".panel code").text
    assert Account.objects.get(number="810827427457").check_password(first)


def look_past(page: Browser, name: str) -> None:
    """A page that says what is wrong is answered with 422, which the browser notes."""
    page.driver.get_log("browser")
    look(page, name)
