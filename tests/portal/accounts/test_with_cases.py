"""What an account may do with cases: nothing before it is confirmed; the counter confirms; the stage look-up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from qyzmet.cases.acts import submit
from qyzmet.cases.acts.accounts import confirm_account
from qyzmet.cases.filing.intake import Application
from qyzmet.cases.models import Case, Outbox
from qyzmet.cases.queries import case_page, visible_cases
from qyzmet.cases.refusals import ActRefused
from qyzmet.people.actor import actors_for
from qyzmet.people.models import Account, PostHolding
from tests.portal.accounts.conftest import come_in, is_in
from tests.portal.conftest import CITIZEN, NEIGHBOUR, signed_in
from tests.portal.filling import ready, send

COUNTER = "990802336759"
PAPER = {
    "kind": "individual",
    "surname": "Ысқақова",
    "given-name": "Әлия",
    "document": "Жеке куәлік № 045678912",
}


def stage(visitor: Client, number: str, iin: str) -> Any:
    return visitor.post("/status", {"case": number, "number": iin})


def test_the_stage_and_nothing_else_and_an_unconfirmed_account_sees_no_case(monday: datetime) -> None:
    citizen = signed_in()
    send(citizen, ready(citizen))
    case = Case.objects.get()
    visitor = Client(HTTP_ACCEPT_LANGUAGE="kk")
    page = stage(visitor, f" {case.number} ", CITIZEN)
    assert "Қаралуда" in page.content.decode()
    assert "Ысқақова" not in page.content.decode()
    assert "Қаралуда" in stage(visitor, case.ref.lower(), CITIZEN).content.decode()
    others = [
        stage(visitor, case.number or "", NEIGHBOUR),
        stage(visitor, "NOSUCH", CITIZEN),
        stage(visitor, "\x00'<b>", "😀"),
    ]
    assert {each.status_code for each in others} == {422}
    assert len({each.context["errors"][0].text for each in others}) == 1
    assert [stage(visitor, "X", CITIZEN).status_code for _ in range(20)][-1] == 429

    Account.objects.filter(number=CITIZEN).update(confirmed_at=None)
    (stranger,) = actors_for(Account.objects.get(number=CITIZEN), monday)
    assert not visible_cases(stranger).exists()
    with pytest.raises(ActRefused, match="not-found"):
        case_page(stranger, case.ref)
    assert citizen.get(f"/cabinet/{case.ref}")["Location"].startswith("/account/confirm")
    with pytest.raises(ActRefused, match="account-unconfirmed"):
        submit(stranger, Application("housing-assistance", "portal"), now=monday)


def test_the_counter_confirms_and_takes_the_number_from_a_stranger(monday: datetime) -> None:
    Account.objects.filter(number=CITIZEN).update(confirmed_at=None, email="thief@example.kz")
    thief, counter = signed_in(), signed_in(COUNTER)
    assert signed_in(NEIGHBOUR).get("/office/confirm-account").status_code == 403
    for wrong in ({"number": "1"}, {"number": COUNTER}, {"surname": ""}, {"surname": "<b>"}, {"given-name": ""}, {"kind": "x"},
                  {"document": "x" * 10_000}, {"email": "😀"}):  # fmt: skip
        answer = counter.post("/office/confirm-account", PAPER | {"number": CITIZEN} | wrong)
        assert answer.status_code == 422, wrong
    answer = counter.post("/office/confirm-account", PAPER | {"number": CITIZEN})
    row = Account.objects.get(number=CITIZEN)
    assert (row.email, row.confirmed_by) == ("", f"counter:{Account.objects.get(number=COUNTER).pk}")
    assert not is_in(thief)
    assert is_in(come_in(CITIZEN, answer.context["first"]))


def test_who_stands_at_a_window_opens_no_officials_account(monday: datetime) -> None:
    colleague = PostHolding.objects.exclude(account__number=COUNTER).order_by("id")[0].account
    counter, before = signed_in(COUNTER), colleague.password
    answer = counter.post("/office/confirm-account", PAPER | {"number": colleague.number})
    assert (answer.status_code, answer.context["errors"][0].id) == (422, "number")
    colleague.refresh_from_db()
    assert colleague.password == before


def test_a_known_address_is_told_when_the_counter_puts_another_in_its_place(monday: datetime) -> None:
    Account.objects.filter(number=CITIZEN).update(email="own@example.kz")
    counter = signed_in(COUNTER)
    assert "first" in counter.post("/office/confirm-account", PAPER | {"number": CITIZEN}).context
    assert not Outbox.objects.filter(destination="account-mail").exists()
    counter.post("/office/confirm-account", PAPER | {"number": CITIZEN, "email": "new@example.kz"})
    (letter,) = Outbox.objects.filter(destination="account-mail")
    assert letter.kind == "account.contact-changed"


def test_only_a_post_that_takes_in_applications_confirms(monday: datetime) -> None:
    (own,) = actors_for(Account.objects.get(number=NEIGHBOUR), monday)
    with pytest.raises(ActRefused, match="not-your-act"):
        confirm_account(own, CITIZEN, "individual", name=("А", "Б", ""), document="1", now=monday)
