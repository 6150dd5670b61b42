"""Every page of every role: axe finds nothing, nothing hangs over an edge, the browser complains of nothing.

Here in Kazakh, each page once, at the width of a phone or of a laptop, in the light or in the dark; every kind of page
also at 320 and 1920 pixels. `make sheet` has all of them in three languages at both widths, with pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from qyzmet.config import clock
from tests.browser import LAPTOP, PHONE, served
from tests.office.keys import answering
from tests.reach import stage
from tests.reach.addresses import Found, everything
from tests.reach.gaze import Gaze, gaze
from tests.reach.roles import ROLES

pytestmark = pytest.mark.full
NARROWEST, WIDEST = (320, 640), (1920, 1080)
READ = """
const words = [], skipped = 'pre, code, .code, .hash, .plainly, [lang]:not(html), svg, script, style, select';
const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const parent = walk.currentNode.parentElement;
  if (!parent.closest(skipped) && parent.checkVisibility()) words.push(walk.currentNode.data);
}
return [words.join('\\n'), document.documentElement.lang, document.querySelectorAll('h1').length, document.title];
"""
ID = re.compile(r"(?<![\w@/.:«-])[a-z]+(?:[-.][a-z]+)+(?![\w@/:»-])")
"""`land-title`, `case.registered`: what our files call things, and no reader does."""
CLAUSE = re.compile(r"\b[A-Z]{1,4}\d{2,4} (?:§|an\.|r\d)")
"""`A120 §5(1)`: what our files call a clause."""
RATHER_IDS = ("admin", "audit", "supervision-recount")
"""Who administers or audits reads the ids of things beside their names."""
FILE = re.compile(r"\.(?:pdf|png|jpe?g|csv|xlsx|zip|ics)$")
LAWS_OF_TESTS = {"pigeon-post"}


@pytest.fixture
def house(committed: None) -> Iterator[str]:
    with clock.hold(stage.NOW), answering(), served() as address:
        stage.set_up(stage.NOW)
        yield address


def test_axe_finds_nothing_on_any_page_of_any_role(house: str) -> None:
    """Each kind of page as two of its roles see it; `make sheet` looks at all of them."""
    roles: dict[str, list[str]] = {}
    for page in (found := list(everything(stage.NOW))):
        roles.setdefault(page.name, []).append(page.role)
    pages = [page for page in found if page.role in (roles[page.name][0], roles[page.name][-1])]
    faults: list[str] = []
    known: set[str] = set()
    with gaze(house) as look:
        for number, (role, page) in enumerate((each.role, each) for each in pages):
            if number == 0 or role != pages[number - 1].role:
                look.become(ROLES[role], "kk")
            look.scheme(dark=number // 2 % 2 == 1)
            look.page.size(*(PHONE if number % 2 else LAPTOP))
            look.page.open(page.path)
            faults += [f"{role} {page.path}: {fault}" for fault in _faults(look, page)]
            if page.name not in known:
                known.add(page.name)
                faults += [f"{role} {page.path}: {fault}" for fault in _edges(look)]
    assert not faults, f"{len(faults)} on {len(pages)} pages\n" + "\n".join(faults)
    print(f"{len(pages)} pages of {len(known)} kinds, axe: 0 violations")


def _faults(look: Gaze, page: Found) -> Iterator[str]:
    if look.status >= 500:
        yield f"answered with {look.status}"
    yield from (f"axe {fault}" for fault in look.faults() if not fault.advice)
    if look.page.sideways > 0:
        yield f"{look.page.sideways} px wider than {look.page.window[0]}"
    yield from (f"browser: {said}" for said in look.page.complaints() if "status of 4" not in said)
    words, language, headings, title = look.page.driver.execute_script(READ)
    if (language, headings) != ("kk", 1) or not title.strip(" ·"):
        yield f"lang {language}, {headings} h1, title {title!r}"
    if not page.name.startswith(RATHER_IDS):
        ids = {each for each in ID.findall(words) if not FILE.search(each)}
        yield from (f"reads {each!r}" for each in sorted((ids | {*CLAUSE.findall(words)}) - LAWS_OF_TESTS))


def _edges(look: Gaze) -> Iterator[str]:
    for size in (NARROWEST, WIDEST):
        look.page.size(*size)
        if look.page.sideways > 0:
            yield f"{look.page.sideways} px wider than {size[0]}"
