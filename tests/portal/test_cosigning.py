"""Two companies sign one application: the developer asks, the authorised company reads the same and answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from qyzmet.cases.models import Case, SignatureRecord
from qyzmet.clock import ALMATY
from qyzmet.config import clock
from qyzmet.demo.authority import authority
from qyzmet.demo.samples import Samples
from qyzmet.people.models import Account, Organisation
from qyzmet.portal.models import CoSignature, Draft
from qyzmet.portal.signing import ITEM
from qyzmet.signatures import sign_cms
from tests.cases.town import shipped
from tests.office.keys import answering
from tests.portal.conftest import settle, signed_in
from tests.portal.filling import file, page_of, signature, upload

DEVELOPER, COMPANY = "121140459293", "180440036703"
DEVELOPER_HEAD = "900726355479"


def words(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def developer(db: None) -> Iterator[Client]:
    with clock.hold(datetime(2024, 6, 3, 10, 0, tzinfo=ALMATY)), answering():
        settle("equity-permit", "general/complaint", "general/hearing")
        yield signed_in(DEVELOPER)


@pytest.fixture
def draft(developer: Client) -> Draft:
    """The developer's application, complete but for the signatures."""
    package = shipped("equity-permit")
    provider = Organisation.objects.filter(kind=package.organisations["provider"].kind).first()
    assert provider is not None
    answer = developer.post("/apply/equity-permit", {"org.provider": provider.pk})
    made = Draft.objects.get(ref=answer["Location"].rsplit("/", 1)[1])
    facts = {"channel": "portal", "recipient": "legal-entity", "visit": False}
    samples = Samples(on=date(2024, 6, 3), given={"authorised-company-bin": COMPANY})
    made.form = samples.form(package, facts)
    made.save()
    page = developer.get(f"/drafts/{made.ref}/documents")
    if page.status_code == 200:
        keys = [row.key for row in page.context["rows"]]
        developer.post(f"/drafts/{made.ref}/documents", {key: file() for key in keys})
    made.refresh_from_db()
    return made


def invited(developer: Client, draft: Draft) -> CoSignature:
    answer = developer.post(f"/drafts/{draft.ref}/check")
    assert answer["Location"] == f"/drafts/{draft.ref}/sides", words(answer)
    return CoSignature.objects.get()


def read(company: Client, asked: CoSignature) -> str:
    return str(company.post(f"/to-sign/{asked.ref}")["Location"])


def test_both_sign_the_same_bytes_and_the_applicant_files(developer: Client, draft: Draft) -> None:
    check = words(developer.get(f"/drafts/{draft.ref}/check"))
    assert "Уәкілетті компания" in check
    assert "«Алатау Үлес» ЖШС" in check
    asked = invited(developer, draft)
    assert developer.get(f"/drafts/{draft.ref}/sign")["Location"] == f"/drafts/{draft.ref}/sides"

    company = signed_in(COMPANY)
    assert f"/to-sign/{asked.ref}" in words(company.get("/cabinet"))
    page = read(company, asked)
    told = words(company.get(page))
    assert "«Алатау Құрылыс» ЖШС" in told
    assert "қызметкердің кілті жарамайды" in told
    assert b"".join(company.get(f"{page}/{ITEM}/files/0").streaming_content)  # type: ignore[attr-defined]
    theirs = company.get(f"{page}/{ITEM}").content
    assert upload(company, page, signature(company, page))["Location"] == "/cabinet"
    assert f"/to-sign/{asked.ref}" not in words(company.get("/cabinet"))

    assert "Барлық тарап қол қойды" in words(developer.get(f"/drafts/{draft.ref}/sides"))
    own = page_of(developer, draft)
    assert developer.get(f"{own}/{ITEM}").content == theirs
    assert json.loads(theirs)["filing"] == draft.ref
    upload(developer, own, signature(developer, own))
    case = Case.objects.get()
    signed = SignatureRecord.objects.order_by("subject").values_list("subject", "bin", "prepared")
    assert [each[:2] for each in signed] == [
        ("filing:applicant", DEVELOPER),
        ("filing:authorised-company", COMPANY),
    ]
    assert len({each[2] for each in signed}) == 1
    assert company.get(f"/cabinet/{case.ref}").status_code == 200


