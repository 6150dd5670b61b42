"""The cabinet: where an application is and until when, what was said, and what its recipient may do."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from qyzmet import evidence
from qyzmet.cases.laws import law_of
from qyzmet.cases.models import Case
from qyzmet.cases.sweep import sweep
from qyzmet.clock import ALMATY
from qyzmet.config import clock
from qyzmet.documents.models import Document
from qyzmet.documents.sources import Source
from qyzmet.documents.tables import receipt_rows
from qyzmet.signatures import Rules, digest, verify_cms
from tests.portal.conftest import CITIZEN, MONDAY, NEIGHBOUR, signed_in
from tests.portal.filling import PDF, begin, fill, ready, send

SATURDAY = datetime(2019, 6, 8, 11, 0, tzinfo=ALMATY)


@pytest.fixture
def filed(citizen: Client) -> Case:
    send(citizen, ready(citizen))
    return Case.objects.get()


def words(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_the_case_says_who_holds_it_and_until_when_and_why(citizen: Client, filed: Case) -> None:
    page = words(citizen.get(f"/cabinet/{filed.ref}"))
    assert "Көрсетілетін қызметті берушінің жауапты маманы" in page
    assert "2019\u202fж. 13 маусым, 18:30" in page
    assert "8 жұмыс күні қалды" in page
    assert 'class="strip"' in page


def test_the_processes_and_conditions_of_the_portal_are_on_the_case(citizen: Client, filed: Case) -> None:
    stages = citizen.get(f"/cabinet/{filed.ref}").context["stages"]
    assert [stage.name.partition(".")[0] for stage in stages[:5]] == [
        "1-процесс", "1-шарт", "3-процесс", "2-шарт", "5-процесс",
    ]  # fmt: skip


def test_the_condition_of_the_signature_names_every_check(citizen: Client, filed: Case) -> None:
    stage = citizen.get(f"/cabinet/{filed.ref}").context["stages"][3]
    assert (stage.sign, stage.clause) == ("", "A120 §10(6)")
    assert {"Кері қайтарып алынбағаны", "Қолданылу мерзімі", "ЖСН сәйкестігі"} <= {
        each.name for each in stage.checks
    }
    assert {each.word for each in stage.checks} == {"өтті"}


def test_the_recipient_takes_the_signed_bytes_and_the_signature_away(citizen: Client, filed: Case) -> None:
    seen = citizen.get(f"/cabinet/{filed.ref}").context["signatures"]
    address = f"/cabinet/{filed.ref}/signatures/{seen[0].proof.id}"
    content = citizen.get(f"{address}/content").content
    assert json.loads(content)["filing"] == filed.filing_key
    verdict = verify_cms(
        citizen.get(f"{address}/signature").content, at=MONDAY, trust=evidence.trust(), rules=Rules(test_ids=True),
        content={name: digest(name, content) for name in ("sha256", "streebog512")},
    )  # fmt: skip
    assert verdict.signers[0].iin == CITIZEN
    assert not verdict.failed
    assert signed_in(NEIGHBOUR).get(f"{address}/content").status_code == 404
    assert citizen.get(f"{address}/other").status_code == 404


def test_the_list_shows_applications_and_drafts(citizen: Client, filed: Case) -> None:
    begin(citizen)
    page = citizen.get("/cabinet")
    assert [row["case"].ref for row in page.context["rows"]] == [filed.ref]
    assert len(page.context["drafts"]) == 1
    assert filed.number is not None
    assert filed.number in words(page)


@pytest.mark.parametrize(
    "address", ["", "/filed", "/withdraw", "/answer", "/complain", "/files/bank-account/0"]
)
def test_a_stranger_learns_nothing_not_even_that_it_exists(
    citizen: Client, filed: Case, address: str
) -> None:
    stranger = signed_in(NEIGHBOUR)
    theirs = stranger.get(f"/cabinet/{filed.ref}{address}")
    nobodys = stranger.get(f"/cabinet/NOSUCHCASE12{address}")
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert stranger.get("/cabinet").context["rows"] == []


def test_what_i_attached_can_be_seen_again(citizen: Client, filed: Case) -> None:
    address = f"/cabinet/{filed.ref}/files/bank-account/0"
    assert f'href="{address}"' in words(citizen.get(f"/cabinet/{filed.ref}"))
    answer = citizen.get(address)
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert citizen.get(f"/cabinet/{filed.ref}/files/bank-account/7").status_code == 404


def test_an_application_not_yet_registered_can_be_withdrawn(citizen: Client) -> None:
    draft = ready(citizen)
    with clock.hold(SATURDAY):
        send(citizen, draft)
        case = Case.objects.get()
        assert case.state == "received"
        citizen.post(f"/cabinet/{case.ref}/withdraw", {"reason": "Ойымнан қайттым"})
        case.refresh_from_db()
        assert (case.state, case.exit) == ("ended", "withdrawn")
        assert "Кері қайтарып алынды" in words(citizen.get(f"/cabinet/{case.ref}"))


def test_a_case_that_ended_before_its_registration_is_not_said_to_be_registered_and_promises_nothing(
    citizen: Client,
) -> None:
    draft = ready(citizen)
    with clock.hold(SATURDAY):
        send(citizen, draft)
        case = Case.objects.get()
        waiting = words(citizen.get(f"/cabinet/{case.ref}"))
        assert "Тіркелетін уақыты" in waiting
        assert "нәтиже шыққанда осында пайда болады" in waiting
        citizen.post(f"/cabinet/{case.ref}/withdraw", {"reason": ""})
        citizen.get("/cabinet")  # the word that it was withdrawn is told once
        for page in (f"/cabinet/{case.ref}", f"/cabinet/{case.ref}/filed"):
            said = words(citizen.get(page))
            assert "Тіркелген жоқ: іс тіркелгенге дейін аяқталды" in said
            assert "іркелетін уақыты" not in said
            assert "10 маусым" not in said  # Monday, when it was to be registered
            for promise in ("осында пайда болады", "Енді не болады", "Нәтиже жеке кабинетке түседі"):
                assert promise not in said
        stages = citizen.get(f"/cabinet/{case.ref}").context["stages"]
    assert [each.name for each in stages][-2:] == ["Тіркелген жоқ", "Нәтиже"]
    assert (stages[-1].text, stages[-1].began) == ("Кері қайтарып алынды", SATURDAY)


def test_nor_does_what_one_takes_away_name_a_moment_of_registration(citizen: Client) -> None:
    draft = ready(citizen)
    with clock.hold(SATURDAY):
        send(citizen, draft)
        case = Case.objects.get()
        assert taken_away(citizen, case)["registered_at"].startswith("2019-06-10")
        citizen.post(f"/cabinet/{case.ref}/withdraw", {"reason": ""})
        assert taken_away(citizen, case)["registered_at"] is None
        copy = zipped(citizen.get("/my-data/copy"))
        assert json.loads(copy.read("my-data.json"))["cases"][0]["registered_at"] is None
        case.refresh_from_db()
        source = Source(case, case.filing, law_of(case.edition_id), "receipt", None, {}, ())  # type: ignore[arg-type]
        assert "Тіркелген уақыты" not in [each.label["kk"] for each in receipt_rows(source)]


def taken_away(visitor: Client, case: Case) -> Any:
    index: Any = json.loads(zipped(visitor.get(f"/cabinet/{case.ref}/case-file")).read("index.json"))
    return index["case"]


def zipped(answer: Any) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_before_the_code_was_in_force_a_complaint_is_refused_with_the_reason(
    citizen: Client, filed: Case
) -> None:
    page = citizen.get(f"/cabinet/{filed.ref}/complain")
    assert page.status_code == 409
    assert "шағым" in words(page)


def test_a_complaint_is_written_like_an_application_and_becomes_a_case_of_its_own(citizen: Client) -> None:
    with clock.hold(MONDAY + timedelta(days=4 * 365)):
        send(citizen, ready(citizen))
        case = Case.objects.get()
        answer = citizen.post(f"/cabinet/{case.ref}/complain", {"variant.addressee": "provider"})
        draft = answer["Location"]
        said = {"subject": "inaction", "reasons": "Жауап жоқ", "demand": "Қарауды сұраймын"}
        assert citizen.post(f"{draft}/part/complaint", said)["Location"] == f"{draft}/check"
        assert citizen.post(f"{draft}/sign", {"password": "wrong"}).status_code == 422
        citizen.post(f"{draft}/sign", {"password": "qyzmet-demo"})
        complaint = Case.objects.get(about=case)
        stages = citizen.get(f"/cabinet/{complaint.ref}").context["stages"]
        assert [each.sign for each in stages if "құпиясөзбен расталды" in each.name] == ["held"]
        assert complaint.service == "complaint"
        assert complaint.ref in words(citizen.get(f"/cabinet/{case.ref}"))


def test_the_case_turns_late_when_its_term_has_passed(citizen: Client, filed: Case) -> None:
    with clock.hold(datetime(2019, 6, 17, 10, 0, tzinfo=ALMATY)):
        sweep(clock.now())
        page = words(citizen.get(f"/cabinet/{filed.ref}"))
    assert "Мерзімі өтіп кетті" in page
    assert "мерзімінен 2 жұмыс күні өтіп кетті" in page


def test_a_document_is_told_from_a_false_one_without_personal_data(citizen: Client, filed: Case) -> None:
    Document.objects.create(
        case=filed, seq=99, issued="notice", template="notice.typ", code="ABCD-EF01-2345-6789", number="АЛТ-1/99",
        name={"kk": "Хабарлама", "ru": "Уведомление", "en": "Notice"}, issuer={"kk": "Бөлім", "ru": "Отдел", "en": "Office"},
        content={}, digest="a" * 64, size=10, issued_at=MONDAY,
    )  # fmt: skip
    page = Client().get("/verify", {"code": "abcd ef0i 2345 6789"}, follow=True)
    said = words(page)
    assert "Құжат түпнұсқа" in said
    assert "Ысқақова" not in said
    assert "900205417747" not in said
    false = Client().get("/verify/ABCD-EF01-2345-6780")
    assert false.status_code == 404
    assert "Мұндай кодпен құжат берілмеген" in words(false)


def test_a_draft_can_be_thrown_away_by_its_writer_only(citizen: Client) -> None:
    draft = begin(citizen)
    fill(citizen, draft, "applicant")
    assert signed_in(NEIGHBOUR).post(f"/drafts/{draft.ref}/delete").status_code == 404
    assert f'href="/drafts/{draft.ref}/delete"' in words(citizen.get("/cabinet"))
    assert "қайтарылмастай жойылады" in words(citizen.get(f"/drafts/{draft.ref}/delete"))
    assert len(citizen.get("/cabinet").context["drafts"]) == 1
    citizen.post(f"/drafts/{draft.ref}/delete")
    assert citizen.get("/cabinet").context["drafts"] == []
