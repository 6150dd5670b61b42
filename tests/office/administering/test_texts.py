"""Every text of the administrator is used by some page, under its own name or one made from it."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from qyzmet.office.administering.gate import SECTIONS
from qyzmet.pages.words import table

OFFICE = Path(__file__).parents[3] / "src" / "qyzmet" / "office"
MADE = re.compile(r"^(f|to|part|set|short|type|reviewed|move|r|file|in)-|-(what|done|hint)$")
"""Keys put together from a field, a section, a part of a package, a set of hours, a weekday, a verb."""


def spoken() -> str:
    files = [*(OFFICE / "administering").rglob("*.py"), *(OFFICE / "templates").rglob("*.html")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_every_section_has_its_texts() -> None:
    assert {f"admin-{section}.title" for section in SECTIONS} <= set(table())
    assert {f"admin-{section}.what" for section in SECTIONS} <= set(table())


def test_no_text_of_the_administrator_is_left_over() -> None:
    said = spoken()
    keys = {key for key in table() if key.startswith("admin")}
    left = {
        key
        for key in keys
        if not MADE.search(name := key.partition(".")[2])
        and f'"{name}' not in said
        and f".{name}" not in said
    }
    assert left == {"admin-accounts.legal-entity"}  # by the kind of an account


def test_every_field_of_the_history_has_words() -> None:
    acts = OFFICE.parent / "cases" / "acts" / "administering"
    codes = {
        c
        for p in acts.glob("*.py")
        for c in re.findall(r'"([a-z]+\.[a-z-]+)"', p.read_text(encoding="utf-8"))
    }
    assert len(codes) > 15
    assert {code for code in codes if f"happened.{code}" not in table()} == set()


def test_every_set_of_hours_of_the_product_has_a_name() -> None:
    sets = yaml.safe_load((OFFICE.parent / "clock" / "hours.yaml").read_text(encoding="utf-8"))
    assert {f"admin-hours.set-{name}" for name in sets} <= set(table())
