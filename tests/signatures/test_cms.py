"""CMS messages: attached, detached, several signers, as programs really write them."""

from __future__ import annotations

import base64
import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qyzmet.signatures import (
    Rules,
    SignatureError,
    SigningKey,
    read_cms,
    sign_cms,
    verify_cms,
    verify_pdf,
    verify_xml,
)
from qyzmet.signatures.algorithms import libcrypto, libgcrypt
from qyzmet.signatures.algorithms.catalogue import CURVE_DIGESTS
from qyzmet.signatures.algorithms.curves import CRYPTOPRO_A, TC26_256, Curve
from qyzmet.signatures.algorithms.keys import new_gost_key, remembered_verifies
from qyzmet.signatures.ber import parts_of, put, to_der
from qyzmet.signatures.cms.detaching import without_content
from tests.signatures.papers import sealed
from tests.signatures.town import (
    APPLICATION,
    ASAN,
    DINA,
    KALA,
    MONDAY,
    Town,
    attached,
    detached,
    digests,
    letter,
)


def outcomes(data: bytes, town: Town, content: bytes | None = APPLICATION) -> dict[str, object]:
    given_content = None if content is None else digests(content)
    verdict = verify_cms(data, at=MONDAY, trust=town.trust, content=given_content)
    return {each.check: each.passed for each in verdict.checks}


def test_detached(town: Town) -> None:
    verdict = verify_cms(detached(town.asan), at=MONDAY, trust=town.trust, content=digests())
    assert verdict.outcome == "valid"
    assert [each.check for each in verdict.checks] == [
        "format",
        "algorithm",
        "signed-attributes",
        "content",
        "signature",
        "signing-certificate",
        "subject",
        "key-usage",
        "chain",
        "validity",
        "revocation",
    ]
    (signer,) = verdict.signers
    assert (signer.iin, signer.name, signer.roles) == (ASAN, "АХМЕТОВ АСАН СЕРІКҰЛЫ", ("individual",))
    assert signer.claimed_at == MONDAY


def test_attached(town: Town) -> None:
    verdict = verify_cms(attached(town.asan), at=MONDAY, trust=town.trust)
    assert verdict.valid
    assert verdict.content["sha256"] == digests()["sha256"].hex()


def test_two_companies_sign_one_paper_with_different_algorithms(town: Town, rsa_town: Town) -> None:
    head, other = town.official("head"), rsa_town.official("signing-right")
    trust = town.trust.with_more((), rsa_town.trust.crls)
    roots = (*trust.roots, *rsa_town.roots.roots)
    data = detached(head, other)
    assert read_cms(data).digest_names == {"streebog512", "sha256"}
    verdict = verify_cms(data, at=MONDAY, trust=type(trust)(roots, crls=trust.crls), content=digests())
    assert verdict.valid
    assert [(each.bin, each.iin, each.roles[1]) for each in verdict.signers] == [
        (KALA, DINA, "head"),
        (KALA, DINA, "signing-right"),
    ]


@pytest.mark.parametrize(
    "wrap",
    [
        base64.b64encode,
        base64.encodebytes,
        lambda der: b"-----BEGIN CMS-----\n" + base64.encodebytes(der) + b"-----END CMS-----\n",
    ],
    ids=["base64", "base64 in lines", "PEM"],
)
def test_what_a_browser_hands_over(town: Town, wrap) -> None:  # type: ignore[no-untyped-def]
    assert all(outcomes(wrap(detached(town.asan)), town).values())


def open_ended(der: bytes) -> bytes:
    """The message as streaming programs write it: open lengths, the content in pieces."""
    kind, wrapped = parts_of(der)
    fields = parts_of(parts_of(wrapped)[0])
    name, content = parts_of(fields[2])
    octets = parts_of(content)[0][2:]
    pieces = put(4, octets[:10]) + put(4, octets[10:])
    fields[2] = b"\x30\x80" + name + b"\xa0\x80\x24\x80" + pieces + b"\0\0" * 3
    return b"\x30\x80" + kind + b"\xa0\x80\x30\x80" + b"".join(fields) + b"\0\0" * 3


def test_open_lengths_are_read_as_der(town: Town) -> None:
    der = attached(town.asan)
    assert to_der(open_ended(der)) == der
    assert all(outcomes(open_ended(der), town, None).values())


def test_attributes_out_of_order_are_checked_as_der(town: Town) -> None:
    """Some programs send the attributes in their own order and sign them in DER's."""
    kind, wrapped = parts_of(detached(town.asan))
    fields = parts_of(parts_of(wrapped)[0])
    signer = parts_of(parts_of(fields[-1])[0])
    signer[3] = put(0xA0, *reversed(parts_of(signer[3])))
    fields[-1] = put(0x31, put(0x30, *signer))
    data = put(0x30, kind, put(0xA0, put(0x30, *fields)))
    assert all(outcomes(data, town).values())


