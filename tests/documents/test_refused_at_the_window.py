"""Refused at the window: no case, but a receipt with its own number and code, in two copies."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from qyzmet import evidence
from qyzmet.cases import acts, blobs
from qyzmet.cases.delivery import outbox
from qyzmet.cases.models import Case, RefusedFiling
from qyzmet.documents.examining import examine
from qyzmet.documents.models import Document
from qyzmet.people.actor import Principal
from tests.cases.test_housing_assistance import MONDAY
from tests.cases.town import Town
from tests.documents.walking import housing

__all__ = ["housing"]
pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(minutes=1)


@pytest.fixture
def receipt(housing: Town) -> Document:
    acts.refuse_to_accept(
        housing.actor("counter"), "housing-assistance",
        Principal("900205417747", "individual", "Омарова Айгүл", "self"),
        grounds=[{"ground": "incomplete", "reason": "Табыс туралы анықтама берілмеді"}],
        documents=[{"document": "income"}, {"name": {"kk": "Жалдау шарты", "ru": "Договор найма", "en": "Lease"}}],
        details={"address": "Абай даңғылы, 10-үй", "with": "«Алатау Үлес» ЖШС"},
        now=MONDAY,
    )  # fmt: skip
    while outbox.deliver_due(LATER, ["documents"]):
        pass
    return Document.objects.get()


def test_it_is_printed_twice_with_what_is_missing(receipt: Document) -> None:
    pages = PdfReader(BytesIO(blobs.read(receipt.digest))).pages
    assert len(pages) == 2
    for copy, page in enumerate(pages, 1):
        said = " ".join(page.extract_text().split())
        for part in (
            f"Дана · Экземпляр {copy} / 2", receipt.number, receipt.code, "Омарова Айгүл", "Жалдау шарты",
            "Договор найма", "Табыс туралы анықтама берілмеді", "20-бабының 2-тармағын", "қолы", "подпись",
            "Абай даңғылы, 10-үй", "«Алатау Үлес» ЖШС", "Орындаушы", "телефоны", "Алдым: Омарова Айгүл",
            "state-corporation",
        ):  # fmt: skip
            assert part in said, part


def test_it_has_the_number_of_the_refusal_and_no_case(receipt: Document) -> None:
    assert (receipt.case, receipt.refusal) == (None, RefusedFiling.objects.get())
    assert receipt.number == RefusedFiling.objects.get().number
    assert Case.objects.count() == 0


def test_it_is_sealed_and_genuine(receipt: Document) -> None:
    found = examine(blobs.read(receipt.digest), at=LATER, trust=evidence.trust(), rules=evidence.rules())
    assert [each.detail() for each in found.findings if each.passed is False] == []
    assert found.code == receipt.code


def test_delivered_twice_it_is_issued_once(receipt: Document) -> None:
    from qyzmet.documents.refused import issue_refusal

    again = issue_refusal(f"counter:{RefusedFiling.objects.get().organisation_id}", receipt.seq, now=LATER)
    assert again == receipt
