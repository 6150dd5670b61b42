"""What an official sees before signing is the very file that is issued afterwards."""

from __future__ import annotations

import hashlib

import pytest

from qyzmet.cases import blobs
from qyzmet.cases.models import Case, Entry
from qyzmet.cases.refusals import ActRefused
from qyzmet.documents.models import Document
from qyzmet.signatures import embedded_files
from tests.cases.town import Town
from tests.documents.walking import AMOUNT, housing, one, read, to_commission, words

__all__ = ["housing"]
pytestmark = pytest.mark.django_db

REFUSED = [{"ground": "not-authentic", "reason": "Табыс туралы анықтама жарамсыз"}]


def test_the_notice_is_planned_with_its_number_code_and_text(housing: Town) -> None:
    walk = to_commission(housing)
    walk.decide("assign", output=AMOUNT)
    notice = walk.plan("responsible-specialist")["notice"]
    said = words(notice.sha256)
    assert notice.name["kk"] == "Тұрғын үй көмегін тағайындау туралы хабарлама"
    for part in (notice.number, notice.code, "21 000,00 ₸", "Responsible-Specialist"):
        assert part in said
    assert hashlib.sha256(blobs.read(notice.sha256)).hexdigest() == notice.sha256
    assert len(blobs.read(notice.sha256)) == notice.size


def test_nothing_is_recorded_by_planning(housing: Town) -> None:
    walk = to_commission(housing)
    walk.decide("refuse", grounds=REFUSED)
    before = Entry.objects.count()
    walk.plan("responsible-specialist")
    assert Entry.objects.count() == before
    assert not Document.objects.filter(issued="refusal").exists()
    assert walk.open.outcome == ""


def test_a_refusal_is_planned_with_ground_reason_and_remedy(housing: Town) -> None:
    walk = to_commission(housing)
    walk.decide("refuse", grounds=REFUSED)
    said = words(walk.plan("responsible-specialist")["refusal"].sha256)
    for part in ("Табыс туралы анықтама жарамсыз", "№ 109 бұйрығы, 2-қосымша, 9-жол", "91-бабы"):
        assert part in said


def test_the_data_inside_is_what_is_printed(housing: Town) -> None:
    walk = to_commission(housing)
    walk.decide("assign", output=AMOUNT)
    notice = walk.plan("responsible-specialist")["notice"]
    data = read(embedded_files(blobs.read(notice.sha256))["document.json"])
    assert (data["number"], data["verify"]["code"]) == (notice.number, notice.code)
    assert data["document"] == "notice"
    assert data["case"] == Case.objects.get().number


def test_what_the_step_cannot_record_is_not_printed(housing: Town) -> None:
    walk = to_commission(housing)
    with pytest.raises(ActRefused) as refusal:
        walk.plan("commission", "assign", output={"amount": "жиырма бір"})
    assert refusal.value.code == "output-faulty"
    with pytest.raises(ActRefused) as refusal:
        walk.plan("commission", "forgive")
    assert refusal.value.code == "no-such-outcome"


def test_the_pdf_that_was_signed_is_the_beginning_of_the_one_that_is_issued(housing: Town) -> None:
    walk = to_commission(housing)
    walk.decide("assign", output=AMOUNT)
    walk.do("responsible-specialist")
    walk.deliver()
    notice = one(walk.case, "notice")
    sealed, signed = blobs.read(notice.digest), blobs.read(notice.before_seal)
    assert sealed.startswith(signed)
    inside = embedded_files(sealed)
    assert list(inside) == ["decision.json", "decision.p7s", "document.json"]
    named = read(inside["decision.json"])["documents"]["notice"]
    assert named == {"number": notice.number, "code": notice.code, "sha256": notice.before_seal}
