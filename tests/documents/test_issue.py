"""Documents of a case: issued once by the delivery worker, saying what the case says, corrected and annulled."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from qyzmet.cases import acts, blobs, outbox
from qyzmet.cases.models import Case, Entry
from qyzmet.documents.models import Document
from tests.cases.test_housing_assistance import AMOUNT, CALCULATION, MONDAY, Walk, application
from tests.cases.town import Town, citizen, publish, shipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def housing(db: None) -> Town:
    packages = [shipped("housing-assistance"), shipped("general/complaint"), shipped("general/hearing")]
    town = Town(*packages)
    for package in packages:
        publish(package)
    return town


def decided(town: Town, outcome: str = "assign", **more: object) -> Walk:
    walk = Walk(town, acts.submit(citizen(), application(), now=MONDAY), MONDAY)
    walk.do("register", "responsible-specialist")
    walk.do("resolve", "head")
    walk.do("to-commission", "responsible-specialist", output=CALCULATION)
    walk.decide(outcome, **more)
    walk.do("notify" if outcome == "assign" else "notify-refusal", "responsible-specialist")
    deliver(walk)
    return walk


def deliver(walk: Walk) -> None:
    walk.now += timedelta(minutes=1)
    while outbox.deliver_due(walk.now, ["documents"]):
        pass


def words(document: Document) -> str:
    return " ".join(PdfReader(BytesIO(blobs.read(document.digest))).pages[0].extract_text().split())


def one(case: Case, issued: str) -> Document:
    return Document.objects.get(case=case, issued=issued, state="in-force")


def test_the_notice_says_what_the_commission_decided(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    assert list(Document.objects.order_by("id").values_list("issued", flat=True)) == [
        "registered",
        "minutes",
        "notice",
    ]
    said = words(one(walk.case, "notice"))
    for part in (
        "Тұрғын үй көмегін тағайындау туралы хабарлама",
        "21 000,00 ₸",
        str(walk.case.number),
        "Responsible-Specialist",
    ):
        assert part in said


def test_the_receipt_says_why_the_date(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    said = words(one(walk.case, "registered"))
    assert "04.06" in said
    assert "Қызмет көрсету мерзімі" in said


def test_a_refusal_prints_ground_clause_reason_and_remedy(housing: Town) -> None:
    grounds = [{"ground": "not-authentic", "reason": "Табыс туралы анықтама жарамсыз"}]
    said = words(one(decided(housing, "refuse", grounds=grounds).case, "refusal"))
    for part in ("O109 an.2 row 9", "Табыс туралы анықтама жарамсыз", "шағым"):
        assert part in said


def test_the_official_of_the_post_the_package_names_signs(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    rule = shipped("housing-assistance").issued["notice"]
    assert rule.signed_by == "responsible-specialist"
    assert "Көрсетілетін қызметті берушінің жауапты маманы" in words(one(walk.case, "notice"))
    assert "Тұрғын үй көмегін көрсету комиссиясы" in words(one(walk.case, "minutes"))


def test_the_minutes_name_every_vote(housing: Town) -> None:
    said = words(one(decided(housing, output=AMOUNT).case, "minutes"))
    assert said.count("Commission A.") == 4  # three votes and the signature of the chair


def test_a_delivery_that_comes_twice_issues_once(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    from qyzmet.documents.issue import issue

    notice = one(walk.case, "notice")
    assert issue(walk.case.pk, notice.seq, "notice", now=walk.now).pk == notice.pk
    assert Entry.objects.filter(stream=walk.case.stream, act="document.issued").count() == 3


def test_a_slip_is_corrected_and_the_former_document_says_so(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    former = one(walk.case, "notice")
    acts.correct_document(
        housing.actor("head"), walk.case.ref, "notice",
        corrections={"amount": "22000"}, reason="Қате терілген", now=walk.now,
    )  # fmt: skip
    deliver(walk)
    former.refresh_from_db()
    assert former.state == "replaced"
    assert former.replaced_by == one(walk.case, "notice")
    assert "22 000,00 ₸" in words(one(walk.case, "notice"))


def test_an_annulled_document_is_in_force_no_longer(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    acts.annul(housing.actor("head"), walk.case.ref, "notice", reason="Шешім жойылды", now=walk.now)
    deliver(walk)
    assert Document.objects.get(case=walk.case, issued="notice").state == "annulled"
