"""The town with GOST keys and the same town with RSA keys, built once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qyzmet.signatures.algorithms.curves import TC26_512
from qyzmet.signatures.algorithms.keys import new_gost_key, new_rsa_key
from tests.signatures.town import Town


@pytest.fixture(scope="session")
def town() -> Town:
    return Town(lambda: new_gost_key(TC26_512))


@pytest.fixture(scope="session")
def rsa_town() -> Town:
    return Town(new_rsa_key)


@pytest.fixture(scope="session")
def nca() -> Path:
    """The public test chain and keys of the national authority."""
    folder = os.environ.get("QYZMET_NCA_TEST", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("QYZMET_NCA_TEST does not name the folder of the national test chain")
    return Path(folder)
