"""Wrong passwords are counted by number and place; behind a proxy the place is not the proxy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client, RequestFactory, override_settings

from qyzmet.config.client import address
from tests.portal.conftest import CITIZEN


def came(**headers: str) -> str:
    return address(RequestFactory().get("/", **headers))  # type: ignore[arg-type]


def test_without_a_proxy_nobody_says_where_they_are() -> None:
    assert came(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="8.8.8.8") == "10.0.0.1"


@override_settings(QYZMET_BEHIND_PROXY=True)
@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("8.8.8.8", "8.8.8.8"),
        ("1.1.1.1, 8.8.8.8", "8.8.8.8"),
        ("8.8.8.8, rubbish", "10.0.0.1"),
        ("", "10.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_behind_a_proxy_the_last_address_is_the_one_it_saw(said: str, place: str) -> None:
    assert came(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=said) == place


@pytest.mark.parametrize(
    ("language", "said"), [("kk", "минуттан кейін"), ("ru", "повторите"), ("en", "try again")]
)
@override_settings(QYZMET_BEHIND_PROXY=True)
def test_a_stranger_who_guesses_locks_nobody_out_but_oneself(
    monday: datetime,
    language: str,
    said: str,
) -> None:
    def sign_in(place: str, password: str) -> Any:
        visitor = Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=place)
        visitor.cookies["django_language"] = language
        return visitor.post("/sign-in", {"number": CITIZEN, "password": password})

    for _ in range(10):
        refused = sign_in("8.8.8.8", "wrong")
    assert refused.status_code == 429
    assert said in refused.content.decode()
    assert sign_in("9.9.9.9", "qyzmet-demo").status_code == 302


def test_the_people_of_the_demo_are_nobody_in_production(monday: datetime) -> None:
    visitor = Client()
    sent = {"number": CITIZEN, "password": "qyzmet-demo"}
    with override_settings(PRODUCTION=True):
        assert visitor.post("/sign-in", sent).status_code == 422
    assert visitor.post("/sign-in", sent).status_code == 302
    assert visitor.get("/cabinet").status_code == 200
    with override_settings(PRODUCTION=True):
        assert visitor.get("/cabinet")["Location"].startswith("/sign-in")
