"""The sample world of the addresses: in the database of one test, or served to browsers for a whole module."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from qyzmet.cases import laws
from qyzmet.cases.dates import calendars
from qyzmet.cases.journal import guards
from qyzmet.config import clock
from qyzmet.people import directory
from tests.browser import served
from tests.office.keys import answering
from tests.reach import stage


@pytest.fixture
def world(db: None) -> Iterator[datetime]:
    """Everything of `stage`, at a clock that stands."""
    with clock.hold(stage.NOW), answering():
        stage.set_up(stage.NOW)
        yield stage.NOW
    stage.tidy()


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker, data_folder: None) -> Iterator[str]:
    """The address at which all of it stands while the module runs."""
    with django_db_blocker.unblock():
        try:
            with clock.hold(stage.NOW), answering():
                stage.set_up(stage.NOW)
                with served() as address:
                    yield address
        finally:
            stage.tidy()
            guards.remove(connection)
            call_command("flush", interactive=False, verbosity=0)
            guards.install(connection)
            for kept in (calendars, laws, directory):
                kept.forget()
