"""Forms filled in as the page asks: each field by its type, from the samples of the demo."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from selenium.webdriver.common.by import By

from qyzmet.demo.samples import Samples
from qyzmet.pages.forms.widgets import typed
from qyzmet.regulation.model import Field
from tests.browser import Browser

__all__ = ["errors_of", "fill", "form_fields"]

COLUMN = re.compile(r"(?P<key>[\w-]+)\[(?P<row>\d+)\]\.(?P<column>[\w-]+)")
ASKED = """
return [...document.querySelectorAll(arguments[0] + ' [name]')].filter(e => e.type !== 'hidden' && e.tagName !== 'BUTTON'
  && e.getClientRects().length).map(e => ({name: e.name, type: e.type, value: e.value, checked: !!e.checked}))
"""
ERRORS = "return [...document.querySelectorAll('main .errors, main .notice.error')].map(e => e.innerText).join(' | ')"
Fields = Mapping[str, Field]


def errors_of(page: Browser) -> str:
    """What the page says is wrong."""
    return str(page.driver.execute_script(ERRORS))


def form_fields(sections: Mapping[str, Any]) -> dict[str, Field]:
    """Every field of a form by its name."""
    return {key: field for section in sections.values() for key, field in section.fields.items()}


def fill(
    page: Browser,
    fields: Fields,
    samples: Samples,
    *,
    within: str = "main form",
    prefix: str = "",
    paper: Path,
) -> int:
    """Answer every required question on the page that has no answer yet; how many were answered."""
    inputs = page.driver.execute_script(ASKED, within)
    answered = {each["name"] for each in inputs if _has_answer(each)}
    done = 0
    for name in dict.fromkeys(each["name"] for each in inputs):
        found = _question(name, fields, samples, prefix) if name not in answered else None
        if found is not None:
            _enter(page, name, *found, paper)
            done += 1
    return done


def _has_answer(shown: Mapping[str, Any]) -> bool:
    return bool(shown["checked"] if shown["type"] in ("radio", "checkbox") else shown["value"])


def _question(name: str, fields: Fields, samples: Samples, prefix: str) -> tuple[Field, Any] | None:
    """The field behind an input and its answer; None for what the form does not require."""
    if not name.startswith(prefix):
        return None
    place = name.removeprefix(prefix)
    inside = COLUMN.fullmatch(place)
    if inside:
        field = fields.get(inside["key"])
        column = (field.of or {}).get(inside["column"]) if field else None
        if field is None or column is None or not column.required:
            return None
        return column, samples.answer(inside["column"], column, inside["key"])
    field = fields.get(place)
    if field is None or not (field.required or place in samples.given):
        return None
    return field, samples.answer(place, field)


def _enter(page: Browser, name: str, field: Field, value: Any, paper: Path) -> None:
    if field.type == "file":
        page.find(f'input[type=file][name="{name}"]').send_keys(str(paper))
        return
    if field.type in ("yes-no", "consent", "choice", "choices"):
        for each in _chosen(value):
            page.choose(name, each)
        return
    found = page.driver.find_element(By.NAME, name)
    found.clear()
    found.send_keys(typed(field, value) or str(value))


def _chosen(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        yield {True: "yes", False: "no"}.get(each, each) if isinstance(each, bool) else str(each)
