"""No script at all: from the catalogue to a checked application, and a step of a case. On paper: words, no menus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qyzmet.cases.models import Blob, Token
from qyzmet.portal.models import Draft
from tests.fence.files import PDF
from tests.portal.filling import PAGES
from tests.reach import samples, stage
from tests.reach.addresses import addresses
from tests.reach.gaze import Gaze, gaze
from tests.reach.roles import ROLES

pytestmark = pytest.mark.full
NEXT = "main form p.row button.button:not(.second)"
ON_PAPER = {
    "service-sheet": "visitor", "service-form": "visitor", "letter": "citizen", "cabinet-filed": "citizen",
    "cabinet-case": "citizen", "cabinet-decisions": "citizen", "office-case": "specialist", "office-receipt": "counter",
    "office-agenda": "commission-chair", "supervision": "supervisor",
}  # fmt: skip
SHOWN = """
const seen = css => [...document.querySelectorAll(css)].filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 80));
return [
  seen('header nav a, .languages, .moved, .works, .foot, .skip, .fold, button.button'),
  document.querySelector('main h1').checkVisibility(), document.querySelector('main').innerText.length,
  getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color];
"""


@pytest.fixture(scope="module")
def look(house: str) -> Iterator[Gaze]:
    with gaze(house) as found:
        yield found


@pytest.fixture
def bare(look: Gaze) -> Iterator[Gaze]:
    """The browser runs no script of a page."""
    look.page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    yield look
    look.page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.django_db
def test_there_is_work_for_everybody(house: str) -> None:
    """Asked by the database itself, which is made for tests that name it."""
    assert {"register", "decide"} <= set(Token.objects.filter(closed_at=None).values_list("step", flat=True))


def press(look: Gaze, css: str) -> None:
    """Press what leads to another page, and wait until it is there."""
    look.page.go(css)


def test_an_application_from_the_catalogue_to_its_check(bare: Gaze, tmp_path: Path) -> None:
    bare.become(ROLES["citizen"], "kk")
    page, before = bare.page, set(Draft.objects.values_list("ref", flat=True))
    page.open("/")
    press(bare, "a[href='/services/housing-assistance']")
    press(bare, "a.button[href='/apply/housing-assistance']")
    page.press("[name='org.provider']")
    press(bare, "main form button.button:not(.second)")
    for answers in PAGES.values():
        for name, value in answers.items():
            _answer(bare, name, str(value))
        press(bare, NEXT)
        assert not page.all(".errors"), page.text
    (made,) = Draft.objects.exclude(ref__in=before)
    assert page.path == f"/drafts/{made.ref}/documents"
    paper = tmp_path / "bill.pdf"
    paper.write_bytes(PDF)
    name = page.find("input[type=file]").get_attribute("name")
    page.find(f"input[name='{name}']").send_keys(str(paper))
    press(bare, "button[name=keep]")
    assert "bill.pdf" in page.text
    press(bare, NEXT)
    assert page.path == f"/drafts/{made.ref}/check", page.text
    made.refresh_from_db()
    assert Blob.objects.filter(digest=made.documents[name][0]["sha256"]).exists()


def _answer(look: Gaze, name: str, value: str) -> None:
    page = look.page
    if name.endswith(".count"):
        rows = name.removesuffix(".count")
        if not page.all(f'[name^="{rows}[0]"]'):
            press(look, f'button[name=add][value="{rows}"]')
        return
    field = page.all(f'[name="{name}"]:not([type=hidden])')[0]
    if field.tag_name == "select" or field.get_attribute("type") in ("radio", "checkbox"):
        chosen = page.find(
            f'input[name="{name}"][value="{value}"], select[name="{name}"] option[value="{value}"]'
        )
        if not chosen.is_selected():
            chosen.click()
    elif value:
        field.clear()
        field.send_keys(value)


def test_a_task_is_taken_and_its_step_done(bare: Gaze) -> None:
    bare.become(ROLES["specialist"], "kk")
    token = next(
        each for each in samples.Looker(ROLES["specialist"], stage.NOW).work if each.step == "register"
    )
    bare.page.open("/office/")
    press(bare, f"button[name=take][value='{token.case.ref}.{token.no}']")
    token.refresh_from_db()
    assert token.assignee == ROLES["specialist"].account
    press(bare, f"main a[href*='{token.case.ref}']")
    press(bare, ".decision button[data-key]")
    assert Token.objects.get(pk=token.pk).closed_at is not None, bare.page.text


@pytest.mark.parametrize("name", ON_PAPER)
def test_paper_has_the_words_and_no_menus(look: Gaze, name: str) -> None:
    role = ROLES[ON_PAPER[name]]
    path = next(each.path for each in addresses(role, stage.NOW) if each.name == name)
    look.become(role, "kk")
    look.page.open(path)
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    look.page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": features})
    try:
        frame, title, words, paper, ink = look.page.driver.execute_script(SHOWN)
    finally:
        look.scheme(dark=False)
    assert (frame, title) == ([], True)
    assert words > 40
    assert (paper, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)"), (
        "black on white, however dark the screen is"
    )
