"""The town of Samruk and the parameters of its law."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection

from qyzmet.cases import clocks, functions, guards
from qyzmet.cases.functions import Call, Verdict
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
        full = call.with_["name"] == "form.called" and call.facts.get("form.called") == "Nobody"
        return Verdict("refused" if full else "done")

    monkeypatch.setitem(functions._registered, "samruk.note_stall", note_stall)


@pytest.fixture
def samruk(db: None) -> Town:
    """The sampler, its sub-case and the general law, published; everyone in post."""
    return found()


@pytest.fixture
def housing(db: None) -> Town:
    """Housing assistance and the general law, published; everyone in post."""
    packages = [shipped("housing-assistance"), shipped("general/complaint"), shipped("general/hearing")]
    town = Town(*packages)
    for package in packages:
        publish(package)
    return town


def found() -> Town:
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
def unguarded(transactional_db: None) -> Iterator[None]:
    """For tests with real commits: lets the test database be emptied afterwards, then guards it again."""
    yield
    guards.remove(connection)


@pytest.fixture(autouse=True)
def guarded(request: pytest.FixtureRequest) -> Iterator[None]:
    """Put the guards back after a test that took them off."""
    yield
