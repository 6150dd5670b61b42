"""The public test chain of the national authority: verified, signed with, its revoked keys refused.

Judged at a fixed moment. QYZMET_NCA_TEST names the folder with its certificates, keys and list; without it these
tests are skipped and say so.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qyzmet.cli import main
from qyzmet.signatures import (
    BINDING,
    Expected,
    SigningKey,
    read_certificate,
    read_trust,
    recheck,
    signed_as_expected,
    verdict_of,
    verify_cms,
    verify_pdf,
    verify_xml,
)
from qyzmet.signatures.certificates.chain import build_chain
from tests.signatures.conftest import nca
from tests.signatures.papers import sealed
from tests.signatures.test_nca import KEYS, MAY, REPLACED, SEPTEMBER, TEST_IDS, key
from tests.signatures.town import attached, detached, digests, letter

__all__ = ["nca"]
LATER = datetime(2041, 1, 1, tzinfo=UTC)


def moment(name: str) -> datetime:
    """September, when the list of August speaks; May for the two keys that were replaced in June."""
    return MAY if name in REPLACED else SEPTEMBER


def test_the_chain_is_verified(nca: Path) -> None:
    trust = read_trust(nca)
    (root,), (authority,) = trust.roots, trust.intermediates
    assert build_chain(authority, trust).links == (authority, root)
    assert root.issued(root)
    assert root.issued(authority)
    assert len(trust.crls) == 1


@pytest.mark.parametrize("name", KEYS)
def test_every_key_signs_in_every_form(nca: Path, name: str) -> None:
    signing, trust, at = key(nca, name, "valid"), read_trust(nca), moment(name)
    content = digests()
    verdicts = [
        verify_cms(detached(signing), at=at, trust=trust, content=content, rules=TEST_IDS),
        verify_cms(attached(signing), at=at, trust=trust, rules=TEST_IDS),
        verify_xml(letter(signing), at=at, trust=trust, rules=TEST_IDS),
        verify_pdf(sealed(signing), at=at, trust=trust, rules=TEST_IDS),
    ]
    for verdict in verdicts:
        assert verdict.outcome == "valid"
        (signer,) = verdict.signers
        assert (signer.iin, signer.bin, signer.roles) == KEYS[name]
        assert signer.algorithm == "gost streebog512"


@pytest.mark.parametrize("name", KEYS)
def test_revoked_keys_are_refused_in_every_form(nca: Path, name: str) -> None:
    signing, trust = key(nca, name, "revoked"), read_trust(nca)
    content = digests()
    for verdict in (
        verify_cms(detached(signing), at=SEPTEMBER, trust=trust, content=content, rules=TEST_IDS),
        verify_xml(letter(signing), at=SEPTEMBER, trust=trust, rules=TEST_IDS),
        verify_pdf(sealed(signing), at=SEPTEMBER, trust=trust, rules=TEST_IDS),
    ):
        assert [each.check for each in verdict.failed] == ["revocation"]


def test_who_may_sign_for_the_company(nca: Path) -> None:
    wanted = [Expected(bin="123456789021", roles=BINDING)]

    def failed(signing: SigningKey, at: datetime) -> list[str]:
        verdict = verify_cms(
            detached(signing), at=at, trust=read_trust(nca), content=digests(), rules=TEST_IDS
        )
        return [each.check for each in signed_as_expected(verdict, wanted).failed]

    assert failed(key(nca, "head", "valid"), SEPTEMBER) == []
    assert failed(key(nca, "employee_signright", "valid"), SEPTEMBER) == []
    assert failed(key(nca, "employee", "valid"), MAY) == ["role"]
    assert failed(key(nca, "individual", "valid"), SEPTEMBER) == ["bin", "role"]


def test_the_record_outlives_the_keys(nca: Path) -> None:
    verdict = verify_pdf(
        sealed(key(nca, "head", "valid")), at=SEPTEMBER, trust=read_trust(nca), rules=TEST_IDS
    )
    kept = verdict_of(json.loads(json.dumps(verdict.to_json())))
    assert max(read_certificate(der).not_after for der in kept.evidence.certificates[:1]) < LATER
    content = {name: bytes.fromhex(value) for name, value in kept.content.items()}
    assert recheck(kept, content, LATER, rules=TEST_IDS).valid


def test_the_command_says_the_same(nca: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper = tmp_path / "notice.pdf"
    paper.write_bytes(sealed(key(nca, "head", "valid")))
    words = ["signature", "verify", str(paper), "--trust", str(nca), "--json"]
    assert main([*words, "--at", SEPTEMBER.isoformat()]) == 0
    assert json.loads(capsys.readouterr().out)["signers"][0]["bin"] == "123456789021"
    assert main([*words, "--at", (SEPTEMBER + timedelta(days=365)).isoformat()]) == 1
