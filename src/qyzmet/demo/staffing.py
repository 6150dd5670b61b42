"""People for a new package: a body for every kind that has none, an official for every post nobody holds.

With it a service written this afternoon can be tried by hand at once. The names are invented, the numbers
have right check digits. Refused in production.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from qyzmet.demo import PASSWORD, DemoRefused
from qyzmet.demo.people import SINCE
from qyzmet.identity import is_iin
from qyzmet.people.directory import forget
from qyzmet.people.models import Account, Organisation, PostHolding
from qyzmet.regulation.model import Package

__all__ = ["MEMBERS", "Hired", "staff"]

MEMBERS = 3
"""Officials made for a post whose holders decide together."""
NAMES = ("Айдана", "Бауыржан", "Гүлсім", "Дархан", "Ерасыл", "Жанель", "Зейнеп", "Қуаныш", "Ләззат", "Нұрбол")


class Hired(NamedTuple):
    """Somebody who was put in a post: the way to sign in as them."""

    post: str
    number: str
    name: str
    organisation: str


def staff(packages: Iterable[Package], now: datetime) -> list[Hired]:
    """Make what is missing and say who was hired; run again it hires nobody. Raises DemoRefused."""
    if settings.PRODUCTION:
        raise DemoRefused("invented officials have a known password; production does not hire them")
    hired: list[Hired] = []
    with transaction.atomic():
        for package in packages:
            hired += _for(package, now)
    forget()
    return hired


def _for(package: Package, now: datetime) -> Iterator[Hired]:
    bodies = {role: _body(package, role) for role in package.organisations}
    together = {step.by for step in package.steps.values() if step.kind == "collegial"}
    for post, rule in package.posts.items():
        body = bodies.get(rule.org)
        if body is None or PostHolding.objects.filter(organisation__kind=body.kind, post=post).exists():
            continue
        for number in range(MEMBERS if post in together else 1):
            account = _account(f"{package.service}/{post}/{number}", rule.name.kk, number, now)
            PostHolding.objects.create(
                account=account, organisation=body, post=post, chair=number == 0, since=SINCE
            )
            yield Hired(post, account.number, account.full_name, body.code)


def _body(package: Package, role: str) -> Organisation:
    rule = package.organisations[role]
    found = Organisation.objects.filter(kind=rule.kind).order_by("id").first()
    if found is not None:
        return found
    names = {"name_kk": rule.name.kk, "name_ru": rule.name.ru, "name_en": rule.name.en}
    return Organisation.objects.create(code=f"demo-{rule.kind}", kind=rule.kind, hours=rule.hours, **names)


def _account(seed: str, surname: str, number: int, now: datetime) -> Account:
    given = NAMES[(int(hashlib.sha256(seed.encode()).hexdigest(), 16) + number) % len(NAMES)]
    iin = next(each for each in _numbers(seed) if not Account.objects.filter(number=each).exists())
    return Account.objects.create(
        number=iin, password=make_password(PASSWORD), surname=surname[:100], given_name=given, is_test=True,
        confirmed_by="demo", confirmed_at=now, created_at=now,
    )  # fmt: skip


def _numbers(seed: str) -> Iterator[str]:
    """IINs with a right check digit, always the same for the same seed."""
    turn = 0
    while True:
        digits = int(hashlib.sha256(f"{seed}#{turn}".encode()).hexdigest(), 16)
        year, month, day = digits % 40 + 60, digits // 40 % 12 + 1, digits // 480 % 28 + 1
        stem = f"{year:02}{month:02}{day:02}4{digits // 13440 % 10000:04}"
        yield from (stem + str(check) for check in range(10) if is_iin(stem + str(check)))
        turn += 1
