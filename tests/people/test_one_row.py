"""What every page asks for, whose session and whose account, is what Django itself would have read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session
from django.utils import timezone

from qyzmet.people.backend import AccountBackend
from qyzmet.people.models import Account
from qyzmet.people.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def asan() -> Account:
    proved = datetime(2019, 6, 3, 5, 0, tzinfo=UTC)
    return Account.objects.create(number="811201401188", surname="Ахметов", is_test=True, confirmed_at=proved)


def test_an_account_is_read_as_django_reads_it(asan: Account) -> None:
    found, expected = AccountBackend().get_user(str(asan.pk)), Account.objects.get()
    assert found is not None
    assert found == expected
    read = {field.attname: getattr(found, field.attname) for field in Account._meta.concrete_fields}
    assert read == {name: getattr(expected, name) for name in read}
    assert (found.is_test, found.confirmed_at) == (True, asan.confirmed_at)
    assert type(found.is_test) is bool
    found.given_name = "Асан"
    found.save()
    assert Account.objects.get().given_name == "Асан"


@pytest.mark.parametrize("nobody", [0, "none", None, ""])
def test_there_is_no_account_of_another_number(asan: Account, nobody: object) -> None:
    assert AccountBackend().get_user(nobody) is None


def test_a_blocked_account_is_nobody(asan: Account) -> None:
    Account.objects.update(is_active=False)
    assert AccountBackend().get_user(asan.pk) is None


def test_a_session_is_django_s_own() -> None:
    theirs = InDatabase()
    theirs["role"] = "self"
    theirs.save()
    ours = SessionStore(theirs.session_key)
    assert ours["role"] == "self"
    ours["role"] = "for:123456789012"
    ours.save()
    assert InDatabase(ours.session_key)["role"] == "for:123456789012"


def test_a_session_that_is_over_has_nothing_in_it() -> None:
    session = SessionStore()
    session["role"] = "self"
    session.save()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    again = SessionStore(session.session_key)
    assert again.get("role") is None
    assert again.session_key is None
