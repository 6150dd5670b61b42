"""The demo's authority: whom it certifies, what is refused of it, and that it stays the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from qyzmet import demo
from qyzmet.demo.authority import PASSWORD, Algorithm, DemoAuthority, State, authority, for_account
from qyzmet.demo.authority.keyfiles import write_authority, write_keystores
from qyzmet.demo.world import world
from qyzmet.people.models import Account
from qyzmet.signatures import (
    Expected,
    SigningKey,
    Verdict,
    digest,
    read_cms,
    read_keystore,
    read_trust,
    sign_cms,
    signed_as_expected,
    verify_cms,
    with_time_stamps,
)
from qyzmet.signatures.revocation.ocsp import build_request
from qyzmet.signatures.timestamps import build_request as stamp_request
from qyzmet.signatures.timestamps import token_of

CITIZEN, COMPANY, HEAD = "900205417747", "121140459293", "900726355479"
MONDAY = datetime(2019, 6, 3, 5, tzinfo=UTC)
CONTENT = "Өтініш".encode()


@pytest.fixture(scope="module")
def keys() -> DemoAuthority:
    return DemoAuthority.temporary()


def judged(keys: DemoAuthority, key: SigningKey, at: datetime, *, by_list: bool = False) -> Verdict:
    """The verdict on a signature made and asked about at this moment."""
    data = sign_cms(CONTENT, [key], at=at)
    if by_list:
        known = keys.trust().with_more((), [keys.crl(at, "gost"), keys.crl(at, "rsa")])
    else:
        answer = keys.answer_ocsp(build_request(key.certificate, key.others[0], b"a nonce"), at)
        known = keys.trust().with_more((), (), [answer])
    content = {name: digest(name, CONTENT) for name in read_cms(data).digest_names}
    return verify_cms(data, at=at, trust=known, content=content)


@pytest.mark.parametrize("year", [2012, 2019, 2026, 2028])
@pytest.mark.parametrize("algorithm", ["gost", "rsa"])
def test_a_key_stands_in_every_year_the_clock_can_show(
    keys: DemoAuthority, algorithm: Algorithm, year: int
) -> None:
    moment = MONDAY.replace(year=year)
    assert judged(keys, keys.key_of(CITIZEN, algorithm=algorithm, now=moment), moment).valid


@pytest.mark.parametrize("by_list", [False, True], ids=["OCSP", "list"])
@pytest.mark.parametrize("algorithm", ["gost", "rsa"])
@pytest.mark.parametrize(
    ("state", "check"),
    [("expired", "validity"), ("revoked", "revocation"), ("future", "validity"), ("foreign", "chain")],
)
def test_a_bad_key_is_refused_by_the_check_it_is_bad_by(
    keys: DemoAuthority, state: State, check: str, algorithm: Algorithm, by_list: bool
) -> None:
    key = keys.key_of(CITIZEN, state=state, algorithm=algorithm, now=MONDAY)
    assert {each.check for each in judged(keys, key, MONDAY, by_list=by_list).failed} == {check}


def test_a_key_revoked_today_stood_yesterday(keys: DemoAuthority) -> None:
    key = keys.key_of("760312437504", now=MONDAY)
    keys.revoke(key.certificate, MONDAY)
    assert judged(keys, key, MONDAY - timedelta(days=1)).valid
    assert judged(keys, key, MONDAY + timedelta(minutes=1)).outcome == "invalid"


def test_a_company_signs_by_its_head(keys: DemoAuthority) -> None:
    verdict = judged(keys, keys.key_of(COMPANY, now=MONDAY), MONDAY)
    assert signed_as_expected(verdict, [Expected(HEAD, COMPANY, frozenset({"head"}))]).valid


def test_the_head_of_one_company_is_an_employee_elsewhere(keys: DemoAuthority) -> None:
    signer = judged(keys, keys.key_of(HEAD, bin="180440036703", now=MONDAY), MONDAY).signers[0]
    assert signer.roles == ("organisation", "employee")


def test_a_certificate_nobody_issued_stays_pending(keys: DemoAuthority) -> None:
    """The responder does not speak about it, as the national one does not."""
    other = DemoAuthority.temporary().key_of(CITIZEN, now=MONDAY)
    issuer = keys.key_of(CITIZEN, now=MONDAY).others[0]
    answer = keys.answer_ocsp(build_request(other.certificate, issuer), MONDAY)
    assert answer == bytes.fromhex("30030a0106")


@pytest.mark.parametrize("algorithm", ["gost", "rsa"])
def test_a_time_stamp_in_the_algorithm_of_the_signature(keys: DemoAuthority, algorithm: Algorithm) -> None:
    key = keys.key_of(CITIZEN, algorithm=algorithm, now=MONDAY)
    data = sign_cms(CONTENT, [key], at=MONDAY)
    question = stamp_request(read_cms(data).signers[0].signature, key.key.scheme.digest)
    stamped = with_time_stamps(data, {0: token_of(keys.answer_stamp(question, MONDAY))})
    known = keys.trust().with_more((), [keys.crl(MONDAY, algorithm)])
    content = {name: digest(name, CONTENT) for name in read_cms(data).digest_names}
    verdict = verify_cms(stamped, at=MONDAY, trust=known, content=content)
    assert verdict.valid
    assert verdict.signers[0].stamped_at == MONDAY


def test_a_moment_no_key_stands_at(keys: DemoAuthority) -> None:
    with pytest.raises(ValueError, match="from 2011 to 2030, not at 2031-01-01"):
        keys.key_of(CITIZEN, now=datetime(2031, 1, 1, tzinfo=UTC))


def test_everybody_who_starts_at_once_has_the_same_root(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: DemoAuthority.at(tmp_path).key_of(CITIZEN, now=MONDAY), range(8)))
    assert len({key.certificate.sha256 for key in found}) == 1
    assert len({key.others[0].sha256 for key in found}) == 1


def test_a_second_start_finds_the_keys_of_the_first(tmp_path: Path) -> None:
    first = DemoAuthority.at(tmp_path).key_of(CITIZEN, state="revoked", now=MONDAY)
    again = DemoAuthority.at(tmp_path)
    assert again.key_of(CITIZEN, state="revoked", now=MONDAY).certificate.sha256 == first.certificate.sha256
    assert judged(again, first, MONDAY).outcome == "invalid"


def test_files_for_other_programs(tmp_path: Path) -> None:
    keys = DemoAuthority.at(tmp_path)
    write_authority(keys, tmp_path)
    trust = read_trust(tmp_path / "trust")
    assert {each.sha256 for each in trust.roots} == {each.sha256 for each in keys.trust().roots}
    seal = read_keystore((tmp_path / "seal.p12").read_bytes(), PASSWORD)
    assert seal.certificate.subject.bin == world().organisations["system-operator"].bin
    assert seal.key.scheme.family == "rsa"
    written = {
        path.name: read_keystore(path.read_bytes(), PASSWORD) for path in write_keystores(keys, tmp_path)
    }
    assert len(written) == len(world().shown()) + 5
    assert written[f"citizen-Ысқақова-{CITIZEN}-gost2015.p12"].certificate.subject.iin == CITIZEN
    assert written[f"developer-Алатау-{COMPANY}-gost2015.p12"].certificate.subject.bin == COMPANY
    assert {name for name in written if name.endswith("revoked.p12")} == {
        f"citizen-Ысқақова-{CITIZEN}-gost2015-revoked.p12"
    }


@pytest.mark.django_db
def test_every_account_of_the_demo_signs_with_a_key_of_its_own() -> None:
    demo.load(MONDAY)
    keys = DemoAuthority.temporary()
    for account in Account.objects.filter(is_test=True):
        subject = for_account(account, MONDAY, keys=keys).certificate.subject
        assert account.number in {subject.iin, subject.bin}
    official = Account.objects.get(number="780318420299")
    body = world().organisations["alatau-social-department"]
    found = for_account(official, MONDAY, keys=keys).certificate.subject
    assert (found.iin, found.bin, found.name) == (official.number, body.bin, "ӘБЕНОВА ГҮЛНАЗ СӘКЕНҚЫЗЫ")


@override_settings(PRODUCTION=True)
def test_production_has_no_such_authority() -> None:
    with pytest.raises(demo.DemoRefused):
        authority()