def test_while_it_is_out_for_signature_nothing_changes(developer: Client, draft: Draft) -> None:
    invited(developer, draft)
    sides = f"/drafts/{draft.ref}/sides"
    for page in ("", "/part/applicant", "/documents", "/check"):
        assert developer.get(f"/drafts/{draft.ref}{page}")["Location"] == sides
    before = Draft.objects.get(pk=draft.pk).form
    assert (
        developer.post(f"/drafts/{draft.ref}/part/applicant", {"phone": "+7 777 000 00 00"})["Location"]
        == sides
    )
    assert Draft.objects.get(pk=draft.pk).form == before


def test_unlocked_it_takes_the_signatures_back(developer: Client, draft: Draft) -> None:
    asked = invited(developer, draft)
    company = signed_in(COMPANY)
    page = read(company, asked)
    signed = signature(company, page)
    assert developer.post(f"/drafts/{draft.ref}/unlock")["Location"] == f"/drafts/{draft.ref}/check"
    assert not CoSignature.objects.exists()
    assert upload(company, page, signed).status_code in {302, 404}
    assert not CoSignature.objects.exists()
    assert developer.get(f"/drafts/{draft.ref}/check").status_code == 200


def test_a_side_declines_with_a_reason_the_applicant_reads(developer: Client, draft: Draft) -> None:
    asked = invited(developer, draft)
    company = signed_in(COMPANY)
    assert (
        company.post(f"/to-sign/{asked.ref}/decline", {"reason": " "})["Location"] == f"/to-sign/{asked.ref}"
    )
    company.post(f"/to-sign/{asked.ref}/decline", {"reason": "Алаңы қате жазылған"})
    said = words(developer.get(f"/drafts/{draft.ref}/sides"))
    assert "Алаңы қате жазылған" in said
    assert "Қол қоюдан бас тартты" in said
    assert developer.get(f"/drafts/{draft.ref}/sign")["Location"] == f"/drafts/{draft.ref}/sides"
    assert "жауап бердіңіз" in words(company.get(f"/to-sign/{asked.ref}"))


def test_an_employees_key_does_not_sign_for_the_company(developer: Client, draft: Draft) -> None:
    asked = invited(developer, draft)
    company = signed_in(COMPANY)
    page = read(company, asked)
    employee = authority().key_of("811201401188", bin=COMPANY, roles=("employee",), now=clock.now())
    content = company.get(f"{page}/{ITEM}").content
    refused = upload(company, page, sign_cms(content, [employee], at=clock.now()))
    assert refused.status_code == 422
    assert refused.context["fault"].check == "role"
    assert "Бірінші басшы немесе қол қою құқығы бар адам" in words(refused)
    assert CoSignature.objects.get().state == CoSignature.INVITED


def test_another_companys_head_does_not_sign_for_this_one(developer: Client, draft: Draft) -> None:
    asked = invited(developer, draft)
    company = signed_in(COMPANY)
    page = read(company, asked)
    other = Account.objects.get(number=DEVELOPER)
    refused = upload(company, page, signature(company, page, who=other))
    assert refused.context["fault"].check == "bin"


def test_an_invitation_is_for_the_side_that_was_asked(developer: Client, draft: Draft) -> None:
    asked = invited(developer, draft)
    assert developer.get(f"/to-sign/{asked.ref}").status_code == 404
    assert signed_in().post(f"/to-sign/{asked.ref}/decline", {"reason": "x"}).status_code == 404


def test_the_head_acting_for_the_company_signs_with_a_key_of_his_own(developer: Client, draft: Draft) -> None:
    asked = invited(developer, draft)
    head = signed_in("650726333652")
    role = next(each for each in head.get("/roles").context["choices"] if each["actor"].party == COMPANY)
    head.post("/roles", {"role": role["key"]})
    page = read(head, asked)
    assert "өз кілтіңізбен қол қоясыз" in words(head.get(page))
    assert upload(head, page, signature(head, page))["Location"] == "/cabinet"
    assert CoSignature.objects.get().state == CoSignature.SIGNED
