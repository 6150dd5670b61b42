"""pyHanko and `qyzmet verify` both accept a result; the JSON inside equals the decision; Kazakh letters extract.

Housing assistance, decided with GOST keys, its notice sealed and time-stamped by the demo's authority. What is
checked is the file alone, copied to an empty folder: `qyzmet verify` runs as a command with no database.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import x509
from django.test import override_settings
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from qyzmet.cases import blobs
from qyzmet.cases.models import SignatureRecord, Token
from qyzmet.demo.authority import DemoAuthority
from qyzmet.demo.authority.keyfiles import write_authority
from qyzmet.demo.standins import StandIns
from qyzmet.evidence.fetching import sources_rest
from qyzmet.signatures import embedded_files
from tests.cases.town import KEYS, Town
from tests.documents.walking import AMOUNT, Walk, housing, one, to_commission

__all__ = ["housing"]
pytestmark = pytest.mark.django_db


@dataclass
class Result:
    """The notice as the recipient has it, and the folder of what to trust."""

    walk: Walk
    path: Path
    trust: Path

    @property
    def pdf(self) -> bytes:
        return self.path.read_bytes()


@pytest.fixture
def keys() -> DemoAuthority:
    """In memory; the officials' keys are its own."""
    return KEYS.authority


@pytest.fixture
def result(housing: Town, keys: DemoAuthority, tmp_path: Path) -> Result:
    data, walk = tmp_path / "data", to_commission(housing)
    walk.decide("assign", output=AMOUNT)
    walk.do("responsible-specialist")
    write_authority(keys, data / "demo-keys")
    sources_rest.forget()
    with (
        StandIns(keys, lambda: walk.now, socket_port=None) as national,
        override_settings(QYZMET_TSA=national.addresses.tsa),
        sealed_with(data),
    ):
        walk.deliver()
    sources_rest.forget()
    trust, path = data / "demo-keys" / "trust", tmp_path / "notice.pdf"
    for algorithm in ("gost", "rsa"):
        (trust / f"{algorithm}.crl").write_bytes(keys.crl(walk.now.replace(microsecond=0), algorithm))
    path.write_bytes(blobs.read(one(walk.case, "notice").digest))
    return Result(walk, path, trust)


def sealed_with(data: Path) -> Any:
    """The seal of the authority that also vouches for the officials."""
    return override_settings(
        QYZMET_SEAL_KEY=str(data / "demo-keys" / "seal.p12"),
        QYZMET_SEAL_PASSWORD="Qwerty12",
        QYZMET_TRUST=str(data / "demo-keys" / "trust"),
    )


def verify(path: Path, *more: str, folder: Path) -> tuple[int, dict[str, Any]]:
    """The command, in a folder of its own where there is no database."""
    env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "QYZMET_DATA"}}
    command = [sys.executable, "-m", "qyzmet", "verify", str(path), "--json", *more]
    done = subprocess.run(
        command, env=env | {"QYZMET_DATA": str(folder)}, capture_output=True, text=True, check=False
    )
    return done.returncode, json.loads(done.stdout or "{}")


def test_pyhanko_accepts_the_seal_and_its_time_stamp(result: Result, keys: DemoAuthority) -> None:
    known = {name: x509.Certificate.load(each.der) for name, each in keys.certificates().items()}
    context = ValidationContext(
        trust_roots=[known["root-rsa"]], other_certs=[known["authority-rsa"]], moment=result.walk.now + timedelta(minutes=1),
        revocation_mode="soft-fail", allow_fetching=False,
    )  # fmt: skip
    (seal,) = PdfFileReader(io.BytesIO(result.pdf)).embedded_signatures
    said = validate_pdf_signature(seal, context)
    assert said.bottom_line, said.pretty_print_details()
    assert said.coverage.name == "ENTIRE_FILE"
    assert said.timestamp_validity is not None
    assert said.timestamp_validity.valid


