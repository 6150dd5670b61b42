"""Documents of an application on a phone and on a laptop: dropped, photographed, seen, removed; also without script."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.support.wait import WebDriverWait

from qyzmet import demo
from qyzmet.config import clock
from qyzmet.portal.models import Draft
from tests.browser import LAPTOP, PATIENT, PHONE, Browser, browser, served
from tests.fence.files import PDF, PNG
from tests.portal.conftest import CITIZEN, MONDAY, settle, signed_in
from tests.portal.filling import begin, fill

pytestmark = pytest.mark.full

DROP = """
const [zone, files] = arguments, given = new DataTransfer();
for (const [name, type, data] of files)
  given.items.add(new File([Uint8Array.from(atob(data), (each) => each.charCodeAt(0))], name, {type}));
for (const kind of ["dragover", "drop"])
  zone.dispatchEvent(new DragEvent(kind, {dataTransfer: given, bubbles: true, cancelable: true}));
"""
READ_SLOWLY = """
const read = Blob.prototype.arrayBuffer, told = new Promise((done) => { window.readOn = done; });
Blob.prototype.arrayBuffer = async function () { await told; return read.call(this); };
"""


@pytest.fixture
def page(committed: None) -> Iterator[Browser]:
    with clock.hold(MONDAY), served() as address, browser(address, PHONE) as opened:
        settle("housing-assistance", "general/complaint", "general/hearing")
        visitor = signed_in()
        draft = begin(visitor)
        fill(visitor, draft)
        opened.open(f"/sign-in?next=/drafts/{draft.ref}/documents")
        opened.type("number", CITIZEN)
        opened.type("password", demo.PASSWORD)
        opened.go()
        yield opened


def kept() -> dict[str, list[str]]:
    return {
        key: [each["name"] for each in files] for key, files in Draft.objects.get().documents.items() if files
    }


def until(page: Browser, css: str, count: int) -> None:
    script = "return document.querySelectorAll(arguments[0]).length === arguments[1]"
    WebDriverWait(page.driver, PATIENT).until(lambda driver: driver.execute_script(script, css, count))


def drop(page: Browser, field: str, *files: tuple[str, str, bytes]) -> None:
    zone = page.find(f"#{field} .drop")
    given = [[name, media, base64.b64encode(data).decode()] for name, media, data in files]
    page.driver.execute_script(DROP, zone, given)


def test_files_are_dropped_seen_and_taken_away(page: Browser) -> None:
    page.size(*LAPTOP)
    field = page.find("[data-upload]").get_attribute("id")
    key = field.removeprefix("field-")
    drop(
        page, field, ("анықтама.pdf", "application/pdf", PDF), ("сурет.png", "image/png", PNG),
        ("вирус.pdf", "application/pdf", b"MZ-not a document"),
    )  # fmt: skip
    until(page, f"#{field} .attached li", 2)
    assert kept() == {key: ["анықтама.pdf", "сурет.png"]}
    said = page.find(f"#{field}").text
    assert "PDF, 1 бет" in said
    assert "PNG" in said
    assert "вирус.pdf" in page.find(f"#{field} .sending").text
    assert "жіберілмейді" in page.find(f"#{field} .sending .bad").text
    assert page.all(f"#{field} img.thumb")
    page.look("portal-uploads")
    page.go(f"#{field} .attached li:first-child button")
    assert kept() == {key: ["сурет.png"]}
    assert [each for each in page.complaints() if "422" not in each] == []


def test_a_phone_goes_straight_to_its_camera_and_the_page_waits_for_what_is_on_its_way(
    page: Browser, tmp_path: Path
) -> None:
    page.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1})
    page.driver.execute_cdp_cmd("Emulation.setEmitTouchEventsForMouse", {"enabled": True})
    page.driver.refresh()
    shot = tmp_path / "IMG_0001.png"
    shot.write_bytes(PNG)
    cameras = page.all(".camera input")
    assert cameras
    assert cameras[0].get_attribute("capture") == "environment"
    page.look("portal-uploads-phone")
    for each in page.all(".drop > input[type=file]"):
        each.send_keys(str(shot))
    page.go("main form p.row button.button:not(.second)")
    assert page.path.endswith("/check")
    assert {tuple(names) for names in kept().values()} == {("IMG_0001.png",)}


def test_whoever_goes_on_while_a_file_is_still_looked_at_takes_it_along(
    page: Browser, tmp_path: Path
) -> None:
    bill = tmp_path / "түбіртек.pdf"
    bill.write_bytes(PDF)
    page.driver.execute_script(READ_SLOWLY)
    for each in page.all(".drop > input[type=file]"):
        each.send_keys(str(bill))
    with page.leaving():
        page.press("main form p.row button.button:not(.second)")
        page.wait("return !document.querySelector('[data-said]').classList.contains('away')")
        assert page.path.endswith("/documents")
        page.driver.execute_script("window.readOn()")
    assert page.path.endswith("/check")
    assert {tuple(names) for names in kept().values()} == {("түбіртек.pdf",)}


def test_without_script_the_same_page_attaches_and_removes(page: Browser, tmp_path: Path) -> None:
    page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    page.driver.refresh()
    bill = tmp_path / "түбіртек.pdf"
    bill.write_bytes(PDF)
    field = page.find("[data-upload]").get_attribute("id")
    page.find(f"#{field} input[type=file]").send_keys(str(bill))
    page.go("button[name=keep]")
    assert page.find(f"#{field} .attached").text.startswith("PDF")
    assert list(kept().values()) == [["түбіртек.pdf"]]
    page.go(f"#{field} .attached button")
    assert kept() == {}


def test_whoever_goes_on_without_a_file_the_page_did_not_send_is_stopped_once_and_told_at_the_check(
    page: Browser,
) -> None:
    field = page.find("[data-upload]").get_attribute("id")
    drop(page, field, ("вирус.pdf", "application/pdf", b"MZ-not a document"))
    until(page, f"#{field} .sending .bad", 1)
    on = "main form p.row button.button:not(.second)"
    page.go(on)
    assert page.path.endswith("/documents")
    assert "вирус.pdf" in page.find(".errors").text
    assert "вирус.pdf" in page.find(f"#{field} .refused").text
    page.look("portal-uploads-refused")
    page.go(on)
    assert page.path.endswith("/check")
    assert "вирус.pdf" in page.find(".notice.warning").text
    assert [each for each in page.complaints() if "422" not in each] == []
