"""Every text of portal and pages is there in three languages, and every text a page asks for is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from qyzmet.pages.words import LANGUAGES, table

SRC = Path(__file__).parents[2] / "src" / "qyzmet"
CHECKS = SRC / "signatures" / "texts.yaml"


def test_a_text_is_in_three_languages_and_nothing_else() -> None:
    # A comma in a text that stands without quotes cuts it there, and the rest becomes a language of its own.
    strange = {key: sorted(words) for key, words in table().items() if set(words) != set(LANGUAGES)}
    assert strange == {}


@pytest.mark.parametrize("room", ["pages", "portal"])
def test_every_text_asked_for_is_in_the_table(room: str) -> None:
    templates = (SRC / room / "templates").rglob("*.html")
    said = {key for path in templates for key in re.findall(r"""\bsay ["']([\w.-]+)["']""", path.read_text())}
    code = (path.read_text() for path in (SRC / room).rglob("*.py"))
    said |= {key for text in code for key in re.findall(r'\bsay\("([\w-]+\.[\w.-]+)"', text)}
    assert len(said) > 20
    assert said - set(table()) == set()


def test_every_check_of_a_signature_has_a_name_for_people() -> None:
    checks = {each["check"] for each in yaml.safe_load(CHECKS.read_text("utf-8")).values()}
    assert {check for check in checks if f"signing.check-{check}" not in table()} == set()


def test_everything_the_script_says_stands_in_the_page() -> None:
    script = (SRC / "pages" / "static" / "qyzmet" / "signing.js").read_text("utf-8")
    page = (SRC / "pages" / "templates" / "pages" / "signing" / "ncalayer.html").read_text("utf-8")
    said = set(re.findall(r'(?:tell|Told)\("([\w-]+)"', script))
    assert len(said) > 8
    assert said - set(re.findall(r'data-state="([\w-]+)"', page)) == set()
