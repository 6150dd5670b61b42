"""The pages that say no: in the language chosen, what happened and what to do, and nothing of the inside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.portal.conftest import signed_in

SAID = {
    400: {"kk": "Сұрау түсініксіз", "ru": "Запрос не прочитан", "en": "The request could not be read"},
    403: {"kk": "Бұл бетке рұқсатыңыз жоқ", "ru": "Нет доступа", "en": "This is not open to you"},
    404: {"kk": "Мұндай бет жоқ", "ru": "Такой страницы нет", "en": "There is no such page"},
    500: {
        "kk": "Жүйеде ақау шықты",
        "ru": "В системе произошёл сбой",
        "en": "Something went wrong in the system",
    },
}
pytestmark = pytest.mark.parametrize("language", ["kk", "ru", "en"])


def check(answer: Any, status: int, language: str) -> None:
    page = answer.content.decode()
    assert answer.status_code == status
    assert f'<html lang="{language}">' in page
    assert f"<h1>{SAID[status][language]}</h1>" in page
    assert "Traceback" not in page
    assert "<script>" not in page
    assert " style=" not in page
    assert "default-src 'self'" in answer["Content-Security-Policy"]


def spoken(visitor: Client, language: str) -> Client:
    visitor.cookies["django_language"] = language
    return visitor


@pytest.mark.django_db
def test_a_name_that_is_not_ours(language: str) -> None:
    check(spoken(Client(), language).get("/", HTTP_HOST="elsewhere.example"), 400, language)


def test_a_page_of_officials(monday: datetime, language: str) -> None:
    check(spoken(signed_in(), language).get("/office/"), 403, language)


@pytest.mark.django_db
def test_a_page_that_is_not_there(language: str) -> None:
    check(spoken(Client(), language).get("/nowhere"), 404, language)


@pytest.mark.django_db
def test_a_failure_of_ours(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*asked: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("qyzmet.portal.catalogue.listed", fail)
    answer = spoken(Client(raise_request_exception=False), language).get("/")
    check(answer, 500, language)
    assert "secret" not in answer.content.decode()
