"""The window: an application keyed in on one page, its receipt, and the refusal to accept (A120 §9(1))."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from qyzmet.cases.models import Case, RefusedFiling
from qyzmet.config import clock
from qyzmet.documents.models import Document
from qyzmet.people.models import Account
from tests.cases.town import APPLICANT, Town, filled_form, moment, shipped, steps
from tests.office.desk import Desk, scan

pytestmark = pytest.mark.django_db

ADDRESS = "/office/intake/housing-assistance"
WHO = {"number": "811201 401188", "name": "Омарова Айгүл"}
PAPERS = ("application", "identity", "bank-account", "maintenance-bill", "utility-bills")


def typed() -> dict[str, Any]:
    """The required answers as a person keys them in."""
    found: dict[str, Any] = {}
    for name, value in filled_form(shipped("housing-assistance"), channel="state-corporation").items():
        if isinstance(value, list):
            found[f"f.{name}.count"] = len(value)
            for n, row in enumerate(value):
                found |= {f"f.{name}[{n}].{key}": each for key, each in row.items()}
        else:
            found[f"f.{name}"] = (
                {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
            )
    return found


def given(*papers: str) -> dict[str, str]:
    return {f"given.{paper}": "yes" for paper in papers or PAPERS}


@pytest.fixture
def window(housing: Town, monday: datetime) -> Desk:
    return Desk(housing.actor("counter")).open(ADDRESS)


def take(window: Desk, **more: Any) -> Desk:
    everything = {**WHO, **typed(), **given(), **more}
    form = window.form(".intake")
    values = {**dict(form.form_values()), **everything, "submit": "1"}
    return window.read(window.client.post(ADDRESS, values, follow=True), ADDRESS)


def test_an_application_is_taken_in_and_the_receipt_printed(window: Desk, housing: Town) -> None:
    take(window, **{"original.identity": "yes"})
    case = Case.objects.get()
    assert window.path == f"/office/intake/receipt/{case.ref}"
    assert case.number in window.main
    assert "because it came within office hours" in window.main
    assert "original shown" in window.main
    assert f"Documents taken ({len(PAPERS)})" in window.main
    where = "//dt[.='Where the result is given out']/following-sibling::dd/text()"
    assert window.page.xpath(where) == ["state-corporation"]
    assert "13 June 2019" in window.main
    assert (case.applicant, case.channel, steps(case)) == (APPLICANT, "state-corporation", ["intake"])
    assert window.links(f"/office/cases/{case.ref}")
    # Whoever opens it later, it names who took the papers in.
    colleague = housing.official("counter", housing.bodies["state-corporation"])
    inspector = Account.objects.get(pk=housing.actor("counter").account).full_name
    assert f"Taken by: {inspector}" in Desk(colleague).open(window.path).main


def test_after_hours_the_receipt_says_when_it_registers(housing: Town) -> None:
    with clock.hold(moment("2019-06-07 19:00")):
        window = take(Desk(housing.actor("counter")).open(ADDRESS))
        assert "Registers on 10 June 2019, 09:00" in window.main
        window.case(Case.objects.get().ref)
        assert "work begins once it is registered" in window.main


def test_nothing_typed_is_lost_when_something_is_wrong(window: Desk) -> None:
    window.client.post(ADDRESS, {})
    take(window, **{"number": "811201401187", "f.iban": "KZ00", "file.bank-account": scan()})
    assert window.status == 422
    assert window.links("#number")
    assert window.links("#f-iban")
    form = window.form(".intake")
    assert form.fields["name"] == WHO["name"]
    assert form.fields["f.iban"] == "KZ00"
    assert "scan.pdf" in window.main
    # The scan is still there when the numbers are put right.
    kept = [value for name, value in form.form_values() if name == "scan"]
    take(window, scan=kept)
    case = Case.objects.get()
    (stored,) = case.filing.documents["bank-account"]
    assert (stored["name"], len(stored["sha256"])) == ("scan.pdf", 64)


def test_a_note_of_a_scan_made_by_hand_is_not_believed(window: Desk) -> None:
    take(window, scan=["WyJiYW5rLWFjY291bnQiLHsic2hhMjU2IjoiYWIifV0:1:forged"])
    (stored,) = Case.objects.get().filing.documents["bank-account"]
    assert stored["sha256"] == ""


def test_a_file_that_is_no_scan_is_turned_away(window: Desk) -> None:
    take(window, **{"file.identity": scan("virus.pdf", b"MZ\x90\x00")})
    assert window.status == 422
    assert "virus.pdf" in window.errors
    assert not Case.objects.exists()


def test_fields_that_depend_on_an_answer_come_with_it(window: Desk) -> None:
    form = {**dict(window.form(".intake").form_values()), "f.has-alimony": "yes", "refresh": "1"}
    assert "given-alimony" not in window.answer.content.decode()
    window.read(window.client.post(ADDRESS, form), ADDRESS)
    assert window.status == 200
    assert "given-alimony" in window.answer.content.decode()
    assert not window.errors


def test_the_same_recipient_twice_is_asked_about(window: Desk) -> None:
    take(window)
    first = Case.objects.get()
    take(window.open(ADDRESS))
    assert window.status == 422
    assert "already an open application" in window.main
    assert window.links(first.ref)
    take(window, again="yes")
    assert Case.objects.count() == 2


def test_sent_twice_it_is_filed_once(window: Desk) -> None:
    values = {
        **dict(window.form(".intake").form_values()),
        **WHO,
        **typed(),
        **given(),
        "submit": "1",
        "again": "yes",
    }
    for _ in range(2):
        assert window.client.post(ADDRESS, values).status_code == 302
    assert Case.objects.count() == 1


def test_the_blank_form_is_at_hand_at_the_window(window: Desk) -> None:
    """M262 §17: those who write by hand get the form from whoever takes applications in."""
    window.read(window.client.get("/office/intake/"), "/office/intake/")
    (blank,) = window.links("/form.pdf")
    assert window.client.get(blank).content.startswith(b"%PDF")


def test_an_incomplete_set_is_refused_in_two_copies(window: Desk, housing: Town) -> None:
    values = {**dict(window.form(".intake").form_values()), **WHO, **given("application"), "refuse": "1"}
    window.read(window.client.post(ADDRESS, values), ADDRESS)
    assert "Missing documents" in window.main
    form = {**dict(window.form(".intake").form_values()), "refuse-sure": "1"}
    assert "Bank account" in form["reason"]
    window.read(window.client.post(ADDRESS, form, follow=True), ADDRESS)
    row = RefusedFiling.objects.get()
    assert window.path == f"/office/intake/refused/{row.pk}"
    assert window.main.count("Receipt of refusal to accept the documents") == 2
    assert window.main.count("Bank account") >= 2
    assert not Case.objects.exists()
    (address,) = window.links("/document")
    pdf = PdfReader(BytesIO(b"".join(window.client.get(address).streaming_content)))
    first, second = pdf.pages[0], pdf.pages[len(pdf.pages) // 2]  # each copy begins on a sheet of its own
    assert all(row.number in page.extract_text() for page in (first, second))
    assert window.client.get(address).status_code == 200
    assert Document.objects.filter(refusal=row).count() == 1
    other = housing.official("counter", housing.body("elsewhere", "state-corporation"))
    assert Desk(other).client.get(window.path).status_code == 404
    assert Desk(other).client.get(address).status_code == 404


def test_an_expired_document_is_named_as_such_and_a_whole_set_is_not_refused(window: Desk) -> None:
    values = {**dict(window.form(".intake").form_values()), **WHO, **given(*PAPERS), "refuse": "1"}
    window.read(window.client.post(ADDRESS, values), ADDRESS)
    assert "Missing documents" not in window.main
    form = {**dict(window.form(".intake").form_values()), "refuse-sure": "1", "reason": "I do not like it."}
    window.read(window.client.post(ADDRESS, form), ADDRESS)
    assert "mark the one that has expired, or take the application" in window.main
    assert not RefusedFiling.objects.exists()
    form |= {"expired.bank-account": "yes", "reason": ""}
    window.read(window.client.post(ADDRESS, form, follow=True), ADDRESS)
    row = RefusedFiling.objects.get()
    assert [(each["document"], each["fault"]) for each in row.documents] == [("bank-account", "expired")]
    assert row.grounds[0]["reason"] == "The document has expired: Bank account"
    assert window.main.count("Bank account (expired)") == 2
    (address,) = window.links("/document")
    pdf = PdfReader(BytesIO(b"".join(window.client.get(address).streaming_content)))
    assert "мерзімі өткен" in pdf.pages[0].extract_text()


def test_what_is_marked_as_expired_joins_the_drafted_reason(window: Desk) -> None:
    values = {**dict(window.form(".intake").form_values()), **WHO, **given(PAPERS[0]), "refuse": "1"}
    window.read(window.client.post(ADDRESS, values), ADDRESS)
    form = {**dict(window.form(".intake").form_values()), f"expired.{PAPERS[0]}": "yes", "refuse-sure": "1"}
    window.read(window.client.post(ADDRESS, form, follow=True), ADDRESS)
    missing, expired = RefusedFiling.objects.get().grounds[0]["reason"].split("\n")
    assert form["reason"] == missing
    assert expired.startswith("The document has expired: ")


def test_only_the_post_the_regulation_names_takes_applications_in(housing: Town, monday: datetime) -> None:
    desk = Desk(housing.actor("head"))
    assert "Your post takes no applications" in desk.open("/office/intake/").main
    assert desk.client.get(ADDRESS).status_code == 404
    assert Desk(housing.actor("counter")).open("/office/intake/").links(ADDRESS)


def test_several_ways_and_variants_are_chosen_first(samruk: Town) -> None:
    with clock.hold(moment("2024-06-03 10:00")):
        desk = Desk(samruk.actor("registrar")).open("/office/intake/sampler")
        assert desk.page.xpath("//input[@name='channel']")
        assert desk.page.xpath("//input[@name='variant.licence']")
        desk.open(
            "/office/intake/sampler?channel=counter&kind=individual&variant.licence=first&variant.altitude=low"
        )
        assert desk.page.xpath("//input[@name='f.called']")
        assert desk.page.xpath("//input[@name='given.portrait']")
        assert not desk.page.xpath("//input[@name='given.old-licence']")


@pytest.mark.parametrize("value", ["", " ", "'; DROP TABLE", "<b>x</b>", "😀" * 50, "9" * 400, "\x00"])
def test_any_junk_is_answered_in_words(window: Desk, value: str) -> None:
    junk = {name: value for name in (*WHO, *typed()) if not name.endswith(".count")}
    values = {**dict(window.form(".intake").form_values()), **junk, "submit": "1"}
    answer = window.client.post(ADDRESS, values)
    assert answer.status_code == 422
    assert b"<b>x</b>" not in answer.content
