"""Whoever has only a keyboard: the skip link, the menu, a whole application, a step of a case; focus is always seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.common.keys import Keys

from qyzmet.cases.models import Token
from qyzmet.portal.models import Draft
from tests.browser import LAPTOP, PHONE
from tests.portal.filling import PAGES
from tests.reach import samples, stage
from tests.reach.gaze import Gaze, gaze
from tests.reach.hands import Keyboard
from tests.reach.roles import ROLES

pytestmark = pytest.mark.full
CITIZEN, SPECIALIST = ROLES["citizen"], ROLES["specialist"]
NEXT = "main form p.row button.button:not(.second)"


@pytest.fixture(scope="module")
def look(house: str) -> Iterator[Gaze]:
    with gaze(house) as found:
        yield found


@pytest.mark.django_db
def test_there_is_work_for_everybody(house: str) -> None:
    """Asked by the database itself, which is made for tests that name it."""
    assert {"register", "decide"} <= set(Token.objects.filter(closed_at=None).values_list("step", flat=True))


def test_the_first_tab_is_the_way_past_the_menu(look: Gaze) -> None:
    look.become(ROLES["visitor"], "kk")
    look.page.open("/")
    hands = Keyboard(look.page)
    hands.press(Keys.TAB)
    assert hands.on(".skip")
    assert hands.hidden == ""
    hands.press(Keys.ENTER)
    look.page.focus_on("#main")


def test_the_menu_of_a_phone_opens_and_closes_and_the_language_changes(look: Gaze) -> None:
    look.become(CITIZEN, "kk")
    look.page.size(*PHONE)
    look.page.open("/cabinet")
    hands = Keyboard(look.page)
    assert not look.page.find("#menu").is_displayed()
    hands.to("header .wide > .fold")
    hands.press(Keys.ENTER)
    look.page.wait("return document.querySelector('#menu').checkVisibility()")
    hands.to("#menu a[href='/letters']")
    hands.press(Keys.ESCAPE)
    look.page.wait("return !document.querySelector('#menu').checkVisibility()")
    look.page.focus_on("header .wide > .fold")
    look.page.open("/cabinet")
    hands.enter(".languages button[value=ru]")
    assert look.page.find("html").get_attribute("lang") == "ru"
    assert look.page.path == "/cabinet"


def test_wherever_the_focus_goes_it_is_seen(look: Gaze) -> None:
    places = [
        ("citizen", "/cabinet", PHONE), ("citizen", _case(), PHONE), ("citizen", _prompt(), PHONE),
        ("specialist", "/office/", LAPTOP), ("specialist", _work(), LAPTOP), ("administrator", "/office/admin/accounts/", PHONE),
    ]  # fmt: skip
    faults: list[str] = []
    for role, path, size in places:
        look.become(ROLES[role], "kk")
        look.page.size(*size)
        look.page.open(path)
        hands = Keyboard(look.page)
        for _ in range(40):
            hands.press(Keys.TAB)
            if hands.hidden:
                faults.append(f"{path} {size[0]}: {hands.hidden}")
    assert not faults, "\n".join(faults)


def _looker(role: str) -> samples.Looker:
    return samples.Looker(ROLES[role], stage.NOW)


def _case() -> str:
    return f"/cabinet/{_looker('citizen').seen[0].ref}"


def _work() -> str:
    return f"/office/cases/{next(samples.work(_looker('specialist')))['ref']}"


def _prompt() -> str:
    return f"/sign/{next(samples.requests(_looker('citizen')))['token']}"


def test_a_whole_application_is_written(look: Gaze) -> None:
    look.become(CITIZEN, "kk")
    look.page.size(*LAPTOP)
    look.page.open("/apply/housing-assistance")
    hands = Keyboard(look.page)
    before = set(Draft.objects.values_list("ref", flat=True))
    hands.to("[name='org.provider']")
    hands.press(Keys.SPACE)
    hands.enter("main form button.button:not(.second)")
    for answers in PAGES.values():
        for name, value in answers.items():
            _answer(hands, name, str(value))
        hands.enter(NEXT)
        assert not look.page.all(".errors"), look.page.text
    hands.enter(NEXT)
    (made,) = Draft.objects.exclude(ref__in=before)
    assert look.page.path == f"/drafts/{made.ref}/check", look.page.text
    assert made.form["family"][0]["iin"] == PAGES["household"]["family[0].iin"]


def _answer(hands: Keyboard, name: str, value: str) -> None:
    if name.endswith(".count"):
        if not hands.page.all(f'[name^="{name.removesuffix(".count")}[0]"]'):
            hands.enter(f'button[name=add][value="{name.removesuffix(".count")}"]')
        return
    (field, *_) = hands.page.all(f'[name="{name}"]:not([type=hidden])')
    kind = field.get_attribute("type") or ""
    if field.tag_name == "select" or kind in ("radio", "checkbox"):
        hands.choose(name, value)
    elif value:
        hands.type(name, value)


def test_a_step_of_a_case_is_done_from_the_list(look: Gaze) -> None:
    look.become(SPECIALIST, "kk")
    look.page.size(*LAPTOP)
    look.page.open("/office/")
    hands = Keyboard(look.page)
    token = next(each for each in _looker("specialist").work if each.step == "register")
    hands.enter(f"main a[href*='{token.case.ref}']")
    hands.enter(".decision button[data-key]")
    assert Token.objects.get(pk=token.pk).closed_at is not None, look.page.text
