"""Makes the demo's bodies, accounts, posts and authorities where they are missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from qyzmet.demo import PASSWORD
from qyzmet.demo.crowd import crowd, latin
from qyzmet.demo.world import Company, Name, Official, World, world
from qyzmet.people.directory import forget
from qyzmet.people.models import Account, AccountKind, Authority, Organisation, PostHolding

__all__ = ["SINCE", "make_crowd", "make_recipients", "make_world"]

SINCE = datetime(2012, 1, 1, tzinfo=UTC)
"""Demo posts and authorities hold from before any moved clock can stand."""


def make_world(now: datetime) -> None:
    """Make what is missing, in one transaction."""
    plan = world()
    with transaction.atomic():
        bodies = _bodies(plan)
        maker = _Accounts(now)
        officials = {o.iin: maker.person(o.iin, o.name) for o in plan.officials}
        _posts(plan, bodies, officials)
        _recipients(plan, maker)
    forget()


def make_recipients(now: datetime) -> None:
    """Make only the citizens and companies, for a law whose bodies are not the demo's."""
    with transaction.atomic():
        _recipients(world(), _Accounts(now))


def make_crowd(now: datetime) -> None:
    """Make the citizens and companies of the region's history, in one transaction."""
    with transaction.atomic():
        maker = _Accounts(now)
        for person in crowd().people:
            maker.person(person.iin, person.name, email=f"{latin(person.name)}@example.kz")
        _companies(crowd().companies, maker)


def _recipients(plan: World, maker: _Accounts) -> None:
    for person in plan.people:
        maker.person(person.iin, person.name)
    _companies(plan.companies, maker)


def _bodies(plan: World) -> dict[str, Organisation]:
    made: dict[str, Organisation] = {}
    for code, body in plan.organisations.items():
        made[code], _ = Organisation.objects.get_or_create(
            code=code,
            defaults={
                "kind": body.kind,
                "bin": body.bin,
                "name_kk": body.name["kk"],
                "name_ru": body.name["ru"],
                "name_en": body.name["en"],
                "hours": body.hours,
                "address": body.address.get("kk", ""),
                "settings": {"prefix": body.prefix} if body.prefix else {},
            },
        )
    for code, body in plan.organisations.items():
        if body.parent and made[code].parent_id is None:
            made[code].parent = made[body.parent]
            made[code].save(update_fields=["parent"])
    return made


class _Accounts:
    """Accounts share one password, hashed once."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.known = {a.number: a for a in Account.objects.filter(is_test=True)}
        self._hash = ""

    def person(self, iin: str, name: Name, email: str = "") -> Account:
        surname, given, patronymic = name
        return self._account(
            iin, kind=AccountKind.INDIVIDUAL, surname=surname, given_name=given, patronymic=patronymic,
            email=email,
        )  # fmt: skip

    def company(self, number: str, name: str) -> Account:
        return self._account(number, kind=AccountKind.LEGAL_ENTITY, company_name=name)

    def _account(self, number: str, **fields: str) -> Account:
        if number not in self.known:
            self._hash = self._hash or make_password(PASSWORD)
            self.known[number] = Account.objects.create(
                number=number,
                password=self._hash,
                is_test=True,
                confirmed_by="demo",
                confirmed_at=self.now,
                created_at=self.now,
                **fields,
            )
        return self.known[number]


def _posts(plan: World, bodies: dict[str, Organisation], officials: dict[str, Account]) -> None:
    held = set(PostHolding.objects.values_list("account__number", "organisation__code", "post"))
    wanted: list[tuple[Official, str]] = [(o, post) for o in plan.officials for post in o.posts]
    for code, body in plan.organisations.items():
        staff = [o for o in plan.officials if o.at == code and not o.platform]
        if staff and body.kind in plan.everywhere.kinds:
            wanted += [
                (staff[0 if which == "first" else -1], post) for post, which in plan.everywhere.posts.items()
            ]
    PostHolding.objects.bulk_create(
        PostHolding(
            account=officials[o.iin], organisation=bodies[o.at], post=post, chair=o.chair, since=SINCE
        )
        for o, post in wanted
        if (o.iin, o.at, post) not in held
    )


def _companies(companies: Iterable[Company], maker: _Accounts) -> None:
    known = set(Authority.objects.values_list("account__number", "principal"))
    for company in companies:
        maker.company(company.bin, company.name)
        head = maker.person(company.head, company.head_name)
        if (company.head, company.bin) not in known:
            Authority.objects.create(
                account=head,
                principal=company.bin,
                principal_kind=AccountKind.LEGAL_ENTITY,
                principal_name=company.name,
                basis="head",
                since=SINCE,
            )
