"""A decision is signed by the official who takes it: its own bytes, with the documents one has looked at (A120 §10)."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from qyzmet.cases.delivery.outbox import deliver_due
from qyzmet.cases.models import Case, SignatureRecord, Token
from qyzmet.config import clock
from qyzmet.documents.models import Document
from qyzmet.evidence.fetching import sources_rest
from qyzmet.evidence.models import SigningRequest
from tests.cases.test_housing_assistance import AMOUNT, application
from tests.cases.town import Town, citizen, file, moment, steps
from tests.documents.walking import to_commission
from tests.office.desk import Desk
from tests.office.keys import Status
from tests.office.test_case_page import sit, to_the_commission

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(housing: Town, monday: datetime) -> Case:
    """Assistance is assigned; the notice waits for the specialist's signature."""
    walk = to_commission(housing, pace=timedelta())
    walk.decide("assign", output=AMOUNT)
    assert steps(walk.case) == ["notify"]
    return walk.case


def specialist(town: Town, *, signs: bool = False) -> Desk:
    return Desk(town.actor("responsible-specialist"), signs=signs)


def test_the_page_says_beforehand_that_it_is_signed(housing: Town, case: Case) -> None:
    desk = specialist(housing).case(case.ref)
    assert "You will sign this decision with your digital signature" in desk.main
    assert "Complete the step and sign" in desk.main
    assert "You will sign" not in Desk(housing.actor("head")).case(case.ref).main


def test_what_is_signed_is_the_decision_with_its_documents(housing: Town, case: Case) -> None:
    desk = specialist(housing).case(case.ref).send("/decide")
    assert desk.asked
    assert steps(case) == ["notify"]  # nothing is done before the signature
    (item,) = SigningRequest.objects.get().items
    said = json.loads(desk.client.get(f"{desk.path}/decision").content)
    assert (said["case"], said["step"], said["decision"]) == (case.ref, "notify", "done")
    assert said["official"]["iin"] == desk.account.number
    assert [shown["sha256"] for shown in item["shows"]] == [said["documents"]["notice"]["sha256"]]
    pdf = desk.client.get(f"{desk.path}/decision/0")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")
    desk.sign()
    assert Case.objects.get(pk=case.pk).exit == "assigned"
    assert "Done: " in desk.text
    row = SignatureRecord.objects.get(case=case, subject=f"step:{said['no']}")
    assert (row.outcome, row.iin, row.prepared) == ("valid", desk.account.number, item["prepared"])


def test_cancelled_everything_typed_is_still_there(housing: Town, monday: datetime) -> None:
    filed = file(citizen(), application(), now=monday)
    to_the_commission(housing, filed)
    chair, *_ = sit(housing, filed, "refuse")
    chair.case(filed.ref).send(
        "/decide", ground=["not-conforming"], **{"reason__not-conforming": "Above the limit."}
    )
    desk = specialist(housing).case(filed.ref).send("/decide")
    assert desk.asked
    desk.send_to(desk.path, cancel="1")
    assert desk.path.startswith(f"/office/cases/{filed.ref}?typed=")
    assert desk.form("/decide") is not None
    assert steps(filed) == ["notify-refusal"]
    assert not SignatureRecord.objects.filter(subject__startswith="step:").exists()


def test_a_hearing_cancelled_keeps_its_notice(housing: Town) -> None:
    monday = moment("2024-06-03 10:00")
    with clock.hold(monday):
        filed = file(citizen(), application(), now=monday)
        to_the_commission(housing, filed)
        chair, *_ = sit(housing, filed, "refuse")
        chair.case(filed.ref).send(
            "/decide", ground=["not-conforming"], **{"reason__not-conforming": "Above the limit."}
        )
        chair.signs = False
        typed = {"o__hearing-at": "05.06.2024 11:00", "o__way": "in-person", "o__place": "Room 4"}
        chair.send("/decide", **typed)
        assert chair.asked
        chair.send_to(chair.path, cancel="1")
        kept = chair.form("/decide").fields
        assert (kept["o.hearing-at"], kept["o.place"]) == ("05.06.2024 11:00", "Room 4")
        chair.signs = True
        chair.send("/decide")
        assert steps(filed) == ["hearing:hold"]


@pytest.mark.parametrize(
    ("state", "check"),
    [
        ("revoked", "was revoked"),
        ("expired", "expired"),
        ("foreign", "issuer of the certificate is unknown"),
        ("future", "valid only from"),
    ],
)
def test_a_bad_key_is_refused_by_the_check_that_failed(
    housing: Town, case: Case, state: str, check: str
) -> None:
    desk = specialist(housing).case(case.ref).send("/decide")
    desk.sign(state=state)
    assert desk.status == 422
    assert check in desk.main, desk.main[:600]
    assert desk.path.startswith("/sign/")
    assert steps(case) == ["notify"]
    desk.sign()  # the request stays open: with the right key it is done
    assert Case.objects.get(pk=case.pk).exit == "assigned"


