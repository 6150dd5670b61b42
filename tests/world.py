"""The demo's world with its history, for tests that visit what is there, by eye, by axe or by every address.

    from tests.world import World, world  # 300 cases, every service (the marker `full`)
    from tests.world import World, small_world  # 24 cases

    def test_something(world: World, client: Client) -> None:
        client.force_login(world.account("780318420299"))

It is played when the first module of a run asks for it and stands committed, with the clock held at its `now`,
until the module is done; a later module gets it back from a copy (tests/copies.py). Tests mark
`django_db`, whose changes are undone; who serves it to a browser needs no database fixture of their own, and what is
done there stays for the rest of the module. No `committed`, `transactional_db` or `house` beside it: they empty the
database.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from qyzmet.cases import laws
from qyzmet.cases.dates import calendars
from qyzmet.cases.journal import guards
from qyzmet.cases.models import Case
from qyzmet.clock import ALMATY
from qyzmet.config import clock
from qyzmet.demo.history import play
from qyzmet.people import directory
from qyzmet.people.models import Account
from tests.copies import keep, take_back

__all__ = ["NOW", "World", "small_world", "standing_world", "world"]

NOW = datetime(2025, 6, 5, 11, 0, tzinfo=ALMATY)
"""A Thursday on which the demo opens every service."""


@dataclass(frozen=True)
class World:
    """What stands: `now` is the legal moment, `cases` how many were asked for."""

    now: datetime
    cases: int

    def account(self, number: str) -> Account:
        """Somebody by IIN or BIN; `qyzmet.demo.world.world()` and `qyzmet.demo.crowd` say who there is."""
        return Account.objects.get(number=number)

    def case(self, **found: object) -> Case:
        """The newest case of which these things hold. Raises Case.DoesNotExist."""
        return Case.objects.filter(**found).latest("pk")


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    data_folder: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """300 cases."""
    with standing_world(django_db_blocker, tmp_path_factory, 300) as found:
        yield found


@pytest.fixture(scope="module")
def small_world(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    data_folder: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """24 cases."""
    with standing_world(django_db_blocker, tmp_path_factory, 24) as found:
        yield found


@contextmanager
def standing_world(
    blocker: DjangoDbBlocker, folders: pytest.TempPathFactory, cases: int, now: datetime = NOW
) -> Iterator[World]:
    """A world committed to the test database, and an empty database afterwards."""
    with ExitStack() as stack:
        stack.enter_context(blocker.unblock())
        stack.callback(_empty)
        stack.enter_context(clock.hold(now))
        copy = _copies(folders) / f"{cases}-{now:%Y%m%d%H%M}"
        stack.enter_context(override_settings(QYZMET_SEALS=str(copy.with_suffix(".seals"))))
        _stand(copy, cases, now)
        yield World(now, cases)


def _copies(folders: pytest.TempPathFactory) -> Path:
    """One folder for the whole run."""
    found = folders.getbasetemp() / "worlds"
    found.mkdir(exist_ok=True)
    return found


def _stand(copy: Path, cases: int, now: datetime) -> None:
    """The world from its copy, or played; its seals lie beside the copy."""
    if Case.objects.exists():  # another world of the same module
        _empty()
    if copy.exists():
        take_back(copy)
        _forget()
        return
    shutil.rmtree(copy.with_suffix(".seals"), ignore_errors=True)
    play(now, cases)
    keep(copy)


def _empty() -> None:
    """Nothing of it is left for the next module; the journal's guards stand aside for that alone."""
    guards.remove(connection)
    call_command("flush", interactive=False, verbosity=0)
    guards.install(connection)
    _forget()


def _forget() -> None:
    for kept in (calendars, laws, directory):
        kept.forget()
