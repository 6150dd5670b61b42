"""A slip in an issued document is put right, and a document is annulled, by pages (APPC arts. 83, 84)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from qyzmet.cases import blobs
from qyzmet.cases.delivery.outbox import deliver_due
from qyzmet.cases.models import Case, Entry
from qyzmet.documents.models import Document
from qyzmet.signatures import embedded_files
from tests.cases.test_housing_assistance import AMOUNT
from tests.cases.town import Town
from tests.documents.walking import to_commission
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(housing: Town, monday: datetime) -> Case:
    """Assistance is assigned, and the notice issued."""
    walk = to_commission(housing, pace=timedelta())
    walk.decide("assign", output=AMOUNT)
    walk.do("responsible-specialist")
    printed(monday)
    return walk.case


def printed(now: datetime) -> None:
    """The worker prints what waits."""
    while deliver_due(now, ["documents"]):
        pass


def the(case: Case, issued: str = "notice") -> Document:
    return Document.objects.filter(case=case, issued=issued).order_by("-id")[0]


def test_a_slip_is_put_right_and_the_new_document_signed(housing: Town, case: Case, monday: datetime) -> None:
    desk, former = Desk(housing.actor("responsible-specialist"), signs=False), the(case)
    desk.case(case.ref).follow("Correct a slip: Notice that housing assistance")
    assert former.number in desk.main
    assert desk.form("/correct").fields["o.amount"] == AMOUNT["amount"]
    desk.send("/correct", o__amount="22000", reason="A digit was missed.")
    assert desk.asked
    assert "22 000,00" in desk.main or "22000" in desk.main
    desk.sign()
    assert "The document is corrected" in desk.text
    printed(monday)
    former.refresh_from_db()
    new = the(case)
    assert (former.state, former.replaced_by) == ("replaced", new)
    assert "correction.p7s" in embedded_files(blobs.read(new.digest))
    desk.case(case.ref)
    assert f"Replaced by No. {new.number}" in desk.main
    assert "A digit was missed." in desk.main
    assert "Correction: Notice" in desk.main
    assert not desk.links(f"/documents/{former.pk}/correct")


def test_cancelled_what_was_typed_comes_back(housing: Town, case: Case) -> None:
    desk = Desk(housing.actor("head"), signs=False).open(
        f"/office/cases/{case.ref}/documents/{the(case).pk}/correct"
    )
    desk.send("/correct", o__amount="22000", reason="A digit was missed.")
    desk.send_to(desk.path, cancel="1")
    assert desk.form("/correct").fields["o.amount"].replace(" ", "") == "22000"
    assert desk.form("/correct").fields["reason"] == "A digit was missed."
    assert not Entry.objects.filter(stream=case.stream, act="document.corrected").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"o__amount": "22000"}, "No reason is given"),
        ({"reason": "No change at all."}, "Nothing has been changed"),
        ({"o__amount": "many", "reason": "?"}, "is not readable as a number"),
    ],
)
def test_nothing_is_corrected_without_a_slip_and_a_reason(
    housing: Town, case: Case, typed: dict[str, str], said: str
) -> None:
    desk = Desk(housing.actor("head")).open(f"/office/cases/{case.ref}/documents/{the(case).pk}/correct")
    desk.send("/correct", **typed)
    assert desk.status == 422
    assert said.lower() in desk.errors.lower()


def test_a_document_that_prints_nothing_recorded_can_only_be_annulled(housing: Town, case: Case) -> None:
    address = f"/office/cases/{case.ref}/documents/{the(case, 'registered').pk}"
    desk = Desk(housing.actor("head")).open(f"{address}/correct")
    assert "nothing that can be corrected" in desk.main
    assert desk.links(f"{address}/annul")


def test_a_document_is_annulled_with_its_reason(housing: Town, case: Case, monday: datetime) -> None:
    desk = Desk(housing.actor("head")).case(case.ref).follow("Annul: Notice that housing assistance")
    desk.send("/annul")
    assert desk.status == 422
    desk.send("/annul", reason="Issued to the wrong person.")
    printed(monday)
    document = the(case)
    assert (document.state, document.ended_because) == ("annulled", "Issued to the wrong person.")
    assert "annulled" in desk.case(case.ref).main


def test_only_who_signs_it_or_the_head_is_offered_it(housing: Town, case: Case) -> None:
    address = f"/office/cases/{case.ref}/documents/{the(case).pk}"
    for post, status in (("head", 200), ("responsible-specialist", 200), ("commission", 404)):
        desk = Desk(housing.actor(post))
        assert desk.client.get(f"{address}/correct").status_code == status, post
        assert desk.client.get(f"{address}/annul").status_code == status, post