def test_qyzmet_verify_accepts_it_with_no_database_and_no_network(result: Result, tmp_path: Path) -> None:
    code, said = verify(result.path, "--trust", str(result.trust), folder=tmp_path / "nowhere")
    assert code == 0, said
    checks = {each["check"]: each["passed"] for each in said["checks"]}
    notice = one(result.walk.case, "notice")
    assert (said["document"]["number"], said["document"]["code"]) == (notice.number, notice.code)
    assert set(checks) >= {"content", "chain", "time-stamp", "printed", "code", "decision"}
    assert set(checks.values()) == {True}
    assert said["register"] is None


def test_the_json_inside_equals_the_decision(result: Result) -> None:
    inside, case = embedded_files(result.pdf), result.walk.case
    token = Token.objects.get(case=case, step="notify")
    record = SignatureRecord.objects.get(case=case, subject=f"step:{token.no}")
    assert inside["decision.json"] == blobs.read(record.prepared)
    said, data = json.loads(inside["decision.json"]), json.loads(inside["document.json"])
    assert (said["number"], said["step"], said["decision"]) == (case.number, "notify", token.outcome)
    named = said["documents"]["notice"]
    assert (named["number"], named["code"]) == (data["number"], data["verify"]["code"])
    decided = Token.objects.get(case=case, step="decide")
    printed = {row["label"]["en"]: row["value"]["kk"] for row in data["rows"]}
    assert decided.output["amount"] == "21000"
    assert " ".join(printed["Housing assistance (a month)"].split()).startswith("21 000,00 ₸")


def test_kazakh_letters_extract(result: Result) -> None:
    reader = PdfReader(io.BytesIO(result.pdf))
    said = " ".join(reader.pages[0].extract_text().split())
    for part in (
        "Тұрғын үй көмегін тағайындау туралы хабарлама",
        "жиырма бір мың теңге",
        "өтінішіңіз қаралды",
    ):
        assert part in said
    assert set("ӘәҒғҚқҢңӨөҰұҮүІі") & set(said) >= set("ғқңөұүі")
    assert reader.trailer["/Root"]["/Lang"] == "kk"
    assert reader.metadata is not None
    assert reader.metadata.title == "Тұрғын үй көмегін тағайындау туралы хабарлама"


def test_it_stays_a_pdf_a_3b_with_its_files_associated(result: Result) -> None:
    root = PdfReader(io.BytesIO(result.pdf)).trailer["/Root"]
    files = {each.get_object()["/F"]: each.get_object()["/AFRelationship"] for each in root["/AF"]}
    assert files == {
        "document.json": "/Data",
        "decision.json": "/Source",
        "decision.p7s": "/Supplement",
    }
    assert root["/MarkInfo"]["/Marked"].value
    assert b"<pdfaid:part>3</pdfaid:part>" in result.pdf
    assert result.pdf.startswith(b"%PDF-1.7")
    assert "/Version" not in root


def test_one_changed_byte_is_refused_by_both(result: Result, keys: DemoAuthority, tmp_path: Path) -> None:
    pdf = bytearray(result.pdf)
    pdf[pdf.index(b"/CreationDate") + 30] ^= 1
    altered = tmp_path / "altered.pdf"
    altered.write_bytes(pdf)
    code, said = verify(altered, "--trust", str(result.trust), folder=tmp_path / "nowhere")
    assert code == 1
    assert "content" in {each["check"] for each in said["checks"] if each["passed"] is False}
    (seal,) = PdfFileReader(io.BytesIO(bytes(pdf))).embedded_signatures
    assert not validate_pdf_signature(seal, ValidationContext(trust_roots=[])).intact


def test_what_cannot_be_read_is_exit_2(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.write_bytes(b"")
    assert verify(path, folder=tmp_path)[0] == 2
    assert verify(tmp_path / "nothing.pdf", folder=tmp_path)[0] == 2