def test_without_signed_attributes_nothing_is_accepted(town: Town) -> None:
    kind, wrapped = parts_of(detached(town.asan))
    fields = parts_of(parts_of(wrapped)[0])
    signer = parts_of(parts_of(fields[-1])[0])
    fields[-1] = put(0x31, put(0x30, *signer[:3], *signer[4:]))
    found = outcomes(put(0x30, kind, put(0xA0, put(0x30, *fields))), town)
    assert found["signed-attributes"] is False


def test_a_signer_without_a_certificate_is_named(town: Town) -> None:
    kind, wrapped = parts_of(detached(town.asan))
    fields = parts_of(parts_of(wrapped)[0])
    data = put(0x30, kind, put(0xA0, put(0x30, *(each for each in fields if each[0] != 0xA0))))
    assert outcomes(data, town) == {"format": True, "certificate": False}


def test_the_certificate_may_come_from_elsewhere(town: Town) -> None:
    kind, wrapped = parts_of(detached(town.asan))
    fields = parts_of(parts_of(wrapped)[0])
    data = put(0x30, kind, put(0xA0, put(0x30, *(each for each in fields if each[0] != 0xA0))))
    trust = town.trust.with_more([town.asan.certificate])
    assert verify_cms(data, at=MONDAY, trust=trust, content=digests()).valid


def test_an_attribute_naming_another_certificate_is_refused(town: Town) -> None:
    """The same key in two certificates: the signature is of the one it names."""
    twin = town.person()
    swapped = SigningKey(town.asan.key, twin.certificate)
    assert outcomes(detached(swapped), town)["signature"] is False


def test_content_taken_out_leaves_everything_else(town: Town) -> None:
    bare = without_content(read_cms(attached(town.asan)))
    assert read_cms(bare).content is None
    assert all(outcomes(bare, town).values())


def test_more_signers_than_allowed(town: Town) -> None:
    with pytest.raises(SignatureError) as refused:
        verify_cms(
            detached(*[town.asan] * 3),
            at=MONDAY,
            trust=town.trust,
            content=digests(),
            rules=Rules(signers_at_most=2),
        )
    assert refused.value.code == "signers-many"


def test_a_claim_of_time_is_optional(town: Town) -> None:
    data = sign_cms(APPLICATION, [town.asan], at=None)
    verdict = verify_cms(data, at=MONDAY, trust=town.trust, content=digests())
    assert verdict.valid
    assert verdict.signers[0].claimed_at is None


def test_the_same_verdict_without_the_libraries(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    data, trust = detached(town.asan, town.official("head")), town.trust
    with_libraries = verify_cms(data, at=MONDAY, trust=trust, content=digests())
    for library in (libcrypto, libgcrypt):
        remembered_verifies.cache_clear()
        monkeypatch.setattr(library, "load", lambda: None)
        assert verify_cms(data, at=MONDAY, trust=trust, content=digests()) == with_libraries


def test_login_takes_an_authentication_key_and_signing_does_not(town: Town) -> None:
    key = town.person(usages=("digital_signature", "key_encipherment"), purposes=["1.3.6.1.5.5.7.3.2"])
    data = detached(key)
    for purpose, valid in (("login", True), ("sign", False)):
        rules = Rules(purpose=purpose)  # type: ignore[arg-type]
        verdict = verify_cms(data, at=MONDAY, trust=town.trust, content=digests(), rules=rules)
        assert verdict.valid is valid


def test_policies_may_be_demanded(town: Town) -> None:
    for policy, valid in (("1.2.398.3.3.2", True), ("1.2.398.3.3", True), ("1.2.398.3.17", False)):
        verdict = verify_cms(
            detached(town.asan),
            at=MONDAY,
            trust=town.trust,
            content=digests(),
            rules=Rules(policies=(policy,)),
        )
        assert verdict.valid is valid


@settings(max_examples=60, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_one_wrong_byte_anywhere_is_never_valid_and_never_breaks_anything(
    town: Town, place: float, byte: int
) -> None:
    """What nobody signs may differ: certificates beside the signer's, the list of digests."""
    signed = ASAN, digests()["sha256"].hex()
    data = attached(town.asan)
    at = int(place * len(data))
    altered = data[:at] + bytes([byte]) + data[at + 1 :]
    with contextlib.suppress(SignatureError):
        verdict = verify_cms(altered, at=MONDAY, trust=town.trust, content=digests())
        assert not verdict.valid or (verdict.signers[0].iin, verdict.content["sha256"]) == signed


@pytest.mark.parametrize("curve", [TC26_256, CRYPTOPRO_A], ids=["GOST 34.10-2015-256", "GOST 34.310-2004"])
def test_the_other_national_algorithms(curve: Curve) -> None:
    """Keys of 256 bits, and those of certificates issued before 2022."""
    other = Town(lambda: new_gost_key(curve))
    for verdict in (
        verify_cms(detached(other.asan), at=MONDAY, trust=other.trust, content=digests()),
        verify_xml(letter(other.asan), at=MONDAY, trust=other.trust),
        verify_pdf(sealed(other.asan), at=MONDAY, trust=other.trust),
    ):
        assert verdict.outcome == "valid"
        assert verdict.signers[0].algorithm == f"gost {CURVE_DIGESTS[curve.name]}"
