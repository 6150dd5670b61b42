"""One browser that looks at pages as any role, in any language, width and scheme, and says what is wrong with them.

with gaze(address) as look:
    look.become(ROLES["citizen"], "kk")
    look.at("/cabinet", (390, 844), dark=False)      # list of faults, as sentences
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from selenium_axe_python import axe

from tests.browser import LAPTOP, Browser, browser
from tests.reach.roles import Role

__all__ = ["RULES", "WIDTHS", "Fault", "Gaze", "gaze"]

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
ADVICE = "best-practice"
WIDTHS = (390, 1440)
HIGHEST = 4000
"""Pixels of a page that go into a picture."""
RUN = """
const [tags, done] = arguments;
axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(found => done(
  found.violations.map(each => ({
    rule: each.id, says: each.help, tags: each.tags, count: each.nodes.length,
    where: each.nodes.slice(0, 3).map(node => [node.target.join(' '), node.html.slice(0, 160), node.failureSummary]),
  })))).catch(problem => done([{rule: 'axe', says: String(problem), tags: [], count: 1, where: []}]));
"""


@dataclass(frozen=True)
class Fault:
    """`rule` of axe that was broken on so many elements; `advice`: it is no rule of WCAG."""

    rule: str
    says: str
    count: int
    where: tuple[tuple[str, str, str], ...]
    advice: bool

    def __str__(self) -> str:
        return f"{self.rule} × {self.count}: {self.says} {[f'{target} {html}' for target, html, _ in self.where]}"


@cache
def script() -> str:
    """The source of axe."""
    return Path(axe._DEFAULT_SCRIPT).read_text(encoding="utf-8")


class Gaze:
    """The browser `page`, in somebody's shoes."""

    def __init__(self, page: Browser) -> None:
        self.page = page
        page.driver.implicitly_wait(0)

    def become(self, role: Role, language: str) -> None:
        """Come in as this role, without the sign-in page; pages are in this language."""
        self.page.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        for name, morsel in role.client(language).cookies.items():
            if name in (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME):
                said = {"name": name, "value": morsel.value, "url": self.page.root, "path": "/"}
                self.page.driver.execute_cdp_cmd("Network.setCookie", said)

    def scheme(self, *, dark: bool) -> None:
        """How the person likes their colours."""
        value = "dark" if dark else "light"
        wanted = {"media": "screen", "features": [{"name": "prefers-color-scheme", "value": value}]}
        self.page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", wanted)

    def faults(self) -> list[Fault]:
        """What axe finds on the page as it stands."""
        self.page.driver.execute_script(script())
        found: list[dict[str, Any]] = self.page.driver.execute_async_script(RUN, [*RULES, ADVICE])
        return [
            Fault(
                each["rule"],
                each["says"],
                each["count"],
                tuple(tuple(node) for node in each["where"]),
                advice=each["rule"] != "axe" and not set(each["tags"]) & set(RULES),
            )
            for each in found
        ]

    @property
    def status(self) -> int:
        """With what the page was answered."""
        script = "return performance.getEntriesByType('navigation')[0].responseStatus"
        return int(self.page.driver.execute_script(script))

    def picture(self, path: Path, *, scale: float = 1) -> None:
        """The page as WebP, to be looked at."""
        width, _ = self.page.window
        height = self.page.driver.execute_script("return document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, HIGHEST), "scale": scale}
        wanted = {"format": "webp", "quality": 60, "captureBeyondViewport": True, "clip": clip}
        shot = self.page.driver.execute_cdp_cmd("Page.captureScreenshot", wanted)
        path.write_bytes(base64.b64decode(shot["data"]))


@contextmanager
def gaze(root: str) -> Iterator[Gaze]:
    """A fresh browser on the house."""
    with browser(root, LAPTOP) as page:
        yield Gaze(page)
