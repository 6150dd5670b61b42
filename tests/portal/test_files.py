"""What people attach: shown as what its bytes say, under a name that says the same, and not without end."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from qyzmet.cases.models import Case
from qyzmet.documents.models import Document
from qyzmet.portal.models import Draft
from tests.fence.files import PDF, PNG
from tests.portal.conftest import MONDAY
from tests.portal.filling import begin, file, ready, send

PAPER = "bank-account"


def attach(visitor: Client, draft: Draft, *files: Any) -> Any:
    answer = visitor.post(f"/drafts/{draft.ref}/documents", {PAPER: list(files), "keep": "1"})
    draft.refresh_from_db()
    return answer


def seen(visitor: Client, draft: Draft) -> Any:
    return visitor.get(f"/drafts/{draft.ref}/documents/{PAPER}/0")


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "script.js", "program.exe", "nothing"])
def test_a_file_is_served_by_its_bytes_and_not_by_its_name(citizen: Client, name: str) -> None:
    draft = begin(citizen)
    attach(citizen, draft, file(name, PDF + b"<script>alert(1)</script>"))
    answer = seen(citizen, draft)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == f'inline; filename="{name}.pdf"'
    assert answer["Cache-Control"] == "private, no-store"


def test_a_picture_may_fetch_and_run_nothing(citizen: Client) -> None:
    draft = begin(citizen)
    attach(citizen, draft, file("photo.PNG", PNG))
    answer = seen(citizen, draft)
    assert answer["Content-Disposition"] == 'inline; filename="photo.PNG"'
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00", b"<svg onload=alert(1)>", b"PK\x03\x04", b"GIF89a", b" %PDF-"]
)
def test_what_is_neither_pdf_nor_picture_is_not_taken(citizen: Client, content: bytes) -> None:
    draft = begin(citizen)
    assert attach(citizen, draft, file("scan.pdf", content)).status_code == 422
    assert draft.documents.get(PAPER, []) == []


def test_at_the_check_every_file_is_still_a_press_away(citizen: Client) -> None:
    draft = begin(citizen)
    attach(citizen, draft, file())
    page = citizen.get(f"/drafts/{draft.ref}/check").content.decode()
    assert f'href="/drafts/{draft.ref}/documents/{PAPER}/0"' in page


def test_the_twenty_first_file_of_a_document_is_refused_aloud(citizen: Client) -> None:
    draft = begin(citizen)
    answer = attach(citizen, draft, *(file(f"{n}.pdf") for n in range(21)))
    assert answer.status_code == 422
    assert "20 файлға дейін" in answer.content.decode()
    assert len(draft.documents[PAPER]) == 20
    assert attach(citizen, draft, file()).status_code == 422
    assert len(draft.documents[PAPER]) == 20


@pytest.mark.parametrize("place", ["²", "-1", "20", "9" * 5000, ""])
def test_taking_away_a_file_that_is_not_there_takes_nothing(citizen: Client, place: str) -> None:
    draft = begin(citizen)
    attach(citizen, draft, file())
    assert citizen.post(f"/drafts/{draft.ref}/documents", {"remove": f"{PAPER}.{place}"}).status_code == 200
    draft.refresh_from_db()
    assert len(draft.documents[PAPER]) == 1


def test_a_paper_given_at_the_window_has_no_file_to_show(citizen: Client) -> None:
    send(citizen, ready(citizen))
    filed = Case.objects.get()
    papers = {**filed.filing.documents, PAPER: [{"name": "on paper", "size": 0, "sha256": "", "paper": True}]}
    type(filed.filing).objects.filter(pk=filed.pk).update(documents=papers)
    assert citizen.get(f"/cabinet/{filed.ref}/files/{PAPER}/0").status_code == 404


def test_the_recipient_gets_what_was_issued_but_not_how_each_member_voted(citizen: Client) -> None:
    send(citizen, ready(citizen))
    filed = Case.objects.get()
    for seq, issued in enumerate(("minutes", "notice"), start=90):
        Document.objects.create(
            case=filed, seq=seq, issued=issued, template="notice.typ", code=f"ABCD-EF01-2345-67{seq}",
            number=f"АЛТ-1/{seq}", name={"kk": issued}, issuer={"kk": "Бөлім"}, content={}, digest="a" * 64, size=10,
            issued_at=MONDAY,
        )  # fmt: skip
    page = citizen.get(f"/cabinet/{filed.ref}")
    assert [each["document"].issued for each in page.context["documents"]] == ["notice"]
    assert citizen.get(f"/cabinet/{filed.ref}/files/issued/1").status_code == 404
