"""Accounts on a clock that stands, with the demo's authority answering; no law is published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp import models as totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from qyzmet.clock import ALMATY
from qyzmet.config import clock
from qyzmet.people.models import Account
from tests.office.keys import answering

NOON = datetime(2019, 6, 3, 12, 0, tzinfo=ALMATY)
AIGUL, BOLAT = "900205417747", "760312437504"
COMPANY = "121140459293"
WORD = "tulpar-7-jaz"


@pytest.fixture
def noon(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[datetime]:
    """The legal clock stands at noon, and that of the codes in the middle of a half-minute."""
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: NOON.timestamp() + 15))
    with clock.hold(NOON), answering():
        yield NOON


@pytest.fixture
def aigul(noon: datetime) -> Account:
    return person(AIGUL)


def person(number: str, *, confirmed: bool = True, **more: Any) -> Account:
    at = datetime(2019, 1, 1, tzinfo=UTC) if confirmed else None
    names = {"surname": "Ысқақова", "given_name": "Әлия"} if confirmed else {}
    return Account.objects.create_user(number, WORD, confirmed_at=at, created_at=NOON, **names, **more)


def come_in(number: str = AIGUL, password: str = WORD, visitor: Client | None = None, **more: str) -> Client:
    visitor = visitor or Client(HTTP_ACCEPT_LANGUAGE="kk")
    answer = visitor.post("/sign-in", {"number": number, "password": password, **more})
    assert answer.status_code == 302, answer.content.decode()
    return visitor


def is_in(visitor: Client) -> bool:
    return visitor.get("/account").status_code == 200


def code_of(account: Account, ahead: int = 0) -> str:
    """What the program on the phone shows now, or some half-minutes ahead."""
    device = TOTPDevice.objects.get(user=account)
    shown = TOTP(device.bin_key, device.step, device.t0, device.digits)
    shown.time = totp.time.time() + ahead * device.step
    return f"{shown.token():06d}"
