"""Requests no page can serve: refused in one sentence, with what was typed kept where it can be."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client, override_settings

from tests.portal.conftest import CITIZEN

pytestmark = pytest.mark.django_db
SAID = {"kk": "Тым көп мәлімет жіберілді", "ru": "Отправлено слишком много", "en": "Too much was sent"}


@pytest.mark.parametrize("address", ["/verify/%00", "/cabinet/a%00", "/office/cases/%00", "/%00"])
def test_no_page_has_a_nul_in_its_address(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_nul_in_a_question_is_dropped(client: Client) -> None:
    assert client.get("/?q=%00housing%00").context["q"] == "housing"


def test_a_nul_in_what_was_typed_is_dropped(monday: datetime) -> None:
    sent = {"number": f"\x00{CITIZEN}", "password": "qyzmet-demo", "other\x00": "\x00"}
    assert Client().post("/sign-in", sent)["Location"] == "/cabinet"


@pytest.mark.parametrize("alphabet", ["hex", "idna", "utf-16", "zip", "rubbish"])
def test_what_is_posted_is_read_as_what_pages_send_whatever_it_calls_itself(
    client: Client, alphabet: str
) -> None:
    body = '--X\r\nContent-Disposition: form-data; name="code"\r\n\r\nәліппе\r\n--X--\r\n'.encode()
    answer = client.generic("POST", "/verify", body, f"multipart/form-data; boundary=X; charset={alphabet}")
    assert (answer.status_code, answer.context["code"]) == (422, "әліппе")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_ten_megabytes_of_text_are_too_much(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    page = client.post("/sign-in", "number=" + "1" * 10_000_000, "application/x-www-form-urlencoded")
    assert page.status_code == 413
    assert SAID[language] in page.content.decode()


def test_ten_thousand_fields_are_too_much(client: Client) -> None:
    assert client.post("/sign-in", {f"a{n}": "1" for n in range(10_000)}).status_code == 413


@override_settings(QYZMET_LARGEST_REQUEST=1000)
def test_a_request_larger_than_any_page_of_documents_is_not_read(client: Client) -> None:
    assert client.post("/sign-in", {"number": "1" * 1001}).status_code == 413
    assert client.get("/", CONTENT_LENGTH="9" * 30).status_code == 413


@pytest.mark.parametrize("length", ["-5", "x", "²", ""])
def test_a_length_that_is_none_does_no_harm(client: Client, length: str) -> None:
    assert client.get("/health/live", CONTENT_LENGTH=length).status_code == 200
