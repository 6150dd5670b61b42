"""What a stranger tries: to learn who has an account, to keep a session, to use a link or a code twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qyzmet.cases.acts.accounts import enter_by_egov
from qyzmet.config import clock
from qyzmet.people import links
from qyzmet.people.models import Account, Authority, SignIn
from tests.office.keys import signed_by
from tests.portal.accounts.conftest import AIGUL, BOLAT, COMPANY, NOON, WORD, code_of, come_in, is_in, person

NEW = {"password": "taza-qar-19", "again": "taza-qar-19"}


def seen(answer: Any, visitor: Client) -> tuple[int, str, list[str]]:
    """All that a stranger is shown in answer."""
    page = visitor.get("/sign-in") if answer.status_code == 302 else answer
    return answer.status_code, answer.get("Location", ""), [str(each) for each in page.context["messages"]]


def test_registering_and_forgetting_say_the_same_of_every_number(aigul: Account) -> None:
    Account.objects.update(email="aliya@example.kz")
    for address, form in (
        ("/register", {"kind": "individual", "email": "", "password": WORD, "again": WORD}),
        ("/reset", {}),
    ):
        said = []
        for number in (AIGUL, BOLAT):
            visitor = Client(HTTP_ACCEPT_LANGUAGE="kk")
            said.append(seen(visitor.post(address, form | {"number": number}), visitor))
        assert said[0] == said[1]
        assert said[0][2]
    aigul.refresh_from_db()
    assert aigul.check_password(WORD)


def test_registering_a_number_again_changes_nothing_of_it(noon: datetime) -> None:
    person(AIGUL, confirmed=False)
    form = {"kind": "individual", "number": AIGUL, "email": "thief@example.kz", **NEW}
    Client().post("/register", form)
    row = Account.objects.get()
    assert (row.check_password(WORD), row.email) == (True, "")


def test_what_a_stranger_set_before_the_owner_came_is_gone(noon: datetime) -> None:
    squatted = person(AIGUL, confirmed=False, email="thief@example.kz")
    thief = come_in()
    thief.get("/account/second-factor")
    thief.post("/account/second-factor", {"code": code_of(squatted)})
    owner = Client()
    page = owner.post("/reset/signature", {"kind": "individual"})["Location"]
    data = signed_by(squatted, owner.get(f"{page}/password").content)
    owner.post(page, {"signature.password": SimpleUploadedFile("x", data)})
    assert owner.post("/reset/signature/new", NEW)["Location"] == "/sign-in"
    squatted.refresh_from_db()
    assert (squatted.email, squatted.confirmed_by) == ("", "signature")
    assert not is_in(thief)
    assert is_in(come_in(password=NEW["password"]))


def test_one_signature_sets_one_password_however_often_the_button_is_pressed(aigul: Account) -> None:
    visitor = Client()
    page = visitor.post("/reset/signature", {"kind": "individual"})["Location"]
    data = signed_by(aigul, visitor.get(f"{page}/password").content)
    visitor.post(page, {"signature.password": SimpleUploadedFile("x", data)})
    before = dict(visitor.session)
    assert visitor.post("/reset/signature/new", NEW)["Location"] == "/sign-in"
    at_once = visitor.session  # as the second of two presses has read it, before the first was answered
    at_once.update(before)
    at_once.save()
    second = {"password": "kok-aspan-3", "again": "kok-aspan-3"}
    assert visitor.post("/reset/signature/new", second)["Location"] == "/sign-in"
    assert is_in(come_in(password=NEW["password"]))


def test_egov_takes_a_squatted_account_from_the_stranger(noon: datetime) -> None:
    person(AIGUL, confirmed=False, email="thief@example.kz")
    thief = come_in()
    row = enter_by_egov(AIGUL, ("Ысқақова", "Әлия", ""), now=NOON)
    assert (row.email, row.has_usable_password(), row.confirmed_by) == ("", False, "egov")
    assert not is_in(thief)


def test_a_session_gets_a_new_key_when_one_comes_in(aigul: Account) -> None:
    visitor = Client()
    visitor.post("/reset/signature", {"kind": "individual"})
    before = visitor.session.session_key
    assert before
    come_in(visitor=visitor)
    assert visitor.session.session_key != before
    assert SignIn.objects.get().session_key == visitor.session.session_key
    fixed = Client()
    fixed.cookies["sessionid"] = before
    assert not is_in(fixed)


def test_a_link_works_once_for_an_hour_and_not_after_another_change(aigul: Account) -> None:
    link = f"/reset/{links.link_for(aigul, NOON)}"
    with clock.hold(NOON + timedelta(minutes=61)):
        assert Client().post(link, NEW).status_code == 410
    assert Client().post(link, NEW).status_code == 302
    assert Client().post(link, NEW).status_code == 410
    aigul.refresh_from_db()
    second = f"/reset/{links.link_for(aigul, NOON)}"
    come_in(password=NEW["password"])
    assert Client().get(second).status_code == 410


@pytest.mark.parametrize("link", ["x", "WzEsMl0:1:2", "%00", "😀", "a" * 5_000])
def test_a_made_up_link_opens_nothing(noon: datetime, link: str) -> None:
    assert Client().post(f"/reset/{link}", NEW).status_code in {404, 410}


def test_nothing_leads_out_of_the_house(aigul: Account) -> None:
    for onward in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"):
        visitor = Client()
        answer = visitor.post("/sign-in", {"number": AIGUL, "password": WORD, "next": onward})
        assert answer["Location"] == "/cabinet"
        assert visitor.post("/account/confirm", {"next": onward})["Location"] == "/account"
        assert visitor.get("/account/second-factor", {"next": onward}).context["next"] == ""


def test_a_code_works_once_and_wrong_ones_are_counted(aigul: Account) -> None:
    visitor = come_in()
    visitor.get("/account/second-factor")
    visitor.post("/account/second-factor", {"code": code_of(aigul)})
    first, second, code = come_in(), come_in(), code_of(aigul, ahead=1)
    assert first.post("/sign-in/code", {"code": code}).status_code == 302
    assert second.post("/sign-in/code", {"code": code}).status_code == 422
    assert (is_in(first), is_in(second)) == (True, False)
    answers = [second.post("/sign-in/code", {"code": f"{n:06d}"}).status_code for n in range(10)]
    assert answers[-1] == 429


def test_a_code_cannot_be_given_before_a_password_or_long_after(aigul: Account) -> None:
    assert Client().post("/sign-in/code", {"code": "123456"})["Location"] == "/sign-in"
    visitor = come_in()
    visitor.get("/account/second-factor")
    visitor.post("/account/second-factor", {"code": code_of(aigul)})
    late = come_in()
    with clock.hold(NOON + timedelta(minutes=11)):
        assert late.post("/sign-in/code", {"code": code_of(aigul, ahead=1)})["Location"] == "/sign-in"


def test_somebody_elses_authority_cannot_be_taken_back(aigul: Account) -> None:
    bolat = person(BOLAT)
    held = Authority.objects.create(
        account=bolat,
        principal=COMPANY,
        principal_kind="legal-entity",
        principal_name="Құрылыс",
        basis="head",
        since=NOON,
    )
    visitor = come_in()
    for which in (held.pk, "", "x", "9" * 30, -1):
        assert visitor.post("/account/companies/withdraw", {"authority": which}).status_code == 302
    held.refresh_from_db()
    assert held.until is None


def test_letters_and_registrations_are_limited(aigul: Account) -> None:
    form = {"kind": "individual", "number": BOLAT, "email": "", "password": WORD, "again": WORD}
    assert [Client().post("/register", form).status_code for _ in range(11)][-2:] == [302, 429]
    assert [Client().post("/reset", {"number": AIGUL}).status_code for _ in range(21)][-2:] == [302, 429]


def test_the_pages_of_an_account_ask_a_stranger_to_sign_in(noon: datetime) -> None:
    for page in ("", "/password", "/second-factor", "/companies", "/confirm"):
        assert Client().get(f"/account{page}")["Location"].startswith("/sign-in?next=/account")
