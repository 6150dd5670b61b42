"""The System's own key, the time stamps it asks for, and what a deployment trusts."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from qyzmet import evidence
from qyzmet.evidence import NoSealKey
from qyzmet.signatures import SignatureError, digest, read_cms, sign_cms
from qyzmet.signatures.algorithms.keys import new_rsa_key
from qyzmet.signatures.authority import Holder, issue_to, make_time_stamper, write_keystore
from qyzmet.signatures.timestamps import judge_stamp, token_of
from tests.evidence.authority_server import AuthorityServer
from tests.signatures.town import APPLICATION, AUTHORITY_YEARS, KALA, MONDAY, THIS_YEAR, Town

VALUE = b"the value of a signature"
IMPRINT = digest("sha256", VALUE)


@pytest.fixture
def demo(tmp_path: Path, settings: Settings) -> None:
    settings.QYZMET_DATA = tmp_path


@pytest.mark.usefixtures("demo")
def test_in_a_demo_the_system_seals_with_a_key_of_the_demos_authority() -> None:
    key = evidence.system_key()
    assert key.certificate.subject.organisation
    signature = sign_cms(APPLICATION, [key], at=MONDAY)
    verdict = evidence.judge(signature, APPLICATION, now=MONDAY)
    assert verdict.failed == ()
    assert verdict.signers[0].roles[-1] == "information-system"
    assert verdict.signers[0].algorithm.startswith("rsa")
    issuer, root = evidence.system_chain()
    assert issuer.issued(key.certificate)
    assert root.issued(issuer)
    assert evidence.system_key() is key


def test_production_seals_with_the_key_it_was_given(
    town: Town, sources: AuthorityServer, settings: Settings, tmp_path: Path
) -> None:
    settings.PRODUCTION = True
    with pytest.raises(NoSealKey, match="set QYZMET_SEAL_KEY"):
        evidence.system_key()
    holder = Holder(bin=KALA, organisation='"ҚАЛА" МКҚК', system="QYZMET", roles=("information-system",))
    key = issue_to(town.authority, holder, new_rsa_key(), THIS_YEAR)
    file = tmp_path / "seal.p12"
    settings.QYZMET_SEAL_KEY, settings.QYZMET_SEAL_PASSWORD = str(file), "a password of its own"
    with pytest.raises(NoSealKey, match=r"seal\.p12 cannot be read"):
        evidence.system_key()
    file.write_bytes(write_keystore(key, "a password of its own"))
    assert evidence.system_key().certificate.der == key.certificate.der
    assert [each.sha256 for each in evidence.system_chain()] == [
        town.authority.certificate.sha256,
        town.root.certificate.sha256,
    ]
    settings.QYZMET_SEAL_PASSWORD = "another"
    with pytest.raises(SignatureError) as refusal:
        evidence.system_key()
    assert refusal.value.code == "keystore-password"


def test_production_trusts_no_demo_and_takes_no_test_numbers(
    town: Town, sources: AuthorityServer, settings: Settings
) -> None:
    assert evidence.rules().test_ids
    settings.PRODUCTION = True
    assert [each.sha256 for each in evidence.trust().roots] == [town.root.certificate.sha256]
    assert not evidence.rules().test_ids
    assert evidence.rules("login").purpose == "login"


def test_a_root_added_to_the_folder_is_trusted_at_once(
    town: Town, sources: AuthorityServer, settings: Settings
) -> None:
    assert len(evidence.trust().roots) == 1
    other = Town(town.new_key)
    Path(settings.QYZMET_TRUST, "other.cer").write_bytes(other.root.certificate.der)
    assert len(evidence.trust().roots) == 2
    Path(settings.QYZMET_TRUST, "other.cer").write_bytes(b"rubbish")
    with pytest.raises(SignatureError, match=r"other\.cer"):
        evidence.trust()


@pytest.mark.parametrize("algorithm", ["sha256", "streebog512"])
def test_a_time_stamp_proves_that_the_value_existed(
    town: Town, sources: AuthorityServer, algorithm: str
) -> None:
    token = evidence.stamp(digest(algorithm, VALUE), algorithm)
    assert token is not None
    assert judge_stamp(token, VALUE, town.trust, MONDAY).moment == MONDAY
    assert sources.asked == ["/tsp"]


@pytest.mark.parametrize("mood", ["silent", "error", "rubbish", "redirect"])
def test_a_silent_time_stamp_authority_leaves_the_seal_without_a_stamp(
    sources: AuthorityServer, mood: str
) -> None:
    sources.mood["/tsp"] = mood
    assert evidence.stamp(IMPRINT) is None


def test_without_an_address_nobody_is_asked(sources: AuthorityServer, settings: Settings) -> None:
    settings.QYZMET_TSA = ""
    assert evidence.stamp(IMPRINT) is None
    assert sources.asked == []


def test_a_token_of_another_authority_or_over_something_else_is_not_taken(
    town: Town, sources: AuthorityServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = Town(town.new_key)
    own = town.time_stamper
    town.time_stamper = make_time_stamper(stranger.authority, new_rsa_key(), AUTHORITY_YEARS)
    assert evidence.stamp(IMPRINT) is None
    town.time_stamper = own
    other = digest("sha256", b"something else")
    good = sources.answer
    monkeypatch.setattr(sources, "answer", lambda path, body: good(path, body.replace(IMPRINT, other)))
    assert evidence.stamp(IMPRINT) is None


def test_a_token_whose_signature_was_altered_on_its_way_is_not_taken(
    town: Town, sources: AuthorityServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = sources.answer

    def altered(path: str, body: bytes) -> bytes:
        said = good(path, body)
        value = read_cms(token_of(said)).signers[0].signature
        return said.replace(value, bytes([*value[:-1], value[-1] ^ 1]))

    monkeypatch.setattr(sources, "answer", altered)
    assert evidence.stamp(IMPRINT) is None
