"""Documents of a case: issued once by the delivery worker, saying what the case says, corrected and annulled."""

from __future__ import annotations

import pytest

from qyzmet.cases import acts, blobs
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case, Entry
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.signed.prepared import correction_bytes
from qyzmet.documents.issue import issue
from qyzmet.documents.models import Document
from qyzmet.documents.planning import plan_again
from qyzmet.signatures import embedded_files
from tests.cases.town import KEYS, Town, shipped
from tests.documents.walking import AMOUNT, decided, housing, one, words

__all__ = ["housing"]
pytestmark = pytest.mark.django_db


def test_the_notice_says_what_the_commission_decided(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    assert list(Document.objects.order_by("id").values_list("issued", flat=True)) == [
        "registered",
        "minutes",
        "notice",
    ]
    said = words(one(walk.case, "notice").digest)
    for part in (
        "Тұрғын үй көмегін тағайындау туралы хабарлама",
        "21 000,00 ₸",
        str(walk.case.number),
        "Responsible-Specialist",
    ):
        assert part in said


def test_the_receipt_says_why_the_date(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    said = words(one(walk.case, "registered").digest)
    assert "04.06" in said
    assert "Қызмет көрсету мерзімі" in said


def test_a_refusal_prints_ground_clause_reason_and_remedy(housing: Town) -> None:
    grounds = [{"ground": "not-authentic", "reason": "Табыс туралы анықтама жарамсыз"}]
    said = words(one(decided(housing, "refuse", grounds=grounds).case, "refusal").digest)
    for part in ("№ 109 бұйрығы, 2-қосымша, 9-жол", "Табыс туралы анықтама жарамсыз", "шағым"):
        assert part in said


def test_the_official_of_the_post_the_package_names_signs(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    rule = shipped("housing-assistance").issued["notice"]
    assert rule.signed_by == "responsible-specialist"
    assert "Көрсетілетін қызметті берушінің жауапты маманы" in words(one(walk.case, "notice").digest)
    assert "Тұрғын үй көмегін көрсету комиссиясы" in words(one(walk.case, "minutes").digest)


def test_the_minutes_name_every_vote(housing: Town) -> None:
    said = words(one(decided(housing, output=AMOUNT).case, "minutes").digest)
    assert said.count("Commission A.") == 4  # three votes and the signature of the chair


def test_a_delivery_that_comes_twice_issues_once(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    notice = one(walk.case, "notice")
    assert issue(walk.case.pk, notice.seq, "notice", now=walk.now).pk == notice.pk
    assert Entry.objects.filter(stream=walk.case.stream, act="document.issued").count() == 3


def test_a_slip_is_corrected_and_the_former_document_says_so(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    former, head = one(walk.case, "notice"), housing.actor("head")
    slip = {"corrections": {"amount": "22000"}, "reason": "Қате терілген"}
    with pytest.raises(ActRefused, match="signature-needed"):
        acts.correct_document(head, walk.case.ref, "notice", **slip, now=walk.now)
    again = plan_again(former, slip["corrections"], now=walk.now)
    data = correction_bytes(
        Case.objects.get(pk=walk.case.pk), edition=law_of(walk.case.edition_id).name, document="notice", **slip,
        printed={"number": again.number, "code": again.code, "sha256": again.sha256}, actor=head,
        prepared_at=walk.now,
    )  # fmt: skip
    signed = KEYS.signed(head.person, data, walk.now)
    acts.correct_document(head, walk.case.ref, "notice", **slip, signed=signed, now=walk.now)
    walk.deliver()
    former.refresh_from_db()
    assert former.state == "replaced"
    assert former.replaced_by == one(walk.case, "notice")
    new = one(walk.case, "notice")
    assert (new.number, new.code, new.before_seal) == (again.number, again.code, again.sha256)
    assert "22 000,00 ₸" in words(new.digest)
    assert embedded_files(blobs.read(new.digest))["correction.json"] == data


def test_an_annulled_document_is_in_force_no_longer(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    acts.annul(housing.actor("head"), walk.case.ref, "notice", reason="Шешім жойылды", now=walk.now)
    walk.deliver()
    assert Document.objects.get(case=walk.case, issued="notice").state == "annulled"


def test_a_signature_on_another_correction_is_not_taken(housing: Town) -> None:
    walk = decided(housing, output=AMOUNT)
    former, head = one(walk.case, "notice"), housing.actor("head")
    again = plan_again(former, {"amount": "22000"}, now=walk.now)
    data = correction_bytes(
        Case.objects.get(pk=walk.case.pk), edition=law_of(walk.case.edition_id).name, document="notice",
        corrections={"amount": "22000"}, reason="Қате терілген", actor=head, prepared_at=walk.now,
        printed={"number": again.number, "code": again.code, "sha256": again.sha256},
    )  # fmt: skip
    signed = KEYS.signed(head.person, data, walk.now)
    with pytest.raises(ActRefused, match=r"signature-not-this: .*the corrections"):
        acts.correct_document(
            head, walk.case.ref, "notice", corrections={"amount": "99000"}, reason="Қате терілген",
            signed=signed, now=walk.now,
        )  # fmt: skip
    other = KEYS.signed(housing.actor("commission").person, data, walk.now)
    with pytest.raises(ActRefused, match="signature-invalid"):
        acts.correct_document(
            head, walk.case.ref, "notice", corrections={"amount": "22000"}, reason="Қате терілген",
            signed=other, now=walk.now,
        )  # fmt: skip
    assert not Entry.objects.filter(stream=walk.case.stream, act="document.corrected").exists()
