"""A deployment that trusts the town's authority and asks its sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from qyzmet.evidence.fetching import sources_rest
from qyzmet.signatures.algorithms.keys import new_rsa_key
from tests.evidence.authority_server import AuthorityServer, authority_server, trust_folder
from tests.signatures.town import Town


def no_demo(folder: Path) -> None:
    """A demo whose authority is nobody."""
    (folder / "trust").mkdir(parents=True)
    (folder / "seal.p12").touch()


@pytest.fixture(scope="session")
def town() -> Town:
    return Town(new_rsa_key)


@pytest.fixture
def sources(town: Town, tmp_path: Path, settings: Settings) -> Iterator[AuthorityServer]:
    """The settings point to the town's sources; the data folder is empty."""
    sources_rest.forget()
    settings.QYZMET_DATA = tmp_path / "data"
    settings.QYZMET_DEMO_AUTHORITY = f"{__name__}.no_demo"
    settings.QYZMET_TRUST = str(trust_folder(town, tmp_path / "trust"))
    with authority_server(town) as server:
        settings.QYZMET_OCSP = (server.at("/ocsp"),)
        settings.QYZMET_CRL = (server.at("/crl"),)
        settings.QYZMET_TSA = server.at("/tsp")
        yield server
    sources_rest.forget()