def test_somebody_else_cannot_sign_it(housing: Town, case: Case) -> None:
    desk = specialist(housing).case(case.ref).send("/decide")
    other = Desk(housing.official("responsible-specialist", housing.bodies["social-department"]))
    assert other.client.get(desk.path).status_code == 404
    desk.account, own = other.account, desk.account
    desk.sign()
    assert desk.status == 422
    assert own.number in desk.main
    assert steps(case) == ["notify"]


def test_overtaken_while_signing_it_says_by_whom(housing: Town, case: Case) -> None:
    desk = specialist(housing).case(case.ref).send("/decide")
    colleague = housing.official("responsible-specialist", housing.bodies["social-department"])
    Desk(colleague).case(case.ref).send("/decide")
    assert Case.objects.get(pk=case.pk).exit == "assigned"
    desk.sign()
    assert desk.status == 409
    assert "Nothing was done" in desk.main


def test_a_page_from_before_a_change_is_not_signed(housing: Town, case: Case) -> None:
    desk = specialist(housing).case(case.ref)
    Desk(housing.actor("responsible-specialist")).case(case.ref).send("/take")
    desk.send("/decide")
    assert (desk.status, desk.asked) == (409, False)
    assert "after your page was opened" in desk.errors


def test_the_document_is_looked_at_without_a_prompt(housing: Town, case: Case) -> None:
    desk = specialist(housing).case(case.ref)
    desk.send("/decide", ("look", "1"))
    assert desk.status == 200
    assert not SigningRequest.objects.exists()
    (address,) = desk.links("/look/")
    pdf = b"".join(desk.client.get(address).streaming_content)
    assert pdf.startswith(b"%PDF-")
    assert Desk(housing.actor("head")).client.get(address).status_code == 404
    assert desk.client.get(address[:-4] + "AAAA").status_code == 404
    assert not Document.objects.filter(issued="notice").exists()


def test_the_case_shows_who_signed_and_every_check(housing: Town, case: Case) -> None:
    specialist(housing, signs=True).case(case.ref).send("/decide")
    desk = Desk(housing.actor("head")).case(case.ref)
    row = SignatureRecord.objects.get(case=case, subject__startswith="step:")
    assert row.iin in desk.main
    assert "Checks: " in desk.main
    content, signature = (a for a in desk.links("/signatures/") if f"/{row.pk}/" in a)
    assert json.loads(desk.client.get(content).content)["case"] == case.ref
    assert desk.client.get(signature).content[:1] == b"\x30"
    assert desk.client.get(content.replace("content", "else")).status_code == 404
    # The body above sees the course of a case, not its papers.
    above = Desk(housing.official("supervisor", housing.above))
    assert above.case(case.ref).links("/signatures/") == []
    assert above.client.get(content).status_code == 404


def test_a_silent_authority_leaves_it_pending_and_the_page_says_so(
    housing: Town, case: Case, status: Status
) -> None:
    status.silent = True
    desk = specialist(housing, signs=True).case(case.ref).send("/decide")
    row = SignatureRecord.objects.get(case=case, subject__startswith="step:")
    assert row.outcome == "pending"
    desk = Desk(housing.actor("head")).case(case.ref)
    assert "waiting to be confirmed" in desk.main
    assert "It is asked again on" in desk.main
    assert "waiting for a confirmed signature" in desk.main
    status.silent = False
    later = clock.now() + timedelta(hours=2)
    with clock.hold(later):
        sources_rest.forget()
        while deliver_due(later, ["revocation", "documents"]):
            pass
        desk.case(case.ref)
        assert "The signature was confirmed on" in desk.main
        assert "waiting for a confirmed signature" not in desk.main
    assert Document.objects.filter(case=case, issued="notice").exists()


def test_the_second_of_two_clicks_is_done_once(housing: Town, case: Case) -> None:
    desk = specialist(housing).case(case.ref).send("/decide")
    path = desk.path
    desk.sign()
    again = desk.client.get(path, follow=True)
    assert again.status_code == 200
    assert Token.objects.filter(case=case, step="notify").count() == 1


def test_the_case_shows_what_the_portal_checked(housing: Town, case: Case) -> None:
    main = Desk(housing.actor("head")).case(case.ref).main
    assert "Processes and conditions of the portal" in main
    assert "point 10(6)" in main
    above = Desk(housing.official("supervisor", housing.above)).case(case.ref)
    assert case.applicant not in above.text  # the checks of a signature name who signed
