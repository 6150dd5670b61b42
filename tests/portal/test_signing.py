"""An application signed with a key: what is read is what is signed, refused by the name of the check, filed once."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qyzmet import evidence
from qyzmet.cases.models import Case, SignatureRecord
from qyzmet.config import clock
from qyzmet.demo.authority import State
from qyzmet.evidence.models import SigningRequest
from qyzmet.people.models import Account
from qyzmet.portal.models import Draft
from qyzmet.portal.signing import ITEM
from tests.office.keys import Status, answering
from tests.portal.conftest import CITIZEN, MONDAY, NEIGHBOUR, settle, signed_in
from tests.portal.filling import PAGES, PDF, page_of, ready, send, signature, upload


def words(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def draft(citizen: Client) -> Draft:
    return ready(citizen)


def test_what_is_read_is_what_is_signed(citizen: Client, draft: Draft) -> None:
    page = page_of(citizen, draft)
    said = json.loads(citizen.get(f"{page}/{ITEM}").content)
    assert said["filing"] == draft.ref
    assert said["form"]["iban"] == "KZ24070105KSN0000000"
    told = citizen.get(page)
    assert "KZ24 0701 05KS N000 0000" in words(told)
    assert "2019-04-25-n2-261" in words(told)
    assert "күші жойылды" not in words(told), (
        "the act stood in June 2019; that it ended in 2020 is no news yet"
    )
    assert said["attachments"][0]["sha256"] in words(told)
    files = told.context["items"][0].told.files
    assert len(files) == len(said["attachments"]) > 0
    looked = citizen.get(f"{page}/{ITEM}/files/0")
    assert b"".join(looked.streaming_content) == PDF  # type: ignore[attr-defined]


def test_a_signed_application_is_filed_and_keeps_its_signature(citizen: Client, draft: Draft) -> None:
    answer = send(citizen, draft)
    case = Case.objects.get()
    assert answer["Location"] == f"/cabinet/{case.ref}/filed"
    row = SignatureRecord.objects.get()
    assert (row.subject, row.outcome, row.iin) == ("filing:applicant", "valid", CITIZEN)


@pytest.mark.parametrize(
    ("state", "check"),
    [("expired", "validity"), ("future", "validity"), ("revoked", "revocation"), ("foreign", "chain")],
)
def test_a_key_that_fails_is_process_4_and_the_page_stays_open(
    citizen: Client, draft: Draft, state: State, check: str
) -> None:
    page = page_of(citizen, draft)
    refused = upload(citizen, page, signature(citizen, page, state=state))
    assert refused.status_code == 422
    assert refused.context["fault"].check == check
    assert "4-процесс" in words(refused)
    assert "№ 1/20 қаулысы, 10-тармақтың 7) тармақшасы" in words(refused)
    assert not Case.objects.exists()
    assert upload(citizen, page, signature(citizen, page)).status_code == 302
    assert Case.objects.get().number


def test_somebody_elses_key_does_not_sign_for_me(citizen: Client, draft: Draft) -> None:
    neighbour = Account.objects.get(number=NEIGHBOUR)
    page = page_of(citizen, draft)
    refused = upload(citizen, page, signature(citizen, page, who=neighbour))
    assert refused.context["fault"].check == "iin"
    assert not Case.objects.exists()


def test_a_signature_over_other_bytes_is_named(citizen: Client, draft: Draft) -> None:
    page = page_of(citizen, draft)
    good = signature(citizen, page)
    citizen.post(page, {"cancel": "1"})
    citizen.post(f"/drafts/{draft.ref}/part/account", PAGES["account"] | {"bank": "Басқа банк"})
    again = page_of(citizen, draft)
    assert upload(citizen, again, good).context["fault"].check == "content"


@pytest.mark.parametrize(
    ("data", "said"),
    [(None, "Қолтаңба файлын таңдаңыз"), (b"", "Файл бос"), (b"\x30" + bytes(6 << 20), "5 МБ-тан үлкен")],
)
def test_a_file_that_cannot_be_judged_is_said_at_its_field(
    citizen: Client, draft: Draft, data: bytes | None, said: str
) -> None:
    page = page_of(citizen, draft)
    answer = citizen.post(page, {}) if data is None else upload(citizen, page, data)
    assert answer.status_code == 422
    assert said in answer.context["errors"][0].text
    assert answer.context["errors"][0].id == "file-0"


def test_a_signature_may_come_as_text_between_its_lines(citizen: Client, draft: Draft) -> None:
    page = page_of(citizen, draft)
    body = base64.encodebytes(signature(citizen, page)).decode()
    armoured = f"-----BEGIN CMS-----\n{body}-----END CMS-----\n"
    assert citizen.post(page, {f"signature.{ITEM}": armoured}).status_code == 302


def test_answers_changed_in_another_tab_are_looked_at_again(citizen: Client, draft: Draft) -> None:
    page = page_of(citizen, draft)
    signed = signature(citizen, page)
    citizen.post(f"/drafts/{draft.ref}/part/account", PAGES["account"] | {"bank": "Басқа банк"})
    answer = upload(citizen, page, signed)
    assert answer["Location"] == f"/drafts/{draft.ref}/check"
    assert "жауаптар өзгерген" in words(citizen.get(answer["Location"]))
    assert not Case.objects.exists()


def test_two_tabs_come_to_one_page_and_two_clicks_file_once(citizen: Client, draft: Draft) -> None:
    page = page_of(citizen, draft)
    assert page_of(citizen, draft) == page
    signed = signature(citizen, page)
    first, second = upload(citizen, page, signed), upload(citizen, page, signed)
    assert Case.objects.count() == 1
    assert second["Location"] == f"/drafts/{draft.ref}/check"
    assert citizen.get(second["Location"])["Location"] == f"/cabinet/{Case.objects.get().ref}"
    assert first["Location"].endswith("/filed")


def test_the_second_of_two_pages_of_one_draft_finds_it_filed(citizen: Client, draft: Draft) -> None:
    page = page_of(citizen, draft)
    signed = signature(citizen, page)
    with clock.hold(MONDAY + timedelta(minutes=5)):
        row = SigningRequest.objects.get()
        SigningRequest.objects.filter(pk=row.pk).update(purpose="parked")
        other = page_of(citizen, draft)
        SigningRequest.objects.filter(pk=row.pk).update(purpose="filing")
    assert other != page
    upload(citizen, other, signature(citizen, other))
    Draft.objects.update(filed="")  # the first click left before the second one's answer
    answer = upload(citizen, page, signed)
    assert answer["Location"] == f"/cabinet/{Case.objects.get().ref}/filed"


def test_while_one_submission_is_taken_in_the_other_waits_for_it(citizen: Client, draft: Draft) -> None:
    page = page_of(citizen, draft)
    signed = signature(citizen, page)
    with evidence.once(SigningRequest.objects.get(), clock.now()):
        answer = upload(citizen, page, signed)
        assert answer.status_code == 409
        assert 'http-equiv="refresh"' in words(answer)
    assert not Case.objects.exists()


def test_a_signature_sent_after_the_session_ended_is_sent_on_by_one_press(
    citizen: Client, draft: Draft
) -> None:
    page = page_of(citizen, draft)
    signed = signature(citizen, page)
    citizen.cookies.pop("sessionid")
    answer = upload(citizen, page, signed)
    assert answer["Location"] == f"/sign-in?next={page}"
    back = signed_in()
    assert "Қолтаңбаңыз келді" in words(back.get(page))
    assert back.post(page, {"phone": "1"}).status_code == 302
    assert Case.objects.count() == 1


def test_a_page_grown_old_keeps_the_signature_too(citizen: Client, draft: Draft) -> None:
    page = page_of(citizen, draft)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = citizen.cookies
    data = SimpleUploadedFile("a.p7s", signature(citizen, page))
    assert strict.post(page, {f"signature.{ITEM}": data})["Location"] == page
    assert SigningRequest.objects.get().received
    assert not Case.objects.exists()


def test_the_phone_is_waited_for(citizen: Client, draft: Draft) -> None:
    page = page_of(citizen, draft)
    assert json.loads(citizen.get(f"{page}/state").content) == {"received": "", "closed": False}
    early = citizen.post(page, {"phone": "1"})
    assert early.status_code == 422
    assert "әлі келген жоқ" in words(early)
    assert "Мына жерлерді түзетіңіз" not in words(early), "nothing has to be corrected, only waited for"
    evidence.receive(SigningRequest.objects.get(), {ITEM: signature(citizen, page)}, clock.now())
    assert json.loads(citizen.get(f"{page}/state").content)["received"]
    assert citizen.post(page, {"phone": "1"}).status_code == 302
    assert json.loads(citizen.get(f"{page}/state").content)["closed"]


def test_cancelled_it_goes_back_and_nothing_is_lost(citizen: Client, draft: Draft) -> None:
    page = page_of(citizen, draft)
    assert citizen.post(page, {"cancel": "1"})["Location"] == f"/drafts/{draft.ref}/check"
    assert citizen.get(page)["Location"] == f"/drafts/{draft.ref}/check"
    assert send(citizen, draft).status_code == 302
    assert Case.objects.count() == 1


def test_a_page_open_for_more_than_its_hour_leads_back(citizen: Client, draft: Draft) -> None:
    page = page_of(citizen, draft)
    signed = signature(citizen, page)
    with clock.hold(MONDAY + timedelta(minutes=61)):
        assert upload(citizen, page, signed)["Location"] == f"/drafts/{draft.ref}/check"
        assert "бір сағаттық мерзімі өтті" in words(citizen.get(f"/drafts/{draft.ref}/check"))
    assert not Case.objects.exists()


@pytest.mark.parametrize("what", ["", "/state", f"/{ITEM}", f"/{ITEM}/0", f"/{ITEM}/files/0"])
def test_a_page_of_signatures_is_for_the_one_who_was_asked(citizen: Client, draft: Draft, what: str) -> None:
    page = page_of(citizen, draft)
    assert signed_in(NEIGHBOUR).get(f"{page}{what}").status_code == 404
    assert Client().get(f"{page}{what}").status_code == 302


@pytest.fixture
def silent(db: None) -> Iterator[Status]:
    with clock.hold(MONDAY), answering() as status:
        settle("housing-assistance", "general/complaint", "general/hearing")
        status.silent = True
        yield status


def test_while_the_authority_is_silent_it_is_received_and_says_that_it_waits(silent: Status) -> None:
    visitor = signed_in()
    answer = send(visitor, ready(visitor))
    case = Case.objects.get()
    assert (case.state, case.number) == ("received", None)
    assert visitor.get(answer["Location"]).status_code == 200
    assert SignatureRecord.objects.get().outcome == "pending"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_reads_in_every_language(citizen: Client, draft: Draft, language: str) -> None:
    page = page_of(citizen, draft)
    citizen.post("/i18n/setlang/", {"language": language, "next": "/"})
    answer = citizen.get(page)
    assert answer.status_code == 200
    assert f'lang="{language}"' in words(answer)
    assert "connect-src" in answer["Content-Security-Policy"]
    assert "<script>" not in words(answer)
    upload(citizen, page, signature(citizen, page))
    assert Case.objects.get().filing.language == "kk"


def test_in_production_no_stand_in_is_offered(citizen: Client, draft: Draft, settings: Any) -> None:
    page = page_of(citizen, draft)
    settings.QYZMET_STAND_IN = "http://127.0.0.1:13580/"
    assert "data-any-chain" in words(citizen.get(page))
    assert "NCALayer үлгісі" in words(citizen.get(page))
    settings.PRODUCTION, settings.QYZMET_STAND_IN = True, ""
    assert "data-any-chain" not in words(citizen.get(page))
    assert "NCALayer үлгісі" not in words(citizen.get(page))


def test_on_friday_evening_a_signed_application_registers_on_monday(citizen: Client, draft: Draft) -> None:
    with clock.hold(datetime(2019, 6, 7, 19, 30, tzinfo=MONDAY.tzinfo)):
        send(citizen, draft)
    case = Case.objects.get()
    assert case.number is None
    assert case.registered_at == datetime(2019, 6, 10, 9, 0, tzinfo=MONDAY.tzinfo)
