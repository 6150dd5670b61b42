"""The demo's people: numbers that are right, made once, and never in production."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from qyzmet import demo
from qyzmet.demo.staffing import staff
from qyzmet.demo.world import world
from qyzmet.identity import read_bin, read_iin
from qyzmet.people.models import Account, Authority, Organisation, PostHolding
from tests.regulation.small import package, step

NOW = datetime(2019, 6, 3, 5, 0, tzinfo=UTC)


def test_every_number_has_a_right_check_digit() -> None:
    plan = world()
    for person in [*plan.officials, *plan.people]:
        assert read_iin(person.iin) == person.iin
    for company in plan.companies:
        assert read_bin(company.bin) == company.bin


@pytest.mark.django_db
def test_loading_twice_makes_everything_once() -> None:
    counts = []
    for _ in range(2):
        demo.load(NOW)
        counts.append([m.objects.count() for m in (Account, Authority, Organisation, PostHolding)])
    assert counts[0] == counts[1]
    assert min(counts[0]) > 0


@pytest.mark.django_db
def test_a_demo_person_signs_in_with_the_password_printed() -> None:
    demo.load(NOW)
    number = world().shown()[0].number
    assert Account.objects.get(number=number).check_password(demo.PASSWORD)
    assert any(number in line for line in demo.sign_ins())


def test_production_refuses_it(settings: object) -> None:
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    with pytest.raises(demo.DemoRefused):
        demo.load(NOW)


@pytest.mark.django_db
def test_a_new_package_is_staffed_once_and_a_commission_gets_members() -> None:
    new = package(
        {"decide": step({"grant": {"go": "end", "exit": "granted"}}, kind="collegial", votes={"quorum": "x"})}
    )
    hired = staff([new], NOW)
    assert [each.post for each in hired] == ["clerk"] * 3
    assert all(read_iin(each.number) for each in hired)
    assert PostHolding.objects.filter(post="clerk", chair=True).count() == 1
    assert staff([new], NOW) == []
