"""Every form of every page of every role, found by reading the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from lxml import html

from tests.bad_input.hostile import Sent
from tests.reach.addresses import addresses
from tests.reach.roles import ROLES

__all__ = ["Found", "found_forms", "read"]

UNTYPED = {"hidden", "submit", "button", "radio", "checkbox", "file", "reset"}
NUMBERS = re.compile(r"\d+|[0-9a-f]{16,}")


@dataclass(frozen=True)
class Found:
    """A form of a page: who sees it, where it goes, and what is in it. `name`: of the address it goes to."""

    role: str
    page: str
    action: str
    method: str
    name: str
    sent: Sent


def found_forms(now: datetime) -> list[Found]:
    """One of each kind: forms with the same address and the same fields are one kind."""
    kinds: dict[Any, Found] = {}
    for role in ROLES.values():
        client = role.client("ru")
        for page in list(addresses(role, now, kinds=("page",))):
            answer = client.get(page.path)
            if answer.status_code >= 500 or not answer.headers.get("Content-Type", "").startswith(
                "text/html"
            ):
                continue
            for form in read(answer.content.decode(), page.path):
                names = frozenset(NUMBERS.sub("#", name) for name in form.sent.values)
                kinds.setdefault((form.name, form.method, names), Found(role.name, *_rest(form)))
    return list(kinds.values())


def _rest(form: Found) -> tuple[Any, ...]:
    return form.page, form.action, form.method, form.name, form.sent


def read(text: str, page: str) -> Iterator[Found]:
    """The forms of one page, filled in as it gives them; of buttons the first."""
    for form in html.fromstring(text).forms if text.strip() else ():
        action = form.get("action") or ""
        address = (
            page if not action else page.partition("?")[0] + action if action.startswith("?") else action
        )
        name = _named(address)
        if name is not None:
            yield Found("", page, address, (form.get("method") or "get").upper(), name, _sent(form))


def _named(address: str) -> str | None:
    try:
        return str(resolve(urlsplit(address).path).url_name)
    except Resolver404:
        return None


def _sent(form: Any) -> Sent:
    values: dict[str, list[str]] = {}
    for name, value in form.form_values():
        if name != "csrfmiddlewaretoken":
            values.setdefault(name, []).append(value)
    button = next(iter(form.xpath(".//button[@name][@value]")), None)
    if button is not None and not button.get("tabindex"):
        values.setdefault(button.get("name"), [button.get("value")])
    typed, files = [], []
    for each in form.inputs:
        kind = each.get("type", "text") if each.tag == "input" else each.tag
        if each.name and kind == "file":
            files.append(each.name)
        elif each.name and (each.tag in ("textarea", "select") or kind not in UNTYPED):
            typed.append(each.name)
            values.setdefault(each.name, [""])
    return Sent(values, tuple(dict.fromkeys(typed)), tuple(files))
