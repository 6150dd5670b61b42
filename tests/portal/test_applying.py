"""Applying on the portal: kept at every page, judged by the law, filed once."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from qyzmet.cases import blobs
from qyzmet.cases.models import Case, Filing
from qyzmet.clock import ALMATY
from qyzmet.config import clock
from qyzmet.portal.models import Draft
from tests.fence.files import PDF, PNG
from tests.portal.conftest import NEIGHBOUR, signed_in
from tests.portal.filling import PAGES, attach, begin, file, fill, ready, send


def words(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_housing_assistance_is_filed_from_the_browser(citizen: Client) -> None:
    answer = send(citizen, ready(citizen))
    case = Case.objects.get()
    assert answer["Location"] == f"/cabinet/{case.ref}/filed"
    assert case.number == "АЛТ-2019-000001"
    confirmation = words(citizen.get(answer["Location"]))
    assert case.number in confirmation
    assert "2019\u202fж. 13 маусым, 18:30" in confirmation  # 8 working days after Monday 3 June 2019
    papers = Filing.objects.get()
    assert papers.form["iban"] == "KZ24070105KSN0000000"
    assert papers.form["incomes"][0]["month-1"] == "85000.50"
    assert papers.form["family"][0]["birth-date"] == "1981-08-27"


def test_two_clicks_file_one_application(citizen: Client) -> None:
    draft = ready(citizen)
    first = send(citizen, draft)
    Draft.objects.filter(ref=draft.ref).update(
        filed=""
    )  # the second click left before the first one's answer
    second = send(citizen, draft)
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_filed_on_friday_evening_it_registers_on_monday_and_says_why(citizen: Client) -> None:
    draft = ready(citizen)
    with clock.hold(datetime(2019, 6, 7, 19, 30, tzinfo=ALMATY)):
        answer = send(citizen, draft)
        confirmation = words(citizen.get(answer["Location"]))
    case = Case.objects.get()
    assert case.number is None
    assert case.registered_at == datetime(2019, 6, 10, 9, 0, tzinfo=ALMATY)
    assert "2019\u202fж. 10 маусым, 09:00" in confirmation
    assert "дүйсенбі – жұма 9:00–18:30" in confirmation


def test_a_wrong_answer_is_kept_and_said_with_its_place(citizen: Client) -> None:
    draft = begin(citizen)
    wrong = PAGES["household"] | {"family[0].iin": "810827427450", "family[0].birth-date": "31.02.1981"}
    page = citizen.post(f"/drafts/{draft.ref}/part/household", wrong)
    assert page.status_code == 422
    assert [fault.id for fault in page.context["errors"]] == ["family-0-iin", "family-0-birth-date"]
    assert 'href="#family-0-iin"' in words(page)
    assert 'value="31.02.1981"' in words(page)
    draft.refresh_from_db()
    assert draft.form["family"][0]["full-name"] == "Ысқақов Айдос"


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>", "O'Brien", "😀", "' OR 1=1 --", "a" * 20_000, "\x00", "{{ 7|add:7 }}"],
)
def test_anything_may_be_typed_and_nothing_breaks(citizen: Client, typed: str) -> None:
    draft = begin(citizen)
    for name, answers in PAGES.items():
        texts = {
            key: typed
            for key, value in answers.items()
            if not key.endswith(".count") and isinstance(value, str)
        }
        page = citizen.post(f"/drafts/{draft.ref}/part/{name}", answers | texts)
        assert page.status_code in (302, 422), name
        assert "<script>alert" not in words(citizen.get(f"/drafts/{draft.ref}/part/{name}"))
    check = citizen.get(f"/drafts/{draft.ref}/check")
    assert check.status_code == 200
    assert "<script>alert" not in words(check)


def test_a_question_is_asked_only_after_the_answer_that_calls_for_it(citizen: Client) -> None:
    draft = begin(citizen)
    fill(citizen, draft, "dwelling")
    assert 'name="telecom"' not in words(citizen.get(f"/drafts/{draft.ref}/part/costs"))
    citizen.post(f"/drafts/{draft.ref}/part/dwelling", PAGES["dwelling"] | {"has-telecom": "yes"})
    assert 'name="telecom"' in words(citizen.get(f"/drafts/{draft.ref}/part/costs"))


def test_rows_are_added_without_script(citizen: Client) -> None:
    draft = begin(citizen)
    page = citizen.post(f"/drafts/{draft.ref}/part/household", PAGES["household"] | {"add": "family"})
    assert 'name="family[1].iin"' in words(page)
    page = citizen.post(f"/drafts/{draft.ref}/part/household", PAGES["household"] | {"remove": "family.0"})
    assert 'name="family[0].iin"' not in words(page)


def test_what_is_typed_after_the_session_ended_is_kept(citizen: Client) -> None:
    draft = begin(citizen)
    citizen.cookies.pop("sessionid")
    page = citizen.post(f"/drafts/{draft.ref}/part/applicant", PAGES["applicant"])
    assert page.status_code == 401
    sealed = page.context["kept"]
    credentials = {"number": "900205417747", "password": "qyzmet-demo", "kept": sealed, "next": "/"}
    answer = citizen.post("/sign-in", credentials)
    assert answer["Location"] == f"/drafts/{draft.ref}/part/applicant"
    draft.refresh_from_db()
    assert draft.form["phone"] == "+7 701 123 45 67"


def test_what_was_sealed_for_one_cannot_be_laid_into_anothers_draft(citizen: Client) -> None:
    draft = begin(citizen)
    citizen.cookies.pop("sessionid")
    sealed = citizen.post(f"/drafts/{draft.ref}/part/applicant", PAGES["applicant"]).context["kept"]
    signed = Client().post("/sign-in", {"number": NEIGHBOUR, "password": "qyzmet-demo", "kept": sealed})
    assert signed["Location"] == "/cabinet"
    draft.refresh_from_db()
    assert draft.form == {}


@pytest.mark.parametrize("page", ["", "/part/applicant", "/documents", "/check", "/sign"])
def test_a_draft_is_its_writers_alone(citizen: Client, page: str) -> None:
    draft = begin(citizen)
    assert signed_in(NEIGHBOUR).get(f"/drafts/{draft.ref}{page}").status_code == 404


def test_where_the_provider_checks_the_set_it_is_filed_without_a_document_and_warned_of(
    citizen: Client,
) -> None:
    draft = begin(citizen)
    fill(citizen, draft)
    page = citizen.get(f"/drafts/{draft.ref}/documents")
    needed = [row.name for row in page.context["rows"] if row.required]
    assert needed
    assert page.context["found"].left_out == needed
    assert "бас тартуға негіз болады" in words(page)
    assert citizen.post(f"/drafts/{draft.ref}/documents", {})["Location"] == f"/drafts/{draft.ref}/check"
    check = citizen.get(f"/drafts/{draft.ref}/check")
    assert all(name in words(check) for name in needed)
    assert "бас тартуға негіз болады" in words(check)
    assert send(citizen, draft).status_code == 302
    assert Case.objects.get().filing.documents == {}


def test_a_file_is_what_its_bytes_say(citizen: Client) -> None:
    draft = begin(citizen)
    page = citizen.post(f"/drafts/{draft.ref}/documents", {"bank-account": file("shot.pdf", b"MZ\x90\x00")})
    assert page.status_code == 422
    assert "PDF, JPEG немесе PNG емес" in words(page)
    citizen.post(f"/drafts/{draft.ref}/documents", {"bank-account": file("сурет.pdf", PNG), "keep": "1"})
    draft.refresh_from_db()
    kept = draft.documents["bank-account"]
    assert [each["name"] for each in kept] == ["сурет.pdf.png"]
    assert blobs.read(kept[0]["sha256"]) == PNG


def test_a_file_over_ten_megabytes_is_not_taken(citizen: Client) -> None:
    draft = begin(citizen)
    large = file("ulken.pdf", PDF + bytes(10 * 1024 * 1024))
    page = citizen.post(f"/drafts/{draft.ref}/documents", {"bank-account": large})
    assert page.status_code == 422
    assert "10 МБ" in words(page)
    draft.refresh_from_db()
    assert not draft.documents.get("bank-account")


def test_a_file_can_be_looked_at_and_taken_away(citizen: Client) -> None:
    draft = begin(citizen)
    fill(citizen, draft)
    attach(citizen, draft)
    address = f"/drafts/{draft.ref}/documents/bank-account/0"
    assert b"".join(citizen.get(address).streaming_content) == PDF  # type: ignore[attr-defined]
    citizen.post(f"/drafts/{draft.ref}/documents", {"remove": "bank-account.0"})
    assert citizen.get(address).status_code == 404


def test_an_official_in_post_is_told_to_change_role(monday: datetime) -> None:
    head = signed_in("640619310500")
    head.post("/roles", {"role": head.get("/roles").context["choices"][1]["key"]})
    page = head.get("/apply/housing-assistance")
    assert page.context["unfit"]
