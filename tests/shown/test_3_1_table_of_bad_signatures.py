"""A table of bad signatures, each refused with its named check; `python -m tests.signatures.bad` prints it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from qyzmet.signatures import Verdict
from tests.signatures.bad import CASES, STANDS
from tests.signatures.cases import Bad, refused_by
from tests.signatures.conftest import town
from tests.signatures.town import Town

__all__ = ["town"]
ROOT = Path(__file__).resolve().parents[2]
EVERY = {"cms", "xml", "pdf"}
# What must be refused, in which forms it can be met, and by which check; the words begin a line of the table.
# A CMS signature lies beside its content: only XML can be wrapped or bring a DTD, only a PDF be updated.
WANTED = {
    "expired": (EVERY, "validity"),
    "not yet valid": (EVERY, "validity"),
    "revoked before signing": (EVERY, "revocation"),
    "revoked before signing, with a time stamp": ({"cms", "pdf"}, "revocation"),
    "revoked after signing, no time stamp": (EVERY, "revocation"),
    "unknown issuer": (EVERY, "chain"),
    "self-made root": (EVERY, "chain"),
    "wrong IIN": (EVERY, "iin"),
    "BIN of another company": (EVERY, "bin"),
    "employee where a head must sign": (EVERY, "role"),
    "content altered by one bit": (EVERY, "content"),
    "attachments swapped": ({"cms", "pdf"}, "content"),
    "replayed on another filing": ({"cms"}, "content"),
    "the seal of another document": ({"pdf"}, "content"),
    "wrong key usage": (EVERY, "key-usage"),
    "weak": ({"cms", "xml"}, "algorithm"),
    "unknown digest": ({"cms", "pdf"}, "algorithm"),
    "unknown scheme": (EVERY, "algorithm"),
    "one of two signers taken away": ({"cms"}, "signers"),
    "stacked signature stripped, the first": ({"xml"}, "content"),
    "stacked signature stripped, the last": ({"xml", "pdf"}, "signers"),
    "wrapped": ({"xml"}, "structure"),
    "a DTD": ({"xml"}, "format"),
    "an entity bomb": ({"xml"}, "format"),
    "100 MB": (EVERY, "format"),
    "truncated": ({"cms", "pdf"}, "format"),
    "empty": (EVERY, "format"),
    "an update after the seal": ({"pdf"}, "update"),
    "QR of another document": ({"pdf"}, "code"),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_is_refused_with_its_check_named(case: Bad, town: Town) -> None:
    failed, sentence = refused_by(case, town)
    assert case.check in failed
    assert sentence


@pytest.mark.parametrize("wrong", WANTED)
def test_every_kind_of_bad_input_stands_in_the_table(wrong: str) -> None:
    forms, check = WANTED[wrong]
    found = {case.form for case in CASES if case.wrong.startswith(wrong) and case.check == check}
    assert found >= forms


@pytest.mark.parametrize("case", STANDS, ids=str)
def test_revoked_after_a_time_stamp_stands(case: Bad, town: Town) -> None:
    verdict = case.judged(town)
    assert isinstance(verdict, Verdict)
    assert verdict.outcome == "valid"


@pytest.mark.full
def test_one_command_prints_the_table() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.signatures.bad"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    sys.stdout.write(done.stdout)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == len(CASES) + len(STANDS) + 1
    assert not any(line.startswith("NOT") for line in lines)
