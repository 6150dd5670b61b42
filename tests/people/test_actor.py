"""In what capacities an account may act, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from qyzmet.people.actor import actor_for, actors_for
from qyzmet.people.models import Account, Authority, Organisation, PostHolding, Substitution

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 9, 2, 5, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def account() -> Account:
    return Account.objects.create_user(
        "811201401188", "a long password", surname="Омарова", given_name="Айгүл", confirmed_at=NOW - DAY
    )


@pytest.fixture
def office() -> Organisation:
    return Organisation.objects.create(
        code="office",
        kind="office",
        name_kk="Кеңсе",
        name_ru="Канцелярия",
        name_en="Office",
        hours="provider",
    )


def test_everyone_acts_for_themselves(account: Account) -> None:
    (own,) = actors_for(account, NOW)
    assert (own.person, own.party, own.is_official) == (account.number, account.number, False)
    assert own.name == "Омарова Айгүл"


def test_a_post_is_held_from_its_first_moment_to_the_one_before_its_end(
    account: Account, office: Organisation
) -> None:
    PostHolding.objects.create(account=account, organisation=office, post="head", since=NOW, until=NOW + DAY)
    assert [a.post for a in actors_for(account, NOW - timedelta(seconds=1))] == [None]
    assert [a.post for a in actors_for(account, NOW)] == [None, "head"]
    assert [a.post for a in actors_for(account, NOW + DAY)] == [None]
    assert actor_for(account, NOW, post="head", organisation=office).organisation == office.pk
    with pytest.raises(LookupError):
        actor_for(account, NOW + DAY, post="head")


def test_a_substitute_stops_when_the_one_stood_in_for_leaves(account: Account, office: Organisation) -> None:
    other = Account.objects.create(number="680503250034", surname="Сатпаев")
    held = PostHolding.objects.create(
        account=other, organisation=office, post="head", since=NOW, until=NOW + DAY
    )
    Substitution.objects.create(holding=held, substitute=account, order="5", since=NOW, until=NOW + 3 * DAY)
    assert [a.order for a in actors_for(account, NOW) if a.post] == ["5"]
    assert [a for a in actors_for(account, NOW + 2 * DAY) if a.post] == []


def test_a_substitute_does_not_begin_before_the_one_stood_in_for(
    account: Account, office: Organisation
) -> None:
    other = Account.objects.create(number="680503250034", surname="Сатпаев")
    held = PostHolding.objects.create(account=other, organisation=office, post="head", since=NOW + DAY)
    Substitution.objects.create(holding=held, substitute=account, order="5", since=NOW, until=NOW + 3 * DAY)
    assert [a for a in actors_for(account, NOW) if a.post] == []
    assert [a.order for a in actors_for(account, NOW + DAY) if a.post] == ["5"]


def test_a_representative_uses_the_rights_of_the_company(account: Account) -> None:
    Authority.objects.create(
        account=account, principal="971240001315", principal_kind="legal-entity", principal_name="ЖШС «Үй»",
        basis="head", since=NOW,
    )  # fmt: skip
    actor = actor_for(account, NOW, on_behalf_of="971240001315")
    assert (actor.party, actor.party_kind, actor.person) == ("971240001315", "legal-entity", account.number)


def test_a_password_opens_the_account_by_its_number(account: Account) -> None:
    assert account.check_password("a long password")
    assert Account.objects.get_by_natural_key("811201401188") == account
