"""The same draft in two tabs, the same page sent twice or sent again from behind: nothing is lost, nothing done twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from lxml import html

from qyzmet.cases.models import Case, Entry
from qyzmet.config import clock
from qyzmet.portal.models import Draft
from tests.cases.conftest import emptying
from tests.fence.files import PDF, pdf
from tests.office.keys import answering
from tests.portal.conftest import MONDAY, citizen, monday, settle, signed_in
from tests.portal.filling import PAGES, begin, file, fill, page_of, ready, signature, upload

__all__ = ["citizen", "emptying", "monday"]

PAPER = "bank-account"


def drawn(visitor: Client, draft: Draft, page: str) -> dict[str, str]:
    """What a tab holds that was opened now: the answers as they stand in it, and from what it was drawn."""
    tree = html.fromstring(visitor.get(f"/drafts/{draft.ref}/part/{page}").content.decode())
    (form,) = (each for each in tree.forms if each.xpath(".//input[@name='seen']"))
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def post(visitor: Client, draft: Draft, page: str, sent: dict[str, str]) -> Any:
    answer = visitor.post(f"/drafts/{draft.ref}/part/{page}", sent)
    draft.refresh_from_db()
    return answer


def test_what_only_one_of_two_tabs_changed_is_kept_whichever_came_last(citizen: Client) -> None:
    draft = begin(citizen)
    fill(citizen, draft, "applicant")
    one, other = drawn(citizen, draft, "applicant"), drawn(citizen, draft, "applicant")
    assert post(citizen, draft, "applicant", one | {"phone": "+7 702 000 00 00"}).status_code == 302
    assert post(citizen, draft, "applicant", other | {"email": "a@b.kz"}).status_code == 302
    assert (draft.form["phone"], draft.form["email"]) == ("+7 702 000 00 00", "a@b.kz")


def test_what_both_changed_is_shown_both_ways_and_asked_again(citizen: Client) -> None:
    draft = begin(citizen)
    fill(citizen, draft, "applicant")
    one, other = drawn(citizen, draft, "applicant"), drawn(citizen, draft, "applicant")
    post(citizen, draft, "applicant", one | {"phone": "+7 702 000 00 00"})
    answer = post(citizen, draft, "applicant", other | {"phone": "+7 703 111 11 11", "email": "a@b.kz"})
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "басқа қойындыда өзгертілген, онда: +7 702 000 00 00" in words
    assert 'value="+7 703 111 11 11"' in words
    assert 'href="#phone"' in words
    assert (draft.form["phone"], draft.form["email"]) == ("+7 702 000 00 00", "a@b.kz")
    tree = html.fromstring(words)
    (form,) = (each for each in tree.forms if each.xpath(".//input[@name='seen']"))
    assert post(citizen, draft, "applicant", dict(form.form_values())).status_code == 302
    assert draft.form["phone"] == "+7 703 111 11 11"


def test_what_two_tabs_answered_alike_is_no_quarrel(citizen: Client) -> None:
    draft = begin(citizen)
    one, other = drawn(citizen, draft, "applicant"), drawn(citizen, draft, "applicant")
    said = PAGES["applicant"]
    assert post(citizen, draft, "applicant", one | said).status_code == 302
    assert post(citizen, draft, "applicant", other | said).status_code == 302


def test_a_session_that_ended_while_another_tab_went_on_loses_neither(citizen: Client) -> None:
    draft = begin(citizen)
    fill(citizen, draft, "applicant")
    late = drawn(citizen, draft, "applicant") | {"phone": "+7 703 111 11 11"}
    fill(citizen, draft, "applicant")
    post(citizen, draft, "applicant", drawn(citizen, draft, "applicant") | {"phone": "+7 702 000 00 00"})
    fresh = Client(HTTP_ACCEPT_LANGUAGE="kk")
    answer = fresh.post(f"/drafts/{draft.ref}/part/applicant", late)
    assert answer.status_code == 401
    tree = html.fromstring(answer.content.decode())
    (form,) = (each for each in tree.forms if each.xpath(".//input[@name='kept']"))
    back = fresh.post(
        "/sign-in", dict(form.form_values()) | {"number": "900205417747", "password": "qyzmet-demo"}
    )
    words = fresh.get(back["Location"]).content.decode()
    assert "онда: +7 702 000 00 00" in words
    assert 'value="+7 703 111 11 11"' in words


def test_files_of_two_tabs_all_stay(citizen: Client) -> None:
    draft = begin(citizen)
    for name in ("one.pdf", "two.pdf"):
        stale = Client()
        stale.cookies = citizen.cookies
        assert (
            stale.post(f"/drafts/{draft.ref}/documents", {PAPER: file(name), "keep": "1"}).status_code == 200
        )
    draft.refresh_from_db()
    assert [each["name"] for each in draft.documents[PAPER]] == ["one.pdf", "two.pdf"]


def test_taking_a_file_away_twice_takes_one(citizen: Client) -> None:
    draft = begin(citizen)
    files = [file("one.pdf", PDF), file("two.pdf", pdf(2))]
    answer = citizen.post(f"/drafts/{draft.ref}/documents", {PAPER: files, "keep": "1"})
    first = html.fromstring(answer.content.decode()).xpath("//button[@name='remove']/@value")[0]
    for _ in range(2):
        assert citizen.post(f"/drafts/{draft.ref}/documents", {"remove": first}).status_code == 200
    draft.refresh_from_db()
    assert [each["name"] for each in draft.documents[PAPER]] == ["two.pdf"]


def test_a_page_sent_again_after_filing_leads_to_the_case(citizen: Client) -> None:
    draft = ready(citizen)
    page = page_of(citizen, draft)
    signed = signature(citizen, page)
    old = drawn(citizen, draft, "applicant") | {"phone": "+7 703 111 11 11"}
    assert upload(citizen, page, signed).status_code == 302
    case, entries = Case.objects.get(), Entry.objects.count()
    for answer in (
        post(citizen, draft, "applicant", old),
        citizen.post(f"/drafts/{draft.ref}/documents", {PAPER: file(), "keep": "1"}),
        citizen.post(f"/drafts/{draft.ref}/check"),
    ):
        assert answer["Location"] == f"/cabinet/{case.ref}"
    assert upload(citizen, page, signed).status_code == 302
    assert (Case.objects.count(), Entry.objects.count()) == (1, entries)
    assert draft.form["phone"] == PAGES["applicant"]["phone"]


# Two clicks at one moment, in two threads, with acts that really commit.


@pytest.fixture
def house(committed: None) -> Iterator[None]:
    with clock.hold(MONDAY), answering():
        settle("housing-assistance", "general/complaint", "general/hearing")
        yield


def both(visitor: Client, job: Callable[[Client], Any]) -> list[Any]:
    """The same done twice at once, by two browsers with one session."""
    answers: list[Any] = []
    start = threading.Barrier(2)

    def click() -> None:
        browser = Client(HTTP_ACCEPT_LANGUAGE="kk")
        browser.cookies = visitor.cookies
        start.wait()
        try:
            answers.append(job(browser))
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(answers) == 2
    return answers


@pytest.mark.once
def test_two_clicks_on_one_button_do_it_once(house: None) -> None:
    """Answers of two pages at once, files of two tabs at once, one signature sent twice."""
    visitor = signed_in()
    draft = ready(visitor)
    pages = iter([("applicant", {"email": "a@b.kz"}), ("account", {"bank": "Басқа банк"})])
    turn = threading.Lock()

    def answer_one(browser: Client) -> Any:
        with turn:
            page, said = next(pages)
        return browser.post(f"/drafts/{draft.ref}/part/{page}", PAGES[page] | said)

    assert [each.status_code for each in both(visitor, answer_one)] == [302, 302]
    before = len(Draft.objects.get().documents[PAPER])
    both(
        visitor, lambda browser: browser.post(f"/drafts/{draft.ref}/documents", {PAPER: file(), "keep": "1"})
    )
    kept = Draft.objects.get()
    assert (kept.form["email"], kept.form["bank"]) == ("a@b.kz", "Басқа банк")
    assert len(kept.documents[PAPER]) == before + 2
    page = page_of(visitor, kept)
    signed = signature(visitor, page)
    answers = both(visitor, lambda browser: upload(browser, page, signed))
    assert {each.status_code for each in answers} <= {302, 409}
    assert Case.objects.count() == 1
    assert Entry.objects.filter(act="case.received").count() == 1
