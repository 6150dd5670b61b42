"""A person who has a keyboard and nothing else."""

from __future__ import annotations

from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser import Browser

__all__ = ["Keyboard"]

MOST = 120
"""So many times Tab is pressed before a thing counts as out of reach."""
HIDDEN = """
const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
if (one === document.body) return '';
const name = one.outerHTML.slice(0, 120);
if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) return 'outside: ' + name;
if (!one.matches(':focus-visible')) return 'not shown as focused: ' + name;
if (style.outlineStyle === 'none' && one.id !== 'main') return 'no outline: ' + name;
const spots = [...one.getClientRects()].map(r => [r.x + r.width / 2, r.y + Math.min(r.height, innerHeight) / 2]);
const seen = spots.some(([x, y]) => { const top = document.elementFromPoint(x, y); return top && (one.contains(top) || top.contains(one)); });
return seen ? '' : 'beneath something: ' + name;
"""


class Keyboard:
    """Presses keys on a page; never a pointer."""

    def __init__(self, page: Browser) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        ActionChains(self.page.driver).send_keys(*keys).perform()

    def on(self, css: str) -> bool:
        """Whether what has the focus is this."""
        return bool(
            self.page.driver.execute_script("return document.activeElement.matches(arguments[0])", css)
        )

    def to(self, css: str) -> None:
        """Tab until this has the focus."""
        for _ in range(MOST):
            if self.on(css):
                return
            self.press(Keys.TAB)
        raise AssertionError(f"{css} is not reached by Tab on {self.page.path}")

    def type(self, name: str, words: str) -> None:
        self.to(f'[name="{name}"]')
        ActionChains(self.page.driver).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).perform()
        self.press(words)

    def choose(self, name: str, value: str) -> None:
        """A radio button by the arrows of its group, a box by Space, a list by the arrows."""
        wanted = f'[name="{name}"][value="{value}"]'
        self.to(f'[name="{name}"]')
        if self.on("select"):
            self._down(f'return document.activeElement.value === "{value}"')
        elif self.on("[type=radio]"):
            if not self.page.driver.execute_script("return document.activeElement.checked"):
                self.press(Keys.SPACE)
            self._down(f"return document.activeElement.matches('{wanted}')")
        elif not self.page.driver.execute_script("return document.activeElement.checked"):
            self.press(Keys.SPACE)

    def enter(self, css: str) -> None:
        """Go to a button or a link and press Enter; wait for the page that comes of it."""
        self.to(css)
        with self.page.leaving():
            self.press(Keys.ENTER)

    @property
    def hidden(self) -> str:
        """Why what has the focus cannot be seen to have it; empty when it can."""
        return str(self.page.driver.execute_script(HIDDEN))

    def _down(self, until: str) -> None:
        for _ in range(MOST):
            if self.page.driver.execute_script(until):
                return
            self.press(Keys.ARROW_DOWN)
        raise AssertionError(until)
