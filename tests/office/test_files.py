"""Files of a case: shown to who sees the papers, to nobody else."""

from __future__ import annotations

from datetime import datetime

import pytest

from qyzmet.cases import blobs
from qyzmet.cases.models import Case, Entry, Outbox
from qyzmet.documents.issue import issue
from qyzmet.documents.models import Document
from tests.cases.test_housing_assistance import application
from tests.cases.town import Town, citizen, complete, file, open_step
from tests.office.desk import PDF, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(housing: Town, monday: datetime) -> Case:
    digest = blobs.put(PDF, "application/pdf", now=monday)
    papers = {
        key: [{"name": f"{key} – «шот».pdf", "size": len(PDF), "sha256": digest}] for key in ("bank-account",)
    }
    asked = application()
    filed = file(citizen(), application(documents={**asked.documents, **papers}), now=monday)
    complete(housing.actor("responsible-specialist"), filed.ref, open_step(filed, "register").no, now=monday)
    return filed


def test_an_attachment_is_streamed_as_it_was_given(housing: Town, case: Case) -> None:
    desk = Desk(housing.actor("head")).case(case.ref)
    (address,) = desk.links("/files/bank-account/0")
    answer = desk.client.get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("part", ["bank-account/7", "nothing/0", "bank-account/-1", "income-proof-copy/0"])
def test_a_file_that_is_not_there_is_not_found(housing: Town, case: Case, part: str) -> None:
    assert Desk(housing.actor("head")).client.get(f"/office/cases/{case.ref}/files/{part}").status_code == 404


def test_an_issued_document_is_listed_and_opened(housing: Town, case: Case, monday: datetime) -> None:
    row = Outbox.objects.get(destination="documents", ref="registered")
    issue(case.pk, row.seq, "registered", now=monday)
    desk = Desk(housing.actor("head")).case(case.ref)
    assert "Notice that the application is registered" in desk.main
    assert "in force" in desk.main
    address = desk.links("/documents/")[0]
    answer = desk.client.get(address)
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    other = file(citizen(), application(), now=monday, key="another-application")
    elsewhere = f"/office/cases/{other.ref}/documents/{Document.objects.get().pk}"
    assert desk.client.get(elsewhere).status_code == 404
    stranger = housing.official("head", housing.body("elsewhere", "social-department"))
    assert Desk(stranger).client.get(address).status_code == 404


def test_reading_a_case_that_is_not_in_hand_is_journaled(housing: Town, case: Case) -> None:
    reads = Entry.objects.filter(stream=f"reads:{case.pk}")
    Desk(housing.actor("head")).case(case.ref)
    assert reads.count() == 0  # it waits for the head's resolution
    Desk(housing.actor("responsible-specialist")).case(case.ref)
    assert reads.count() == 1
