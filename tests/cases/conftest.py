"""The town of Samruk and the parameters of its law."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection

from qyzmet.cases.dates import clocks
from qyzmet.cases.journal import guards
from qyzmet.cases.steps import functions
from qyzmet.cases.steps.functions import Call, Verdict
from tests.cases.town import SAMPLER, Town, package_at, publish, shipped


@pytest.fixture(scope="session", autouse=True)
def parameters(data_folder: None) -> None:
    """Lay the parameters of the sampler over the product's."""
    shutil.copytree(SAMPLER / "parameters", settings.QYZMET_DATA / "parameters", dirs_exist_ok=True)
    clocks.parameters.cache_clear()


@pytest.fixture(autouse=True)
def stalls(monkeypatch: pytest.MonkeyPatch) -> None:
    """The register of stalls that the sampler's effect writes to: full for a tulpar called Nobody."""

    def note_stall(call: Call) -> Verdict:
        return Verdict("refused" if call.argument("name") == "Nobody" else "done")

    monkeypatch.setitem(functions._registered, "samruk.note_stall", note_stall)


@pytest.fixture
def samruk(db: None) -> Town:
    """The sampler, its sub-case and the general law, published; everyone in post."""
    return found()


@pytest.fixture
def housing(db: None) -> Town:
    """Housing assistance and the general law, published; everyone in post."""
    return housing_town()


def housing_town() -> Town:
    """The same, where a test's acts really commit."""
    packages = [shipped("housing-assistance"), shipped("general/complaint"), shipped("general/hearing")]
    town = Town(*packages)
    for package in packages:
        publish(package)
    return town


def found() -> Town:
    """Publish the sampler and what it leans on, and put its people in post."""
    packages = [
        package_at(SAMPLER / "2024-01-10-n1" / "service.yaml"),
        package_at(SAMPLER / "flight-trial" / "2024-01-10-n1" / "service.yaml"),
        shipped("general/complaint"),
        shipped("general/hearing"),
    ]
    town = Town(*packages)
    for package in packages:
        publish(package)
    return town


@pytest.fixture
def unguarded(transactional_db: None) -> None:
    """For tests whose acts really commit; the database is emptied afterwards (`emptying`)."""


@pytest.fixture(scope="session", autouse=True)
def emptying() -> Iterator[None]:
    """The guards of the journal stand aside while a test database is emptied, and only then."""
    emptied = flush.Command.handle

    def handle(self: flush.Command, **options: object) -> None:
        guards.remove(connection)
        emptied(self, **options)
        guards.install(connection)

    flush.Command.handle = handle  # type: ignore[method-assign]
    yield
    flush.Command.handle = emptied  # type: ignore[method-assign]
