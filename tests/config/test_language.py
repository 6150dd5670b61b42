"""Kazakh first, whatever the browser says; then what the person chose."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookie", "language"), [("", "kk"), ("ru", "ru"), ("en", "en"), ("<b>", "kk"), ("de", "kk")]
)
def test_a_page_is_in_the_language_chosen(cookie: str, language: str) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en-US,en;q=0.9")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    assert f'<html lang="{language}">' in client.get("/sign-in").content.decode()
