"""What stands on a document whose form or content an act prints."""

from __future__ import annotations

from typing import Any

import pytest

from qyzmet.cases.filing.intake import Application
from qyzmet.cases.models import Case
from qyzmet.documents.models import Document
from tests.cases.town import Town, citizen, documents, file, filled_form, moment, publish, shipped
from tests.documents.walking import Walk, one, words

pytestmark = pytest.mark.django_db


def begun(service: str, at: str, **said: Any) -> Walk:
    """A case of the service, filed on the portal, in a town of its own."""
    packages = [shipped(service), shipped("general/complaint"), shipped("general/hearing")]
    town = Town(*packages)
    for package in packages:
        publish(package)
    package = packages[0]
    asked = {**filled_form(package, channel="portal"), **said}
    papers = documents(package, channel="portal")
    filing = Application(service=service, channel="portal", form=asked, documents=papers)
    walk = Walk(town, file(citizen(), filing, now=moment(at)))
    walk.now = moment(at)
    return walk


def issued(case: Case) -> list[str]:
    return list(Document.objects.filter(case=case).order_by("seq").values_list("issued", flat=True))


def subsidy(**said: Any) -> Walk:
    return begun("livestock-subsidy", "2019-08-26 10:00", **said)


def test_an_accepted_subsidy_application_is_told_by_a_signed_notice() -> None:
    """K4201 an.1 §5(1) notice."""
    walk = subsidy()
    walk.do("responsible-specialist", "accept")
    walk.deliver()
    assert issued(walk.case) == ["acceptance-notice"]
    said = words(one(walk.case, "acceptance-notice").digest)
    for part in ("Өтінімнің қабылданғаны туралы хабарлама", "қабылданды", str(walk.case.number)):
        assert part in said
    assert "қазынашылыққа жолданды" not in said


def test_nobody_is_told_of_acceptance_where_it_is_refused() -> None:
    walk = subsidy()
    refusing = [{"ground": "not-conforming", "reason": "Бағытқа сәйкес емес"}]
    assert "acceptance-notice" not in walk.plan("responsible-specialist", "refuse", grounds=refusing)
    assert set(walk.plan("responsible-specialist", "accept")) == {"acceptance-notice"}


def test_a_payment_order_says_to_whom_how_much_and_where_to() -> None:
    """K4201 an.1 §5(2) result: norm × quantity, the account of the application."""
    walk = subsidy(direction="milk", quantity="1234.567", iban="KZ24070105KSN0000000")
    walk.do("responsible-specialist", "accept")
    walk.do("responsible-specialist")
    walk.do("head")
    walk.deliver()
    said = words(one(walk.case, "payment-order").digest)
    for part in ("43 209,85 ₸", walk.case.applicant, "KZ24070105KSN0000000", "-ТТ-2019-", "Head A."):
        assert part in said.replace("\xa0", " "), part


def test_the_approval_of_a_certificate_says_what_its_form_has_places_for() -> None:
    """O109 an.5."""
    walk = begun("housing-certificate", "2024-05-13 10:00")
    walk.do("responsible-specialist")
    walk.do(
        "responsible-specialist",
        output={"approved-total": "0", "requested": "1500000", "funds-left": "9000000"},
    )
    told = {
        "kind": "social-help", "amount": "1500000", "agent": "«Отбасы банк» АҚ",
        "local-document": "Мәслихаттың 5/48 шешімі",
    }  # fmt: skip
    walk.do("authorised-person", "approve", output=told)
    walk.do("authorised-person")
    walk.deliver()
    said = words(one(walk.case, "approval").digest).replace("\xa0", " ")
    for part in (
        "№ 417", "№ 18883", "1 500 000,00 ₸", "бір миллион бес жүз мың", "Әлеуметтік көмек", "«Отбасы банк» АҚ",
        "Мәслихаттың 5/48 шешімі", "қала маңы аймақтарында", "бір реттен артық", "Authorised-Person A.",
        str(walk.case.filing.form["phone"]),
    ):  # fmt: skip
        assert part in said, part
