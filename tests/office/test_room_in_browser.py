"""The desk by keyboard alone, and every page of it looked at, in Kazakh, on a laptop and a phone.

With QYZMET_PICTURES set, a picture of each page is kept there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from selenium.webdriver.common.keys import Keys

from qyzmet.cases import acts
from qyzmet.cases.models import Case, Token
from qyzmet.config import clock
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account
from tests.browser import Browser, browser, served
from tests.cases.conftest import found
from tests.cases.test_hearings import MONDAY, at_notice, invited
from tests.cases.town import OTHER, Town, citizen, licence, tulpar
from tests.office.keys import answering

pytestmark = pytest.mark.full

SHOWN = "document.querySelector('dialog#keys').checkVisibility()"
NAMES = ("Тайбурыл", "Құлагер", "Шұбар", "Ақбоз", "Торы")


@pytest.fixture
def town(committed: None) -> Iterator[tuple[Town, str]]:
    with clock.hold(MONDAY), answering(), served() as address:
        yield found(), address


@contextmanager
def desk(address: str, actor: Actor) -> Iterator[Browser]:
    """An official who has signed in; what the browser itself complains of fails the walk."""
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account), backend="qyzmet.people.backend.AccountBackend")
    with browser(address) as page:
        page.open("/verify")
        page.driver.add_cookie(
            {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value}
        )
        page.open("/office/")
        yield page
        assert [said for said in page.complaints() if "status of 422" not in said] == []


def filed(names: tuple[str, ...] = NAMES) -> list[Case]:
    return [
        acts.submit(citizen(), licence(tulpar(called=name)), now=MONDAY + timedelta(seconds=n))
        for n, name in enumerate(names)
    ]


def active(page: Browser) -> str:
    return page.driver.execute_script("return document.activeElement.textContent.trim()")


def test_the_list_is_worked_by_keys_alone(town: tuple[Town, str]) -> None:
    where, address = town
    cases = [Case.objects.get(pk=case.pk) for case in filed()]
    with desk(address, where.actor("registrar")) as page:
        for key, place in (("j", 0), ("j", 1), (Keys.ARROW_DOWN, 2), ("k", 1), (Keys.ARROW_UP, 0)):
            page.driver.switch_to.active_element.send_keys(key)
            assert active(page) == cases[place].number, key
        with page.leaving():
            page.driver.switch_to.active_element.send_keys("t")
        assert page.find(".notice.success")
        assert Token.objects.get(case=cases[0]).assignee_id == where.actor("registrar").account
        page.find("body").send_keys("/")
        assert page.driver.switch_to.active_element.get_attribute("name") == "q"
        page.driver.switch_to.active_element.send_keys("jt?")  # in a field they are letters
        assert page.find("#find").get_attribute("value") == "jt?"
        assert not page.find("dialog#keys").is_displayed()
        page.driver.switch_to.active_element.send_keys(Keys.TAB)
        page.driver.switch_to.active_element.send_keys("?")
        page.wait(f"return {SHOWN}")
        page.look("office-keys")
        page.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
        page.wait(f"return !{SHOWN}")
        switched_off(page)


def switched_off(page: Browser) -> None:
    """Whoever wants no single keys switches them off, and they stay off on the next page (WCAG 2.1.4)."""
    page.find("body").send_keys("?")
    page.press("#keys-on")
    page.press("dialog#keys button")
    page.open("/office/")
    page.find("body").send_keys("j")
    assert "/office/cases/" not in str(page.driver.switch_to.active_element.get_attribute("href"))
    page.find("body").send_keys("?")
    assert not page.find("dialog#keys").is_displayed()
    page.press("[data-opens-keys]")  # the button still opens them
    page.wait(f"return {SHOWN}")


def test_every_page_of_the_desk_is_looked_at(town: tuple[Town, str]) -> None:
    where, address = town
    cases = filed()
    invited(where, at_notice(where, applicant=OTHER))
    clerk = where.actor("registrar")
    head = where.official("head", cases[0].provider)
    where.official("registrar", cases[0].provider)
    acts.add_note(clerk, cases[0].ref, "Иесіне қоңырау шалдым: сейсенбіде келеді.", now=MONDAY)
    with desk(address, clerk) as page:
        page.look("office-tasks")
        page.choose("days", "3")
        page.go(".narrowing button")
        page.type("name", "Осы аптаның істері")
        page.go("form[action='/office/filters'] button")
        page.look("office-tasks-kept")
        page.open("/office/search?q=тайбурыл құлагер")
        page.open("/office/search?q=омарова")
        page.look("office-search")
        page.open(f"/office/cases/{cases[0].ref}")
        page.look("office-case")
        page.open("/office/relatives")
        page.choose("kinship", "sibling")
        page.type("number", "680503250034")
        page.go("main form[action='/office/relatives'] button")
        page.look("office-relatives")
    with desk(address, head) as page:
        page.open("/office/work?post=registrar")
        page.press("input[name=pick]")
        page.go("main form button.button:not(.second)")
        page.look("office-work")
        page.open("/office/substitutions")
        page.look("office-substitutions")
    with desk(address, where.actor("vet")) as page:
        page.open("/office/hearings")
        page.look("office-hearings")
        page.open(page.find("main .do a").get_attribute("href").removeprefix(address))
        page.look("office-hearing")
