"""Signing in, roles, and the pages that say no."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from qyzmet.people.models import Account, PostHolding, Substitution
from tests.portal.conftest import CITIZEN, NEIGHBOUR, signed_in
from tests.portal.filling import PAGES, begin


def test_a_wrong_password_and_an_unknown_number_get_the_same_answer(monday: datetime) -> None:
    def answer(number: str) -> str:
        page = Client(HTTP_ACCEPT_LANGUAGE="kk").post("/sign-in", {"number": number, "password": "wrong"})
        assert page.status_code == 422
        return str(page.context["errors"][0].text)

    assert answer(CITIZEN) == answer("123456789012")
    assert answer(CITIZEN).startswith("Авторизациядан бас тартылды")


def test_after_ten_wrong_passwords_sign_in_rests(monday: datetime) -> None:
    visitor = Client()
    for _ in range(10):
        page = visitor.post("/sign-in", {"number": CITIZEN, "password": "wrong"})
    assert page.status_code == 429
    right = visitor.post("/sign-in", {"number": CITIZEN, "password": "qyzmet-demo"})
    assert right.status_code == 429
    assert "15" in right.content.decode()
    neighbour = Client().post("/sign-in", {"number": NEIGHBOUR, "password": "qyzmet-demo"})
    assert neighbour.status_code == 302


def test_one_who_has_one_role_goes_straight_to_the_cabinet(monday: datetime) -> None:
    answer = Client().post("/sign-in", {"number": CITIZEN, "password": "qyzmet-demo"})
    assert answer["Location"] == "/cabinet"


def test_a_head_of_a_company_chooses_whom_to_act_for(monday: datetime) -> None:
    head = signed_in("900726355479")
    choices = head.get("/roles").context["choices"]
    assert [each["number"] for each in choices] == ["900726355479", "121140459293"]
    head.post("/roles", {"role": "for:121140459293"})
    assert "«Алатау Құрылыс» ЖШС" in head.get("/").content.decode()


def test_an_official_is_sent_to_the_office(monday: datetime) -> None:
    head = signed_in("640619310500")
    post = next(each for each in head.get("/roles").context["choices"] if each["key"].startswith("post:head"))
    assert head.post("/roles", {"role": post["key"]})["Location"] == "/office/"


def test_whoever_stands_in_sees_by_which_order(monday: datetime) -> None:
    held = PostHolding.objects.get(account__number="640619310500", post="head")
    stands_in = Account.objects.get(number=NEIGHBOUR)
    Substitution.objects.create(
        holding=held, substitute=stands_in, order="№ 17", since=monday, until=monday + timedelta(days=3)
    )
    said = signed_in(NEIGHBOUR).get("/roles").content.decode()
    assert "алмастырушы ретінде, бұйрық: № 17" in said


def test_one_cannot_take_a_role_one_does_not_have(citizen: Client) -> None:
    assert citizen.post("/roles", {"role": "for:121140459293"}).status_code == 200
    assert "«Алатау Құрылыс» ЖШС" not in citizen.get("/").content.decode()


@pytest.mark.parametrize(
    "onward", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(monday: datetime, onward: str) -> None:
    answer = Client().post("/sign-in", {"number": CITIZEN, "password": "qyzmet-demo", "next": onward})
    assert answer["Location"] == "/cabinet"


@pytest.mark.parametrize("address", ["/cabinet", "/apply/housing-assistance", "/cabinet/NOSUCHCASE12"])
def test_a_page_of_ones_own_asks_one_to_sign_in(monday: datetime, address: str) -> None:
    assert Client().get(address)["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize(
    ("language", "said"),
    [("kk", "Мұндай бет жоқ"), ("ru", "Такой страницы нет"), ("en", "There is no such page")],
)
def test_a_page_that_is_not_there_says_so_in_ones_language(
    monday: datetime, language: str, said: str
) -> None:
    visitor = Client()
    visitor.cookies["django_language"] = language
    page = visitor.get("/nowhere")
    assert page.status_code == 404
    assert said in page.content.decode()


def test_a_form_without_its_token_is_not_taken(monday: datetime) -> None:
    page = Client(enforce_csrf_checks=True).post("/sign-in", {"number": CITIZEN, "password": "qyzmet-demo"})
    assert page.status_code == 403
    assert "Бет ескіріп қалды" in page.content.decode()


def test_after_choosing_a_role_one_goes_on_to_the_whole_address(monday: datetime) -> None:
    sent = {"number": "900726355479", "password": "qyzmet-demo", "next": "/cabinet?before=9&x=1"}
    assert Client().post("/sign-in", sent)["Location"] == "/roles?next=/cabinet%3Fbefore%3D9%26x%3D1"


@pytest.mark.parametrize("before", ["²", "-1", "x", "9" * 40])
def test_a_page_of_the_cabinet_that_cannot_be_is_the_first(citizen: Client, before: str) -> None:
    assert citizen.get("/cabinet", {"before": before}).status_code == 200


def test_a_page_made_too_old_by_another_tab_keeps_what_was_typed(monday: datetime) -> None:
    draft = begin(signed_in())
    visitor = Client(enforce_csrf_checks=True)
    page = visitor.post(f"/drafts/{draft.ref}/part/applicant", PAGES["applicant"])
    assert page.status_code == 401
    visitor = Client()
    visitor.post("/sign-in", {"number": CITIZEN, "password": "qyzmet-demo", "kept": page.context["kept"]})
    draft.refresh_from_db()
    assert draft.form["phone"] == PAGES["applicant"]["phone"]


def test_who_has_left_leaves_no_page_behind_the_back_button(citizen: Client) -> None:
    answer = citizen.post("/sign-out")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert citizen.get("/cabinet")["Location"].startswith("/sign-in")
