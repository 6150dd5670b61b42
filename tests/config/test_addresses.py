"""What every address answers with, whatever room it belongs to."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
def test_the_system_says_it_is_alive_and_ready(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_answers_allow_nothing_from_elsewhere(client: Client) -> None:
    answer = client.get("/health/live")
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/", "/admin"])
def test_there_is_no_admin(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
