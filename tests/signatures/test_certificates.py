"""Certificates of the national profile, and the chains that hold or do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qyzmet.signatures import SignatureError, SigningKey, Trust, read_certificate, read_trust
from qyzmet.signatures.authority import Holder, issue_to, make_authority, make_root
from qyzmet.signatures.certificates.chain import build_chain
from qyzmet.signatures.certificates.roles import roles_of
from tests.signatures.town import ASAN, AUTHORITY_YEARS, DAY, KALA, MONDAY, THIS_YEAR, Town


def test_a_person(town: Town) -> None:
    certificate = town.asan.certificate
    assert certificate.subject.iin == ASAN
    assert certificate.subject.bin == ""
    assert certificate.subject.name == "АХМЕТОВ АСАН СЕРІКҰЛЫ"
    assert roles_of(certificate.purposes) == ("individual",)
    assert certificate.usages == {"digital_signature", "non_repudiation", "key_agreement"}
    assert certificate.policies == ("1.2.398.3.3.2",)
    assert (certificate.not_before, certificate.not_after) == (THIS_YEAR.since, THIS_YEAR.until)


@pytest.mark.parametrize("role", ["head", "signing-right", "financial-signing-right", "employee"])
def test_an_official(town: Town, role: str) -> None:
    certificate = town.official(role).certificate
    assert certificate.subject.bin == KALA
    assert certificate.subject.organisation == '"ҚАЛА" ЖШС'
    assert roles_of(certificate.purposes) == ("organisation", role)


def test_an_information_system_has_no_person(town: Town) -> None:
    holder = Holder(bin=KALA, organisation='"ҚАЛА" ЖШС', system='АЖ "Сынақ"', roles=("information-system",))
    certificate = issue_to(town.authority, holder, town.new_key(), THIS_YEAR).certificate
    assert (certificate.subject.iin, certificate.subject.bin) == ("", KALA)
    assert certificate.subject.name == 'АЖ "Сынақ"'
    assert roles_of(certificate.purposes) == ("organisation", "information-system")


def test_the_number_is_found_by_its_prefix_wherever_it_stands(town: Town) -> None:
    """Authorities of state bodies put the BIN into the serial number of the name."""
    holder = Holder(iin="", surname="УЦ ГО", first_name="БАНК", bin=KALA)
    certificate = issue_to(town.authority, holder, town.new_key(), THIS_YEAR).certificate
    assert certificate.subject.bin == KALA
    swapped = certificate.der.replace(b"\x06\x03\x55\x04\x0b", b"\x06\x03\x55\x04\x05")
    assert read_certificate(swapped).subject.bin == KALA


def test_the_end_of_its_last_second_is_still_within(town: Town) -> None:
    certificate = town.asan.certificate
    assert certificate.holds(THIS_YEAR.since)
    assert certificate.holds(THIS_YEAR.until)
    assert not certificate.holds(THIS_YEAR.until + DAY / 86400)


def test_a_chain_of_three(town: Town) -> None:
    chain = build_chain(town.asan.certificate, town.trust)
    assert [each.subject.name for each in chain.links][1:] == ["СЫНАҚ ОРТАЛЫҒЫ", "СЫНАҚ ТҮБІРІ"]
    assert chain.trusted
    assert chain.outside(MONDAY) is None
    assert chain.outside(MONDAY + 300 * DAY) is town.asan.certificate


def test_a_root_may_be_pinned_by_its_fingerprint(town: Town) -> None:
    pinned = Trust(
        intermediates=(town.root.certificate, town.authority.certificate),
        pinned=frozenset({town.root.certificate.sha256}),
    )
    assert build_chain(town.asan.certificate, pinned).trusted
    assert not build_chain(town.asan.certificate, replace(pinned, pinned=frozenset())).trusted


def test_a_person_issues_nothing(town: Town) -> None:
    pretender = make_authority(town.asan, "ӨЗІМШІЛ", town.new_key(), THIS_YEAR)
    victim = issue_to(pretender, Holder(iin=ASAN, surname="А", first_name="Б"), town.new_key(), THIS_YEAR)
    trust = town.trust.with_more([pretender.certificate, town.asan.certificate])
    assert build_chain(victim.certificate, trust).problem == "chain-not-authority"


def test_an_authority_that_may_have_none_below_it(town: Town) -> None:
    below = make_authority(town.authority, "ТӨМЕНГІ", town.new_key(), AUTHORITY_YEARS)
    person = issue_to(below, Holder(iin=ASAN, surname="А", first_name="Б"), town.new_key(), THIS_YEAR)
    chain = build_chain(person.certificate, town.trust.with_more([below.certificate]))
    assert chain.problem == "chain-too-long"


def test_a_crowd_of_namesakes_ends(town: Town) -> None:
    """Fifty roots of one name: a few dozen are tried, then the chain is not found."""
    crowd = [make_root("СЫНАҚ ОРТАЛЫҒЫ", town.asan.key, AUTHORITY_YEARS).certificate for _ in range(50)]
    stranger = issue_to(
        SigningKey(town.asan.key, crowd[0]), Holder(iin=ASAN, surname="А", first_name="Б"), town.new_key(), THIS_YEAR
    )  # fmt: skip
    chain = build_chain(stranger.certificate, Trust(intermediates=tuple(crowd)))
    assert not chain.trusted


def test_a_folder_of_trust(town: Town, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "root.cer").write_bytes(town.root.certificate.der)
    (tmp_path / "authority.crt").write_bytes(town.authority.certificate.der)
    (tmp_path / "week.crl").write_bytes(town.crl())
    (tmp_path / "README.md").write_text("not a certificate")
    trust = read_trust(tmp_path)
    assert [len(each) for each in (trust.roots, trust.intermediates, trust.crls)] == [1, 1, 1]
    (tmp_path / "broken.cer").write_bytes(b"broken")
    with pytest.raises(SignatureError, match=r"broken\.cer"):
        read_trust(tmp_path)
