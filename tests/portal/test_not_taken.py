"""Whoever tried to attach a file that was not taken is told so before going on, and again at the check."""

from __future__ import annotations

from typing import Any

from django.test import Client

from qyzmet.portal.models import Draft
from tests.fence.files import PDF
from tests.portal.filling import begin, file, fill, ready, send

PAPER = "bank-account"
LIE = b"MZ-not a document"


def post(visitor: Client, draft: Draft, **said: Any) -> Any:
    return visitor.post(f"/drafts/{draft.ref}/documents", said)


def check(visitor: Client, draft: Draft) -> str:
    return visitor.get(f"/drafts/{draft.ref}/check").content.decode()


def test_a_refused_file_stops_once_and_is_named_at_the_check(citizen: Client) -> None:
    draft = begin(citizen)
    fill(citizen, draft)
    refused = post(citizen, draft, **{PAPER: file("шот.exe", LIE), "keep": "1"})
    assert refused.status_code == 422
    stopped = post(citizen, draft)
    assert stopped.status_code == 422
    assert "«шот.exe» тіркелген жоқ" in stopped.content.decode()
    assert "PDF, JPEG немесе PNG емес" in stopped.content.decode()  # why, once more
    assert [each.id for each in stopped.context["errors"]] == [f"document-{PAPER}"]
    assert post(citizen, draft).status_code == 302
    assert "шот.exe" in check(citizen, draft)


def test_what_was_refused_by_the_button_that_leads_on_was_said_already(citizen: Client) -> None:
    draft = begin(citizen)
    fill(citizen, draft)
    assert post(citizen, draft, **{PAPER: file("шот.exe", LIE)}).status_code == 422
    assert post(citizen, draft).status_code == 302
    assert "шот.exe" in check(citizen, draft)


def test_a_file_the_page_itself_did_not_send_is_named_too(citizen: Client) -> None:
    draft = begin(citizen)
    fill(citizen, draft)
    stopped = post(
        citizen, draft, **{f"refused.{PAPER}": ["bad-size:<b>бейне.mp4", "nonsense:x", "bad-type:"]}
    )
    assert stopped.status_code == 422
    page = stopped.content.decode()
    assert "_b_бейне.mp4" in page
    assert "nonsense" not in page
    assert post(citizen, draft).status_code == 302


def test_another_good_file_does_not_hide_the_refused_one_until_its_owner_does(citizen: Client) -> None:
    draft = begin(citizen)
    fill(citizen, draft)
    post(citizen, draft, **{PAPER: file("шот.exe", LIE), "keep": "1"})
    listed = post(citizen, draft, **{PAPER: file("шот.pdf", PDF), "keep": "1"}).content.decode()
    assert "шот.exe" in listed
    assert "шот.pdf" in listed
    gone = post(citizen, draft, forget=f"{PAPER}.0")
    assert gone.status_code == 200
    assert "шот.exe" not in gone.content.decode()
    assert post(citizen, draft).status_code == 302
    assert "шот.exe" not in check(citizen, draft)


def test_after_filing_nothing_is_remembered_of_it(citizen: Client) -> None:
    draft = ready(citizen)
    post(citizen, draft, **{PAPER: file("шот.exe", LIE), "keep": "1"})
    assert "not-taken" in citizen.session
    send(citizen, draft)
    assert draft.ref not in citizen.session.get("not-taken", {})
