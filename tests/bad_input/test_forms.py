"""Whatever is typed into whichever form: an answer of ours in words, nothing half done, nothing run, nothing lost."""

from __future__ import annotations

import copy
import hashlib
import logging
from collections.abc import Iterator
from datetime import datetime
from itertools import cycle, islice
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from lxml import html
from pytest_django import DjangoDbBlocker

from qyzmet.cases import laws
from qyzmet.cases.dates import calendars
from qyzmet.cases.models import Entry
from qyzmet.config import clock
from qyzmet.people import directory
from tests.bad_input.forms import Found, found_forms, read
from tests.bad_input.hostile import HOSTILE, MARK, Way
from tests.office.keys import answering
from tests.reach import stage
from tests.reach.roles import ROLES

pytestmark = pytest.mark.django_db

OURS = {200, 302, 303, 400, 401, 403, 404, 409, 410, 413, 422, 429}
KEEPS = {"draft-part", "draft-documents"}
"""Pages of a draft: what is typed is kept, also what is wrong."""
TOLD = {"contact"}
"""Pages on which an attempt is itself an entry: each look-up is written down, also one that finds nothing."""
APART = {
    "attempt",
    "blob",
    "entry",
    "payload",
    "stream",
    "session",
    "accessattempt",
    "accesslog",
    "accessfailurelog",
}
"""Tables of what was tried and read, and of bytes nobody names yet."""
FORM = "application/x-www-form-urlencoded"
QUICK, LONG = 1, 6
"""Inputs of a form in the quick run and in the long one, each form beginning where the one before it stopped."""


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker, data_folder: None) -> Iterator[datetime]:
    """The sample world of the addresses, made once; everything is undone afterwards."""
    whole = transaction.atomic()
    whole._from_testcase = True  # the tests are transactions within this one
    with django_db_blocker.unblock(), clock.hold(stage.NOW), answering(), whole:
        stage.set_up(stage.NOW)
        yield stage.NOW
        transaction.set_rollback(True)
    for kept in (calendars, laws, directory):
        kept.forget()


@pytest.fixture
def quiet() -> Iterator[None]:
    """A record of a refusal keeps the whole request, and some of these are large."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.full)])
def test_every_form_answers_whatever_is_typed(house: datetime, quiet: None, whole: bool) -> None:
    faults: list[str] = []
    forms, posts, inputs = found_forms(house), 0, cycle(HOSTILE)
    browsers: dict[str, Client] = {}
    before: dict[bool, str] = {}
    for form in forms:
        if form.name == "clock-next":
            continue  # moves the clock everybody stands on
        if form.role not in browsers:  # whose signing in is written down
            browsers[form.role] = ROLES[form.role].client("ru")
            before = {drafts: _state(drafts=drafts) for drafts in (True, False)}
        browser = browsers[form.role]
        for way in islice(inputs, LONG if whole else QUICK):
            posts += 1
            found = [*_tried(browser, form, way, before[form.name not in KEEPS])]
            faults += [f"{form.role} {form.page} → {form.name}, {way.name}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)
    print(f"{len(forms)} forms of {len({form.name for form in forms})} addresses, {posts} inputs")


def _tried(browser: Client, form: Found, way: Way, state: str) -> Iterator[str]:
    visitor = Client(enforce_csrf_checks=not way.csrf, raise_request_exception=False)
    visitor.cookies = copy.deepcopy(browser.cookies)
    with transaction.atomic():
        answer = _send(visitor, form, way.body(form.sent))
        yield from _ours(form, way, answer)
        refused = answer.status_code >= 400 and form.method == "POST" and form.name not in TOLD
        if refused and _state(drafts=form.name not in KEEPS) != state:
            yield f"{answer.status_code}, and yet something was done"
        transaction.set_rollback(True)


def _send(visitor: Client, form: Found, body: Any) -> Any:
    if form.method == "GET":
        if isinstance(body, bytes):
            return visitor.get(form.action.partition("?")[0], QUERY_STRING=body.decode())
        short = {name: [each[:4000] for each in value] for name, value in list(body.items())[:50]}
        return visitor.get(form.action.partition("?")[0], short)
    if isinstance(body, bytes):
        return visitor.post(form.action, body, content_type=FORM)
    return visitor.post(form.action, body)


def _ours(form: Found, way: Way, answer: Any) -> Iterator[str]:
    """What is wrong with an answer."""
    if answer.status_code not in OURS:
        yield f"answered with {answer.status_code} {getattr(answer, 'exc_info', '')}"[:600]
        return
    if not way.csrf and form.method == "POST" and answer.status_code not in (302, 401, 403):
        yield f"done without its token: {answer.status_code}"
    if answer.status_code in (302, 303):
        there = urlsplit(answer["Location"])
        if there.scheme or there.netloc:
            yield f"led to {answer['Location']}"
        return
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        if answer.status_code >= 400:
            yield f"{answer.status_code} in {answer.headers.get('Content-Type')}"
        return
    words = answer.content.decode()
    if "<main" not in words:
        yield f"{answer.status_code} without a page of ours"
    if MARK in words or "<script>hostile" in words or "<img src=x" in words:
        yield "what was typed is run"
    if "Traceback" in words:
        yield "a traceback"
    if answer.status_code == 422:
        yield from _told(form, way, words)


def _told(form: Found, way: Way, words: str) -> Iterator[str]:
    """A refusal says what is wrong, leads to the field, and keeps what was typed."""
    page = html.fromstring(words)
    summary = page.xpath("//*[contains(@class, 'errors') or contains(@class, 'problem') or @role='alert']")
    if not summary or not " ".join(" ".join(each.text_content().split()) for each in summary):
        yield "422 without a word of what is wrong"
    ids = set(page.xpath("//@id"))
    yield from (
        f"{href} leads nowhere"
        for each in summary
        for href in each.xpath(".//a/@href")
        if href[:1] == "#" and href[1:] not in ids
    )
    if way.name in ("an apostrophe", "a page", "a statement", "30 February"):
        text = way.body(form.sent)
        for again in read(words, form.page):
            same = urlsplit(again.action).path == urlsplit(form.action).path
            if same and again.name == form.name and again.sent.values.keys() >= set(form.sent.typed):
                yield from (f"{name} lost what was typed" for name in _lost(form, again, text, page))
                return


def _lost(form: Found, again: Found, text: dict[str, list[str]], page: Any) -> Iterator[str]:
    """What a person typed and the page no longer has; passwords, codes and choices are given anew."""
    anew = set(
        page.xpath("//select/@name | //input[@type='password' or @autocomplete='one-time-code']/@name")
    )
    for name in form.sent.typed:
        had, has = ("".join(each[name][0].split()) for each in (text, again.sent.values))
        if name not in anew and had[:12] != has[:12]:
            yield name


def _state(*, drafts: bool) -> str:
    """Every row of the house, but for those of what was tried and read, and on demand for drafts."""
    digest = hashlib.sha256()
    for model in apps.get_models():
        if model._meta.model_name in APART or (model._meta.model_name == "draft" and not drafts):
            continue
        if model.__module__.startswith("qyzmet."):
            names = [
                each.attname
                for each in model._meta.concrete_fields
                if each.get_internal_type() != "BinaryField"
            ]
            if model._meta.model_name == "account":
                names.remove("last_login")
            if model._meta.model_name == "edition":
                names = ["pk"]
            digest.update(repr(list(model.objects.order_by("pk").values_list(*names))).encode())
    digest.update(repr(Entry.objects.exclude(stream__startswith="reads:").count()).encode())
    return digest.hexdigest()
