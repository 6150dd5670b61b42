"""Every address for every role, asked without a browser: it answers, strictly framed, with nothing from elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.http.response import HttpResponseBase
from lxml import html

from tests.reach.addresses import ADDRESSES, Found, addresses
from tests.reach.roles import ROLES

MISSING = {"/verify/NOBODY-HAS-THIS": 404, "/reset/nobody-sent-this": 410}
"""Pages that say that there is nothing, by what they are answered with."""
NONE_AMONG_THE_FEW = {
    "office-hearing", "office-hearing-call-off", "handing-give", "handing-receipt", "handing-remind",
    "visit", "visit-appoint", "visit-cancel",
}  # fmt: skip
"""No appointed hearing, result to collect or home visit stands in the small world; their rooms' own tests open these."""
LOADED = (
    "//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //img/@src | //iframe/@src | //source/@src"
    " | //object/@data | //embed/@src | //video/@src | //audio/@src"
)
SLOW_LINE = 168 * 1024
"""Bytes of a page on its first visit, uncompressed: words, styles, scripts. 14 s on a line of 100 kbit/s; the heaviest
carries the drawing of a whole procedure and the tables of its act, other pages weigh a third of it."""


def test_every_address_answers_its_role(world: datetime) -> None:
    seen: Counter[str] = Counter()
    faults: list[str] = []
    for role in ROLES.values():
        client = role.client("kk")
        for found in list(addresses(role, world, kinds=("page", "download", "leads", "posts"))):
            answer = client.get(found.path)
            seen[found.name] += 1
            faults += [f"{role.name} {found.path}: {fault}" for fault in _faults(found, answer)]
    assert not faults, "\n".join(faults)
    nobody = {name for name in ADDRESSES if not seen[name]}
    assert nobody <= NONE_AMONG_THE_FEW, f"nobody has anything at {nobody - NONE_AMONG_THE_FEW}"
    print(f"{sum(seen.values())} addresses of {len(seen)} patterns asked")


def _faults(found: Found, answer: HttpResponseBase) -> list[str]:
    faults = [] if answer.status_code in _expected(found) else [f"answered with {answer.status_code}"]
    if found.kind == "page" and not answer.headers["Content-Type"].startswith("text/html"):
        faults.append(answer.headers["Content-Type"])
    faults += _frame(answer.headers)
    if found.kind == "page" and answer.status_code < 500:
        faults += _page(answer.content.decode())  # type: ignore[attr-defined]
    return faults


def _expected(found: Found) -> tuple[int, ...]:
    if found.kind == "page":
        return (MISSING.get(found.path, 200),)
    return {"download": (200,), "leads": (302,), "posts": (302, 303, 405)}[found.kind]


def _frame(headers: dict[str, str]) -> list[str]:
    """The policy of the answer: nothing inline, nothing evaluated, nothing from elsewhere."""
    said = headers.get("Content-Security-Policy", "")
    rules = {name: words for name, *words in (part.split() for part in said.split(";") if part.strip())}
    faults = [] if rules.get("default-src") == ["'self'"] else [f"policy {said!r}"]
    faults += [f"{word} in {name}" for name, words in rules.items() for word in words if _lax(name, word)]
    faults += [
        f"no {name}"
        for name in ("object-src", "base-uri", "form-action", "frame-ancestors")
        if name not in rules
    ]
    if headers.get("X-Content-Type-Options") != "nosniff":
        faults.append("no nosniff")
    return faults


def _lax(name: str, word: str) -> bool:
    """A program on the citizen's own machine signs; its socket is the one other place that may be asked."""
    if word in ("'self'", "'none'"):
        return False
    if name == "img-src":
        return word != "data:"
    return not (name == "connect-src" and urlsplit(word).hostname in ("127.0.0.1", "localhost"))


def _page(text: str) -> list[str]:
    page = html.fromstring(text)
    faults = [f"loads {src}" for src in page.xpath(LOADED) if not _own(str(src))]
    faults += [f"style attribute on <{each.tag}>" for each in page.xpath("//*[@style]")][:3]
    faults += ["a <style> of its own"] if page.xpath("//style") else []
    faults += ["an inline script"] if page.xpath("//script[not(@src)]") else []
    faults += [
        f"{name} on <{each.tag}>" for each in page.iter() for name in each.attrib if name.startswith("on")
    ]
    faults += [] if len(page.xpath("//h1")) == 1 else [f"{len(page.xpath('//h1'))} h1"]
    faults += [] if page.get("lang") == "kk" else [f"lang {page.get('lang')}"]
    faults += [f"unsaid {words}" for words in re.findall(r"\{[a-z_]+\}|\{\{|\{%", page.text_content())][:3]
    faults += [f"id {each} twice" for each, times in Counter(page.xpath("//@id")).items() if times > 1]
    weight = len(text.encode()) + sum(_weight(str(src)) for src in page.xpath(LOADED))
    faults += [f"weighs {weight} bytes"] if weight > SLOW_LINE else []
    return faults


def _own(src: str) -> bool:
    return src.startswith(("/static/", "data:image/")) or (src.startswith("/") and not src.startswith("//"))


def _weight(src: str) -> int:
    found = finders.find(src.removeprefix("/static/")) if src.startswith("/static/") else None
    return len(open(found, "rb").read()) if isinstance(found, str) else 0


pytestmark = pytest.mark.django_db
