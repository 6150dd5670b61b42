"""A database of its own, committed for real, for what is shown with several processes or by raw SQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from qyzmet.cases import guards, laws
from qyzmet.people import directory


@pytest.fixture
def guards_come_back(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """After the database has been emptied the journal is guarded again."""
    yield
    with django_db_blocker.unblock():
        guards.remove(connection)
        guards.install(connection)


@pytest.fixture
def committed(guards_come_back: None, transactional_db: None) -> Iterator[None]:
    """Every act is committed; at the end the guards let the database be emptied."""
    laws.forget()
    directory.forget()
    yield
    guards.remove(connection)
    laws.forget()
    directory.forget()
