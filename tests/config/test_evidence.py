"""What the environment may say about signatures, and what production refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from qyzmet.config.evidence import read_evidence


def test_a_demo_needs_nothing(tmp_path: Path) -> None:
    said = read_evidence(False, tmp_path, {})
    assert (said.signatures, said.ocsp, said.crl, said.tsa) == ("own", (), (), "")
    assert said.ncalayer == "ws://127.0.0.1:13579"
    assert read_evidence(True, tmp_path, {}).ncalayer == "wss://127.0.0.1:13579"


def test_addresses_and_files_are_taken_as_they_are_given(tmp_path: Path) -> None:
    key = tmp_path / "seal.p12"
    key.touch()
    said = read_evidence(
        True,
        tmp_path / "data",
        {
            "QYZMET_TRUST": str(tmp_path),
            "QYZMET_CRL": "http://crl.example/a.crl  http://crl.example/delta.crl",
            "QYZMET_TSA": "http://tsp.example/",
            "QYZMET_SEAL_KEY": str(key),
            "QYZMET_SEAL_PASSWORD": "of its own",
            "QYZMET_SIGNATURES": "ncanode",
            "QYZMET_NCANODE": "http://127.0.0.1:14579",
        },
    )
    assert said.crl == ("http://crl.example/a.crl", "http://crl.example/delta.crl")
    assert said.tsa == "http://tsp.example/"
    assert said.seal_key == str(key)
    assert said.ncanode == "http://127.0.0.1:14579"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"QYZMET_TRUST": "/nowhere"}, "which is no folder"),
        ({"QYZMET_SEAL_KEY": "/nowhere.p12"}, "which is no file"),
        ({"QYZMET_OCSP": "ocsp.pki.gov.kz"}, "begins with http"),
        ({"QYZMET_CRL": "file:///tmp/a.crl"}, "begins with http"),
        ({"QYZMET_TSA": "http://"}, "begins with http"),
        ({"QYZMET_SIGNATURES": "kalkan"}, "own or ncanode"),
        ({"QYZMET_SIGNATURES": "ncanode"}, "set QYZMET_NCANODE"),
        ({"QYZMET_NCALAYER": "http://127.0.0.1"}, "begins with wss"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    change: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    for production in (False, True):
        with pytest.raises(ImproperlyConfigured, match=sentence):
            read_evidence(production, tmp_path, change)


def test_production_refuses_every_part_of_the_demos_keys(tmp_path: Path) -> None:
    keys = tmp_path / "demo" / "demo-keys"
    (keys / "trust").mkdir(parents=True)
    (keys / "seal.p12").touch()
    own = tmp_path / "own"
    own.mkdir()
    for change, sentence in [
        ({"QYZMET_TRUST": str(keys / "trust")}, "QYZMET_TRUST is of a demo"),
        ({"QYZMET_SEAL_KEY": str(keys / "seal.p12")}, "QYZMET_SEAL_KEY is of a demo"),
        ({"QYZMET_SEAL_PASSWORD": "Qwerty12"}, "which everybody knows"),
        ({"QYZMET_NCALAYER": "ws://127.0.0.1:13579"}, "without TLS"),
    ]:
        with pytest.raises(ImproperlyConfigured, match=sentence):
            read_evidence(True, own, change)
    with pytest.raises(ImproperlyConfigured, match="holds a demo's keys"):
        read_evidence(True, tmp_path / "demo", {})
    (own / "copy.p12").touch()
    with pytest.raises(ImproperlyConfigured, match="set QYZMET_SEAL_PASSWORD"):
        read_evidence(True, own, {"QYZMET_SEAL_KEY": str(own / "copy.p12")})
