"""The public test chain, keys and list of the national authority, judged at a fixed moment.

QYZMET_NCA_TEST names their folder; without it these tests are skipped and say so.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from qyzmet.signatures import (
    Rules,
    SigningKey,
    Verdict,
    read_keystore,
    read_trust,
    recheck,
    verify_cms,
    verify_xml,
)
from tests.signatures.town import detached, digests, letter

MAY = datetime(2026, 5, 20, 5, tzinfo=UTC)
SEPTEMBER = datetime(2026, 9, 1, 5, tzinfo=UTC)
TEST_IDS = Rules(test_ids=True)
# The last two file names are swapped with respect to what they hold.
KEYS = {
    "individual": ("123456789011", "", ("individual",)),
    "head": ("123456789011", "123456789021", ("organisation", "head")),
    "employee": ("123456789012", "123456789021", ("organisation", "employee")),
    "employee_signright": ("123456789012", "123456789021", ("organisation", "signing-right")),
    "infosystem": ("123456789012", "123456789021", ("organisation", "treasury-client")),
    "treasury_client": ("", "123456789021", ("organisation", "information-system")),
}


def key(nca: Path, name: str, state: str) -> SigningKey:
    folder, file = ("individual", f"individual_{state}") if name == "individual" else ("legal", name)
    return read_keystore((nca / folder / state / f"{file}.p12").read_bytes(), "Qwerty12")


# Two of the keys kept as valid were replaced on 2 June 2026, and the list of August says so; one began on 16 June.
REPLACED = {"employee", "infosystem"}


def judged(nca: Path, signing: SigningKey, rules: Rules = TEST_IDS, at: datetime = SEPTEMBER) -> Verdict:
    return verify_cms(detached(signing), at=at, trust=read_trust(nca), content=digests(), rules=rules)


@pytest.mark.parametrize("name", KEYS)
def test_valid_keys_sign_and_are_read(nca: Path, name: str) -> None:
    signing = key(nca, name, "valid")
    at = MAY if name in REPLACED else SEPTEMBER
    verdict = judged(nca, signing, at=at)
    assert verdict.outcome == "valid"
    (signer,) = verdict.signers
    assert (signer.iin, signer.bin, signer.roles) == KEYS[name]
    assert verify_xml(letter(signing), at=at, trust=read_trust(nca), rules=TEST_IDS).valid


@pytest.mark.parametrize("name", sorted(REPLACED))
def test_replaced_keys_are_refused_from_that_day(nca: Path, name: str) -> None:
    assert [each.check for each in judged(nca, key(nca, name, "valid")).failed] == ["revocation"]


@pytest.mark.parametrize("name", KEYS)
def test_revoked_keys_are_refused(nca: Path, name: str) -> None:
    verdict = judged(nca, key(nca, name, "revoked"))
    assert [each.check for each in verdict.failed] == ["revocation"]


def test_their_numbers_pass_in_test_mode_only(nca: Path) -> None:
    verdict = judged(nca, key(nca, "individual", "valid"), Rules())
    assert [each.check for each in verdict.failed] == ["subject"]


def test_the_evidence_outlives_the_keys(nca: Path) -> None:
    verdict = judged(nca, key(nca, "head", "valid"))
    assert recheck(verdict, digests(), datetime(2040, 1, 1, tzinfo=UTC), rules=TEST_IDS).valid


def test_the_test_root_is_not_trusted_by_itself(nca: Path) -> None:
    trust = read_trust(nca)
    verdict = verify_cms(
        detached(key(nca, "head", "valid")),
        at=SEPTEMBER,
        trust=type(trust)(intermediates=(*trust.roots, *trust.intermediates), crls=trust.crls),
        content=digests(),
        rules=TEST_IDS,
    )
    assert [each.check for each in verdict.failed] == ["chain"]
