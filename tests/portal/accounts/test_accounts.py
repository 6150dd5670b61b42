"""Accounts as people use them: register, prove the number, keep the password, act for a company."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from qyzmet import evidence
from qyzmet.cases.delivery.outbox import deliver_due
from qyzmet.cases.models import Entry
from qyzmet.config import clock
from qyzmet.config.mgov import DRAWN_BY
from qyzmet.demo.authority import authority
from qyzmet.evidence.models import SigningRequest
from qyzmet.people.actor import actors_for
from qyzmet.people.models import Account, Authority, Organisation, PostHolding
from qyzmet.signatures import sign_cms
from tests.office.keys import signed_by
from tests.portal.accounts.conftest import AIGUL, BOLAT, COMPANY, NOON, WORD, code_of, come_in, is_in, person

FORM = {"kind": "individual", "number": AIGUL, "email": "", "password": WORD, "again": WORD}


def words(answer: Any) -> str:
    return str(answer.content.decode())


def told(account: Account) -> list[str]:
    """What the journal says happened to the account."""
    return list(
        Entry.objects.filter(stream=f"account:{account.pk}").order_by("seq").values_list("act", flat=True)
    )


def sign(visitor: Client, page: str, item: str, account: Account, key: Any = None) -> Any:
    content = visitor.get(f"{page}/{item}").content
    data = sign_cms(content, [key], at=clock.now()) if key else signed_by(account, content)
    return visitor.post(page, {f"signature.{item}": SimpleUploadedFile("it.p7s", data)})


def test_one_registers_sees_only_drafts_and_is_confirmed_by_a_signature(noon: datetime) -> None:
    assert Client().post("/register", FORM)["Location"] == "/sign-in"
    visitor, account = come_in(), Account.objects.get()
    assert visitor.get("/cabinet").status_code == 200
    assert visitor.get("/cabinet/ANYCASE")["Location"].startswith("/account/confirm?next=")
    assert visitor.get("/account/companies")["Location"].startswith("/account/confirm")
    page = visitor.post("/account/confirm", {"next": "/cabinet"})["Location"]
    assert sign(visitor, page, "confirm", account)["Location"] == "/cabinet"
    account.refresh_from_db()
    assert account.confirmed_by == "signature"
    assert told(account) == ["account.registered", "account.confirmed"]
    assert "ЭЦҚ-мен расталған" in words(visitor.get("/account"))


def test_somebody_elses_key_confirms_nothing(noon: datetime) -> None:
    mine, other = person(AIGUL, confirmed=False), person(BOLAT)
    visitor = come_in()
    page = visitor.post("/account/confirm")["Location"]
    assert sign(visitor, page, "confirm", other).status_code == 422
    mine.refresh_from_db()
    assert mine.confirmed_at is None


def test_a_post_or_authority_given_to_an_unconfirmed_number_is_not_there_yet(noon: datetime) -> None:
    account = person(AIGUL, confirmed=False)
    where = Organisation.objects.create(
        code="o", kind="o", name_kk="К", name_ru="К", name_en="O", hours="provider"
    )
    PostHolding.objects.create(account=account, organisation=where, post="head", since=NOON)
    assert [each.post for each in actors_for(account, NOON)] == [None]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": ""}, "number"), ({"number": "900205417748"}, "number"), ({"number": "ӘҒҚ😀'<b>"}, "number"),
        ({"kind": "king"}, "kind"), ({"kind": "legal-entity", "number": "x" * 10_000}, "number"),
        ({"email": "no address"}, "email"), ({"email": "a\x00@b.kz"}, None), ({"again": "other"}, "again"),
        ({"password": "12345678", "again": "12345678"}, "password"),
        ({"password": "x" * 500, "again": "x" * 500}, "password"),
        ({"password": AIGUL + "a", "again": AIGUL + "a"}, "password"),
    ],
)  # fmt: skip
def test_bad_input_is_answered_beside_its_field(
    noon: datetime, wrong: dict[str, str], field: str | None
) -> None:
    answer = Client(HTTP_ACCEPT_LANGUAGE="kk").post("/register", FORM | wrong)
    if field is None:
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    assert [each.id for each in answer.context["errors"]] == [field]
    assert f'href="#{field}"' in words(answer)
    assert WORD not in words(answer)
    assert not Account.objects.exists()


def test_test_numbers_register_outside_production_only(noon: datetime, settings: Settings) -> None:
    assert Client().post("/register", FORM | {"number": "123456789011"}).status_code == 302
    settings.PRODUCTION = True
    assert Client().post("/register", FORM | {"number": "123456789012"}).status_code == 422


def test_changing_the_password_ends_the_other_sessions(aigul: Account) -> None:
    here, there = come_in(), come_in()
    answer = here.post("/account/password", {"old": WORD, "password": "taza-qar-19", "again": "taza-qar-19"})
    assert answer["Location"] == "/account"
    assert (is_in(here), is_in(there)) == (True, False)
    assert len(here.get("/account").context["sessions"]) == 1
    wrong = here.post("/account/password", {"old": WORD, "password": "kok-aspan-3", "again": "kok-aspan-3"})
    assert [each.id for each in wrong.context["errors"]] == ["old"]


def test_one_session_is_ended_or_all_others_and_nobody_elses(aigul: Account) -> None:
    person(BOLAT)
    here, there, third, bolat = come_in(), come_in(), come_in(), come_in(BOLAT)
    sessions = here.get("/account").context["sessions"]
    assert len(sessions) == 3
    others = bolat.get("/account").context["sessions"]
    here.post("/account/sessions", {"one": others[0]["row"].pk})
    assert is_in(bolat)
    third_row = max(each["row"].pk for each in sessions)
    here.post("/account/sessions", {"one": third_row})
    assert (is_in(here), is_in(there), is_in(third)) == (True, True, False)
    here.post("/account/sessions")
    assert (is_in(here), is_in(there)) == (True, False)


def test_a_forgotten_password_is_set_by_the_link_of_a_letter(aigul: Account, settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Account.objects.update(email="aliya@example.kz")
    there = come_in()
    Client().post("/reset", {"number": AIGUL})
    while deliver_due(clock.now(), ["account-mail"]):
        pass
    (letter,) = mail.outbox
    assert letter.to == ["aliya@example.kz"]
    link = re.search(r"/reset/\S+", letter.body)
    assert link is not None
    answer = Client().post(link[0], {"password": "taza-qar-19", "again": "taza-qar-19"})
    assert answer["Location"] == "/sign-in"
    assert not is_in(there)
    come_in(password="taza-qar-19")
    assert Client().get(link[0]).status_code == 410


def test_the_address_of_letters_is_changed_knowing_the_password_and_the_old_one_is_told(
    aigul: Account, settings: Settings
) -> None:
    settings.EMAIL_HOST = "mail.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Account.objects.update(email="old@example.kz")
    visitor = come_in()
    assert 'value="old@example.kz"' in words(visitor.get("/account/contact"))
    new = {"email": "new@example.kz", "language": "ru", "old": "not-the-password"}
    wrong = visitor.post("/account/contact", new)
    assert (wrong.status_code, wrong.context["errors"][0].id) == (422, "old")
    assert 'value="new@example.kz"' in words(wrong)
    assert visitor.post("/account/contact", new | {"old": WORD})["Location"] == "/account"
    while deliver_due(clock.now(), ["account-mail"]):
        pass
    aigul.refresh_from_db()
    assert (aigul.email, aigul.language) == ("new@example.kz", "ru")
    assert [(letter.to, "/reset/signature" in letter.body) for letter in mail.outbox] == [
        (["old@example.kz"], True)
    ]
    assert told(aigul)[-1] == "account.contact-changed"


def test_who_has_no_password_changes_the_address_without_one(aigul: Account) -> None:
    visitor = come_in()
    aigul.set_unusable_password()
    aigul.save()
    visitor.force_login(aigul, backend="qyzmet.people.backend.AccountBackend")
    assert 'name="old"' not in words(visitor.get("/account/contact"))
    for wrong in ({"email": "nobody", "language": "kk"}, {"email": "", "language": "tt"}):
        assert visitor.post("/account/contact", wrong).status_code == 422
    assert visitor.post("/account/contact", {"email": "a@b.kz", "language": "en"}).status_code == 302
    aigul.refresh_from_db()
    assert (aigul.email, aigul.language) == ("a@b.kz", "en")


def ask_to_sign(visitor: Client, kind: str = "individual") -> str:
    """The page of signatures of one who has forgotten the password."""
    return str(visitor.post("/reset/signature", {"kind": kind})["Location"])


def test_a_forgotten_password_is_set_by_a_signature_with_the_same_number(aigul: Account) -> None:
    visitor = Client(HTTP_ACCEPT_LANGUAGE="kk")
    assert visitor.get("/reset/signature/new")["Location"] == "/reset/signature"
    page = ask_to_sign(visitor)
    assert "Есептік жазбаның құпиясөзін жаңадан қоямын" in words(visitor.get(page))
    rubbish = visitor.post(page, {"signature.password": SimpleUploadedFile("x", b"rubbish")})
    assert rubbish.status_code == 422
    assert sign(visitor, page, "password", aigul)["Location"] == "/reset/signature/new"
    assert AIGUL in words(visitor.get("/reset/signature/new"))
    new = {"password": "taza-qar-19", "again": "taza-qar-19"}
    assert visitor.post("/reset/signature/new", new | {"again": "other"}).status_code == 422
    assert visitor.post("/reset/signature/new", new)["Location"] == "/sign-in"
    come_in(password="taza-qar-19")
    assert visitor.post("/reset/signature/new", new)["Location"] == "/reset/signature"
    assert visitor.get(page)["Location"] == "/reset/signature"


def test_the_phone_and_ncalayer_sign_for_a_forgotten_password_too(aigul: Account, settings: Settings) -> None:
    settings.QYZMET_MGOV = DRAWN_BY
    visitor = Client(HTTP_ACCEPT_LANGUAGE="kk")
    page = ask_to_sign(visitor)
    asked = words(visitor.get(page))
    assert 'class="ncalayer"' in asked
    assert 'class="phone"' in asked
    row = SigningRequest.objects.get()
    signed = signed_by(aigul, evidence.content_of(row, "password"))
    evidence.receive(row, {"password": signed}, clock.now())
    assert visitor.get(f"{page}/state").json()["received"]
    assert visitor.post(page, {"phone": "1"})["Location"] == "/reset/signature/new"


def test_the_page_of_signatures_is_only_in_the_browser_that_asked(aigul: Account) -> None:
    page = ask_to_sign(Client())
    for other in (Client(), come_in()):
        assert other.get(page).status_code in {302, 404}
        assert other.get(f"{page}/password").status_code in {302, 404}
        assert other.get("/reset/signature/new")["Location"] == "/reset/signature"


def test_a_persons_key_sets_no_password_of_a_company(aigul: Account) -> None:
    visitor = Client(HTTP_ACCEPT_LANGUAGE="kk")
    page = ask_to_sign(visitor, "legal-entity")
    assert sign(visitor, page, "password", aigul).status_code == 422
    assert visitor.get("/reset/signature/new")["Location"] == "/reset/signature"
    assert visitor.post("/reset/signature", {"kind": "tsar"}).status_code == 422


@pytest.mark.parametrize("kind", ["individual", "legal-entity"])
def test_the_key_of_an_information_system_opens_nobodys_account(noon: datetime, kind: str) -> None:
    visitor = Client(HTTP_ACCEPT_LANGUAGE="kk")
    page = ask_to_sign(visitor, kind)
    key = authority().information_system("ИС «Түлпар»", COMPANY, now=clock.now())
    assert (
        sign(visitor, page, "password", Account(), key).headers.get("Location", "") != "/reset/signature/new"
    )
    assert visitor.get("/reset/signature/new")["Location"] == "/reset/signature"
    assert not Account.objects.exists()


def test_the_second_factor_is_set_up_and_asked_for(aigul: Account) -> None:
    here, there = come_in(), come_in()
    assert "data:image/svg+xml" in words(here.get("/account/second-factor"))
    assert here.post("/account/second-factor", {"code": "000000"}).status_code == 422
    answer = here.post("/account/second-factor", {"code": code_of(aigul)})
    spare = answer.context["spare"]
    assert len(set(spare)) == 10
    assert (is_in(here), is_in(there)) == (True, False)
    visitor = come_in()
    assert not is_in(visitor)
    assert visitor.post("/sign-in/code", {"code": f" {spare[0].upper()} "})["Location"] == "/cabinet"
    assert is_in(visitor)
    stranger = come_in()
    assert stranger.post("/sign-in/code", {"code": "ы😀'"}).status_code == 422
    assert not is_in(stranger)
    assert "9" in words(visitor.get("/account/second-factor"))


def test_with_another_phone_the_second_factor_is_changed_by_a_code_of_it(aigul: Account) -> None:
    visitor = come_in()
    visitor.get("/account/second-factor")
    spare = visitor.post("/account/second-factor", {"code": code_of(aigul)}).context["spare"]
    page = visitor.get("/account/second-factor")
    assert "Телефон ауысса" in words(page)
    for wrong in ("000000", "", "abcd-efgh", "\x00", "😀" * 500):
        assert visitor.post("/account/second-factor", {"code": wrong}).status_code == 422
    old = code_key(aigul)
    assert visitor.post("/account/second-factor", {"code": spare[3]})["Location"] == "/account/second-factor"
    assert "data:image/svg+xml" in words(visitor.get("/account/second-factor"))
    assert code_key(aigul) != old
    fresh = visitor.post("/account/second-factor", {"code": code_of(aigul)}).context["spare"]
    assert not set(fresh) & set(spare)
    assert told(aigul)[-2:] == ["account.second-factor-dropped", "account.second-factor-set"]


def code_key(account: Account) -> str:
    return str(TOTPDevice.objects.get(user=account).key)


def test_an_official_in_production_sees_nothing_before_the_second_factor(
    aigul: Account, settings: Settings
) -> None:
    where = Organisation.objects.create(
        code="o", kind="o", name_kk="К", name_ru="К", name_en="O", hours="provider"
    )
    PostHolding.objects.create(account=aigul, organisation=where, post="head", since=NOON)
    visitor = come_in()
    assert visitor.get("/roles").status_code == 200
    settings.QYZMET_SECOND_FACTOR = True
    for address in ("/office/", "/cabinet", "/roles", "/account", "/", "/sign/x"):
        assert visitor.get(address)["Location"].startswith("/account/second-factor"), address
    visitor.get("/account/second-factor")
    visitor.post("/account/second-factor", {"code": code_of(aigul)})
    assert visitor.get("/roles").status_code == 200


def test_a_head_acts_for_the_company_by_its_key_until_the_certificate_ends(aigul: Account) -> None:
    key = authority().key_of(AIGUL, bin=COMPANY, roles=("head",), now=clock.now())
    visitor = come_in()
    page = visitor.post("/account/companies/certificate")["Location"]
    assert sign(visitor, page, "company", aigul, key)["Location"] == "/roles"
    held = Authority.objects.get()
    assert (held.principal, held.basis, held.since) == (COMPANY, "head", NOON)
    assert held.until is not None
    assert held.until > NOON
    assert f"for:{COMPANY}" in words(visitor.get("/roles"))
    assert told(aigul) == ["authority.taken"]


def test_an_employees_key_does_not_make_one_act_for_the_company(aigul: Account) -> None:
    key = authority().key_of(AIGUL, bin=COMPANY, roles=("employee",), now=clock.now())
    visitor = come_in()
    page = visitor.post("/account/companies/certificate")["Location"]
    assert sign(visitor, page, "company", aigul, key).status_code == 422
    assert not Authority.objects.exists()


def test_a_head_gives_authority_and_takes_it_back_at_once(aigul: Account) -> None:
    person(BOLAT)
    Authority.objects.create(
        account=aigul, principal=COMPANY, principal_kind="legal-entity", principal_name="Құрылыс", basis="head",
        since=NOON - timedelta(days=1),
    )  # fmt: skip
    head, bolat = come_in(), come_in(BOLAT)
    given = {"number": BOLAT, "document": "№ 5 сенімхат", "until": "31.12.2019"}
    head.post("/roles", {"role": "self"})
    assert head.post("/account/companies/give", given).status_code == 422
    head.post("/roles", {"role": f"for:{COMPANY}"})
    for wrong in (
        {"until": "31.02.2019"},
        {"until": "01.01.2019"},
        {"number": "1"},
        {"document": "<b>"},
        {"number": AIGUL},
    ):
        assert head.post("/account/companies/give", given | wrong).status_code == 422, wrong
    assert head.post("/account/companies/give", given).status_code == 302
    bolat.post("/roles", {"role": f"for:{COMPANY}"})
    assert "Құрылыс" in words(bolat.get("/account"))
    assert bolat.post("/account/companies/give", given | {"number": AIGUL}).status_code == 422
    held = Authority.objects.get(account__number=BOLAT)
    assert BOLAT in words(head.get("/account/companies"))
    head.post("/account/companies/withdraw", {"authority": held.pk})
    assert f"for:{COMPANY}" not in words(bolat.get("/roles"))


def test_a_request_for_a_signature_is_made_for_the_person_alone(aigul: Account) -> None:
    come_in().post("/account/companies/certificate")
    assert SigningRequest.objects.get().expected["iin"] == AIGUL
