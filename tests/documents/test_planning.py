"""What an official sees before signing is the very file that is issued afterwards."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from qyzmet.cases import acts, blobs
from qyzmet.cases.models import Case, Entry, Token
from qyzmet.cases.queries import case_page
from qyzmet.cases.refusals import ActRefused
from qyzmet.documents.models import Document
from qyzmet.documents.planning import Planned, plan
from tests.cases.test_housing_assistance import AMOUNT, CALCULATION, MONDAY, Walk, application
from tests.cases.town import Town, citizen
from tests.documents.test_issue import housing

__all__ = ["housing"]
pytestmark = pytest.mark.django_db

REFUSED = [{"ground": "not-authentic", "reason": "Табыс туралы анықтама жарамсыз"}]


def to_commission(town: Town) -> Walk:
    walk = Walk(town, acts.submit(citizen(), application(), now=MONDAY), MONDAY)
    walk.do("register", "responsible-specialist")
    walk.do("resolve", "head")
    walk.do("to-commission", "responsible-specialist", output=CALCULATION)
    return walk


def open_token(walk: Walk) -> Token:
    return Token.objects.get(case=walk.case, closed_at=None)


def planned(walk: Walk, post: str, outcome: str = "done", **given: object) -> dict[str, Planned]:
    actor = walk.town.actor(post)
    walk.now += timedelta(minutes=1)
    page = case_page(actor, walk.case.ref)
    return plan(actor, page, open_token(walk), outcome, now=walk.now, **given)  # type: ignore[arg-type]


def words(sha256: str) -> str:
    return " ".join(PdfReader(BytesIO(blobs.read(sha256))).pages[0].extract_text().split())


def test_the_notice_is_planned_with_its_number_code_and_text(housing: Town) -> None:
    walk = to_commission(housing)
    walk.decide("assign", output=AMOUNT)
    notice = planned(walk, "responsible-specialist")["notice"]
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
    planned(walk, "responsible-specialist")
    assert Entry.objects.count() == before
    assert not Document.objects.filter(issued="refusal").exists()
    assert open_token(walk).outcome == ""


def test_a_refusal_is_planned_with_ground_reason_and_remedy(housing: Town) -> None:
    walk = to_commission(housing)
    walk.decide("refuse", grounds=REFUSED)
    said = words(planned(walk, "responsible-specialist")["refusal"].sha256)
    for part in ("Табыс туралы анықтама жарамсыз", "O109 an.2 row 9", "91-бабы"):
        assert part in said


def test_the_data_inside_is_what_is_printed(housing: Town) -> None:
    walk = to_commission(housing)
    walk.decide("assign", output=AMOUNT)
    notice = planned(walk, "responsible-specialist")["notice"]
    inside = PdfReader(BytesIO(blobs.read(notice.sha256))).attachments
    data = json.loads(inside["document.json"][0])
    assert (data["number"], data["verify"]["code"]) == (notice.number, notice.code)
    assert data["document"] == "notice"
    assert data["case"] == Case.objects.get().number


def test_what_the_step_cannot_record_is_not_printed(housing: Town) -> None:
    walk = to_commission(housing)
    with pytest.raises(ActRefused) as refusal:
        planned(walk, "commission", "assign", output={"amount": "жиырма бір"})
    assert refusal.value.code == "output-faulty"
    with pytest.raises(ActRefused) as refusal:
        planned(walk, "commission", "forgive")
    assert refusal.value.code == "no-such-outcome"
