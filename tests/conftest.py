"""What every test stands on: a data folder of its own, never the one a demo runs on."""

from __future__ import annotations

import gc
import math
import os
import shutil
import warnings
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck
from hypothesis import settings as examples
from pytest_django import DjangoDbBlocker

# Demos that tests start have people and bodies; those that want the history say so (tests/world.py).
os.environ.setdefault("QYZMET_DEMO", "bare")


def pytest_collection_finish() -> None:
    """Whatever is loaded by now stays; looking through it for garbage again and again took a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


examples.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
examples.register_profile("searching", deadline=None, max_examples=2000)
examples.load_profile("steady")
"""The same examples in every run, however long each takes: that is a matter of the machine, and shown by `make
bench`. To look for new ones: `pytest --hypothesis-profile=searching`."""
ANSWERED_WITHIN = 60.0
"""Seconds for the sources and gateways that tests run beside themselves: on a busy machine an answer is no silence."""
QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""A strong hash is slow by design: a quarter of a second at every sign-in."""


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """`settings.QYZMET_DATA` is an empty folder and the clock is real until a test moves it."""
    folder = tmp_path_factory.mktemp("data")
    with override_settings(QYZMET_DATA=folder, QYZMET_CLOCK="", PASSWORD_HASHERS=QUICK_HASHERS):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """On PostgreSQL a test waits for its turn among many as long as it takes, and thinks as long between two questions."""
    if connection.vendor == "postgresql":
        connection.settings_dict["OPTIONS"]["options"] = "-c lock_timeout=300s"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, django_db_modify_db_settings: None
) -> Iterator[None]:
    """A database of the tests' own for whoever asks for one.

    pytest-django makes it only when some test chosen for the run is marked; a module's fixture, whose test runs
    alone, would then fill and empty the database of the demo.
    """
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
    yield
    with django_db_blocker.unblock():
        try:
            teardown_databases(made, verbosity=0)
        except DatabaseError as problem:
            warnings.warn(f"the tests' database was left behind: {problem}", stacklevel=1)


@pytest.fixture(scope="session", autouse=True)
def sources_are_waited_for() -> Iterator[None]:
    """A test of the product's own patience sets it itself."""
    from qyzmet.evidence import fetching, lists, ncanode_calling
    from qyzmet.gateway.statedata import smartbridge

    with pytest.MonkeyPatch.context() as patch:
        for asking, limit in (
            (fetching, "TIMEOUT"), (ncanode_calling, "TIMEOUT"), (lists, "WITHIN"), (smartbridge, "WITHIN"),
        ):  # fmt: skip
            patch.setattr(asking, limit, ANSWERED_WITHIN)
        yield


@pytest.fixture(scope="module", autouse=True)
def no_seals_left(data_folder: None) -> Iterator[None]:
    """Seals are files: those of a database that is gone are no business of the next module."""
    yield
    shutil.rmtree(settings.QYZMET_DATA / "seals", ignore_errors=True)


@pytest.fixture(autouse=True)
def nobody_has_guessed() -> Iterator[None]:
    """What one test tried too often is not held against the next one's address; its works are not announced on."""
    from qyzmet.cases.deployment import windows

    yield
    cache.clear()
    windows.forget()


@pytest.fixture
def nothing_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process keeps for some seconds it keeps for this test, whose questions are counted, not its seconds."""
    from qyzmet.cases import laws
    from qyzmet.cases.dates import calendars
    from qyzmet.cases.deployment import overlays, windows
    from qyzmet.people import directory

    for kept in (laws, calendars, overlays, windows, directory):
        monkeypatch.setattr(kept, "KEPT", math.inf)


@pytest.fixture
def guards_come_back(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """After the database has been emptied the journal is guarded again."""
    from qyzmet.cases.journal import guards

    yield
    with django_db_blocker.unblock():
        guards.remove(connection)
        guards.install(connection)


@pytest.fixture
def committed(guards_come_back: None, transactional_db: None) -> Iterator[None]:
    """Acts really commit, for tests with several processes; the guards stand aside only for the emptying."""
    from qyzmet.cases import laws
    from qyzmet.cases.dates import calendars
    from qyzmet.cases.journal import guards
    from qyzmet.people import directory

    yield
    guards.remove(connection)
    for kept in (calendars, laws, directory):
        kept.forget()
