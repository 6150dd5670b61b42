"""A browser for tests: headless Chromium with a profile of its own, and the few things every walk needs."""

from __future__ import annotations

import base64
import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pytest_django.live_server_helper import LiveServer
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    NoSuchElementException,
    StaleElementReferenceException,
    WebDriverException,
)
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

__all__ = ["LAPTOP", "PATIENT", "PHONE", "Browser", "browser", "served"]

PHONE = (390, 844)
LAPTOP = (1440, 900)
PATIENT = 120
"""Seconds that something expected may take; however busy the machine is, it does not take longer."""
GIVING_WAY = (NoSuchElementException, StaleElementReferenceException)
"""While a page, or a part of it, gives way to the next one."""
NOT_YET = (*GIVING_WAY, ElementNotInteractableException, ElementClickInterceptedException)
"""While something cannot be pressed yet."""
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip


class Browser:
    """What a person does: open, read, type, choose, press."""

    def __init__(self, driver: Chrome, root: str) -> None:
        self.driver, self.root = driver, root

    def open(self, path: str) -> None:
        """Go to an address of the house."""
        self.driver.get(self.root + path)

    @property
    def path(self) -> str:
        """The address one is at, without the host."""
        return self.driver.current_url.removeprefix(self.root)

    @property
    def text(self) -> str:
        """All that can be read on the page; while one page gives way to the next, of the next."""
        return str(self._patiently(GIVING_WAY, lambda driver: driver.find_element(By.TAG_NAME, "body").text))

    def find(self, css: str) -> WebElement:
        """The first that this selector finds; waited for, like all that a person would wait for."""
        return self._patiently(GIVING_WAY, lambda driver: driver.find_element(By.CSS_SELECTOR, css))

    def all(self, css: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def type(self, name: str, words: str) -> None:
        """Write into the input of this name, replacing what stands there."""
        field = self.find(f'[name="{name}"]:not([type=hidden])')
        field.clear()
        field.send_keys(words)

    def choose(self, name: str, value: str) -> None:
        """Tick a box, press a radio button or pick from a list."""
        self.press(f'input[name="{name}"][value="{value}"], select[name="{name}"] option[value="{value}"]')

    def press(self, css: str) -> None:
        """Press what this selector finds, wherever it is on the page, once it can be pressed."""
        self._patiently(NOT_YET, lambda _: self._shown(css).click())

    def go(self, css: str = "main form button.button:not(.second)") -> None:
        """Press, and wait for the page that comes of it."""
        with self.leaving():
            self.press(css)

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """What is done inside leads to another page, which is waited for."""
        self.driver.execute_script("window.left = true")
        yield
        self.wait("return !window.left && document.readyState === 'complete'")

    def focus_on(self, css: str) -> WebElement:
        """What this selector finds, once it has the focus."""
        self.wait(f"return document.activeElement.matches({json.dumps(css)})")
        return self.driver.switch_to.active_element

    def wait(self, script: str) -> None:
        """Until this is true on the page; `PATIENT` at most."""
        waiting = WebDriverWait(self.driver, PATIENT, ignored_exceptions=[WebDriverException])
        waiting.until(lambda driver: driver.execute_script(script))

    def _shown(self, css: str) -> WebElement:
        """What this selector finds, in the middle of the window."""
        found = self.driver.find_element(By.CSS_SELECTOR, css)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
        return found

    def _patiently(
        self, meanwhile: tuple[type[WebDriverException], ...], doing: Callable[[Chrome], Any]
    ) -> Any:
        """Do it; while one of these stands in the way, again; the problem itself in the end."""
        until = time.monotonic() + PATIENT
        while True:
            try:
                return doing(self.driver)
            except meanwhile:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def size(self, width: int, height: int) -> None:
        """Make the page this wide and high, also narrower than a window may be."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.wait(f"return window.innerWidth === {width} && window.innerHeight === {height}")

    @property
    def sideways(self) -> int:
        """By how many pixels the page is wider than its window."""
        script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.driver.execute_script(script))

    def complaints(self) -> list[str]:
        """What the browser itself complained of: a blocked style or script, a file that is not there."""
        return [each["message"] for each in self.driver.get_log("browser") if each["level"] == "SEVERE"]

    def look(self, name: str) -> None:
        """Nothing hangs over the edge of a laptop or a phone; with QYZMET_PICTURES set, a picture of both."""
        folder, before = os.environ.get("QYZMET_PICTURES"), self.window
        for size in (LAPTOP, PHONE):
            self.size(*size)
            assert self.sideways <= 0, f"{name} is {self.sideways} px wider than {size[0]}"
            if folder:
                Path(folder).mkdir(parents=True, exist_ok=True)
                self.picture(Path(folder) / f"{name}-{size[0]}.png")
        self.size(*before)

    @property
    def window(self) -> tuple[int, int]:
        """Width and height of the page's window."""
        width, height = self.driver.execute_script("return [window.innerWidth, window.innerHeight]")
        return int(width), int(height)

    def picture(self, path: Path) -> None:
        """The whole page as PNG, however long it is."""
        width = self.driver.execute_script("return window.innerWidth")
        height = self.driver.execute_script("return document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        wanted = {"captureBeyondViewport": True, "clip": clip}
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", wanted)
        path.write_bytes(base64.b64decode(shot["data"]))


class _Answers:
    """An application that knows how many of its answers are under way: a page may go on asking to the last."""

    def __init__(self, application: Callable[..., Any]) -> None:
        self._application, self._under_way, self._change = application, 0, threading.Condition()

    def __call__(self, *given: Any) -> Any:
        self._count(1)
        try:
            return self._application(*given)
        finally:
            self._count(-1)

    def come_to_an_end(self) -> None:
        """Before the database is emptied, whoever still reads or writes in it is waited for."""
        with self._change:
            self._change.wait_for(lambda: self._under_way == 0, PATIENT)

    def _count(self, more: int) -> None:
        with self._change:
            self._under_way += more
            self._change.notify_all()


@contextmanager
def served() -> Iterator[str]:
    """The house on a free port of this process, on the test's database; its address.

    The fixture `live_server` of pytest-django empties the database before the journal's guards stand aside.
    """
    server = LiveServer("127.0.0.1")
    answers = server.thread.httpd.application = _Answers(server.thread.httpd.application)
    try:
        yield server.url
    finally:
        server.stop()
        answers.come_to_an_end()


@contextmanager
def browser(root: str, size: tuple[int, int] = LAPTOP, language: str = "kk") -> Iterator[Browser]:
    """A fresh browser on a page root (`http://127.0.0.1:8000`) that asks for a language."""
    # A browser that has ended may still write a moment into its profile, which is thrown away all the same.
    with TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        driver = _started(Path(profile), language)
        try:
            driver.implicitly_wait(3)
            driver.set_script_timeout(PATIENT)
            made = Browser(driver, root)
            made.size(*size)
            yield made
        finally:
            driver.quit()


def _started(profile: Path, language: str) -> Chrome:
    """Chromium on an empty profile; where a busy machine has not let it start, once more on another one."""
    try:
        return Chrome(options=_options(profile / "first", language), service=_service())
    except WebDriverException:
        return Chrome(options=_options(profile / "second", language), service=_service())


def _service() -> ChromeService:
    return ChromeService(shutil.which("chromedriver"))


def _options(profile: Path, language: str) -> ChromeOptions:
    options = ChromeOptions()
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"intl.accept_languages": language})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.binary_location = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    return options
