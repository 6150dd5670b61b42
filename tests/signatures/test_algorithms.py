"""Examples of the standards, and libcrypto, libgcrypt and plain Python giving the same answers."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qyzmet.signatures import SignatureError
from qyzmet.signatures.algorithms import gost, libcrypto, libgcrypt
from qyzmet.signatures.algorithms.catalogue import Scheme, digest_named, scheme_named, xml_scheme_named
from qyzmet.signatures.algorithms.curves import CRYPTOPRO_A, TC26_256, TC26_512, Curve
from qyzmet.signatures.algorithms.hashes import digest, digests_of, new_hash
from qyzmet.signatures.algorithms.keys import (
    GostKey,
    new_ecdsa_key,
    new_gost_key,
    new_rsa_key,
    read_private_key,
    read_public_key,
)
from qyzmet.signatures.algorithms.points import combine

DIGITS = b"012345678901234567890123456789012345678901234567890123456789012"
IGOR = "Се ветри, Стрибожи внуци, веютъ с моря стрелами на храбрыя плъкы Игоревы".encode("cp1251")
DIGITS_512 = (
    "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa"
    "00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48"
)
IGOR_512 = (
    "1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376"
    "035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28"
)
CURVES = [TC26_512, TC26_256, CRYPTOPRO_A]


def by_curve(curve: Curve) -> str:
    return curve.name


@pytest.fixture(params=[False, True], ids=["libgcrypt", "plain"])
def plain(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.mark.parametrize(
    ("name", "message", "expected"),
    [
        # GOST R 34.11-2012, annex A.
        (
            "streebog512",
            DIGITS,
            DIGITS_512,
        ),
        ("streebog256", DIGITS, "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"),
        (
            "streebog512",
            IGOR,
            IGOR_512,
        ),
        ("streebog256", IGOR, "9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50"),
        # GOST R 34.11-94 with the test parameters, RFC 5831 §7.3.
        (
            "gost94",
            b"This is message, length=32 bytes",
            "b1c466d37519b82e8319819ff32595e047a28cb6f83eff1c6916a815a637fffa",
        ),
        ("gost94", b"", "ce85b99cc46752fffee35cab9a7b0278abb4c2d2055cff685af4912c49490f8d"),
    ],
)
def test_digests_of_the_standards(name: str, message: bytes, expected: str, plain: bool) -> None:
    running = new_hash(name, plain=plain)
    running.update(message)
    assert running.digest().hex() == expected


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.binary(max_size=150), max_size=4), st.sampled_from(["streebog512", "streebog256", "gost94"])
)
def test_both_hashes_agree_however_the_message_is_cut(pieces: list[bytes], name: str) -> None:
    ours, theirs = new_hash(name, plain=True), new_hash(name)
    for piece in pieces:
        ours.update(piece)
        theirs.update(piece)
    assert ours.digest() == theirs.digest() == digest(name, b"".join(pieces))


def test_a_file_is_read_once_for_all_its_digests() -> None:
    content = bytes(range(256)) * 9000
    found = digests_of(io.BytesIO(content), ["sha256", "streebog512"])
    assert found == {name: digest(name, content) for name in ("sha256", "streebog512")}


# RFC 7091 §7.1 and GOST R 34.10-2012 annex A.2: curves made for the examples, not for use.
EXAMPLE_256 = Curve(
    "example-256",
    32,
    p=0x8000000000000000000000000000000000000000000000000000000000000431,
    a=7,
    b=0x5FBFF498AA938CE739B8E022FBAFEF40563F6E6A3472FC2A514C0CE9DAE23B7E,
    q=0x8000000000000000000000000000000150FE8A1892976154C59CFC193ACCF5B3,
    g=(2, 0x08E2A8A0E65147D4BD6316030E16D19C85C97F0A9CA267122B96ABBCEA7E8FC8),
)
EXAMPLE_512 = Curve(
    "example-512",
    64,
    p=int(
        "4531acd1fe0023c7550d267b6b2fee80922b14b2ffb90f04d4eb7c09b5d2d15d"
        "f1d852741af4704a0458047e80e4546d35b8336fac224dd81664bbf528be6373",
        16,
    ),
    a=7,
    b=int(
        "1cff0806a31116da29d8cfa54e57eb748bc5f377e49400fdd788b649eca1ac43"
        "61834013b2ad7322480a89ca58e0cf74bc9e540c2add6897fad0a3084f302adc",
        16,
    ),
    q=int(
        "4531acd1fe0023c7550d267b6b2fee80922b14b2ffb90f04d4eb7c09b5d2d15d"
        "a82f2d7ecb1dbac719905c5eecc423f1d86e25edbe23c595d644aaf187e6e6df",
        16,
    ),
    g=(
        int(
            "24d19cc64572ee30f396bf6ebbfd7a6c5213b3b3d7057cc825f91093a68cd762"
            "fd60611262cd838dc6b60aa7eee804e28bc849977fac33b4b530f1b120248a9a",
            16,
        ),
        int(
            "2bb312a43bd2ce6e0d020613c857acddcfbf061e91e5f2c3f32447c259f39b2c"
            "83ab156d77f1496bf7eb3351e1ee4e43dc1a18b91b24640b6dbb92cb1add371e",
            16,
        ),
    ),
)


@pytest.mark.parametrize(
    ("curve", "secret", "e", "nonce", "r", "s"),
    [
        (
            EXAMPLE_256,
            0x7A929ADE789BB9BE10ED359DD39A72C11B60961F49397EEE1D19CE9891EC3B28,
            0x2DFBC1B372D89A1188C09C52E0EEC61FCE52032AB1022E8E67ECE6672B043EE5,
            0x77105C9B20BCD3122823C8CF6FCC7B956DE33814E95B7FE64FED924594DCEAB3,
            0x41AA28D2F1AB148280CD9ED56FEDA41974053554A42767B83AD043FD39DC0493,
            0x01456C64BA4642A1653C235A98A60249BCD6D3F746B631DF928014F6C5BF9C40,
        ),
        (
            EXAMPLE_512,
            int(
                "0ba6048aadae241ba40936d47756d7c93091a0e8514669700ee7508e508b1020"
                "72e8123b2200a0563322dad2827e2714a2636b7bfd18aadfc62967821fa18dd4",
                16,
            ),
            int(
                "3754f3cfacc9e0615c4f4a7c4d8dab531b09b6f9c170c533a71d147035b0c591"
                "7184ee536593f4414339976c647c5d5a407adedb1d560c4fc6777d2972075b8c",
                16,
            ),
            int(
                "0359e7f4b1410feacc570456c6801496946312120b39d019d455986e364f3658"
                "86748ed7a44b3e794434006011842286212273a6d14cf70ea3af71bb1ae679f1",
                16,
            ),
            int(
                "2f86fa60a081091a23dd795e1e3c689ee512a3c82ee0dcc2643c78eea8fcacd3"
                "5492558486b20f1c9ec197c90699850260c93bcbcd9c5c3317e19344e173ae36",
                16,
            ),
            int(
                "1081b394696ffe8e6585e7a9362d26b6325f56778aadbc081c0bfbe933d52ff5"
                "823ce288e8c4f362526080df7f70ce406a6eeb1f56919cb92a9853bde73e5b4a",
                16,
            ),
        ),
    ],
    ids=["256", "512"],
)
def test_signatures_of_the_standard(curve: Curve, secret: int, e: int, nonce: int, r: int, s: int) -> None:
    message = e.to_bytes(curve.size, "little")
    assert gost.sign(curve, secret, message, nonce) == (r, s)
    assert gost.verify(curve, gost.public_point(curve, secret), message, r, s)


@pytest.mark.parametrize("curve", CURVES, ids=by_curve)
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_every_backend_agrees_on_good_and_bad_signatures(curve: Curve, data: st.DataObject) -> None:
    library, sums = libgcrypt.load(), libcrypto.load()
    assert library is not None, "this machine has no libgcrypt that knows GOST; install libgcrypt20"
    assert sums is not None, "this machine has no libcrypto of OpenSSL 3; install libssl3"
    secret = data.draw(st.integers(1, curve.q - 1))
    message = data.draw(st.binary(min_size=curve.size, max_size=curve.size))
    key = gost.public_point(curve, secret)
    r, s = library.sign(curve, secret, key, message)
    flip = 1 << data.draw(st.integers(0, 8 * curve.size - 1))
    # Not by one: a digest of zero counts as one.
    altered = bytes([message[0] ^ 2]) + message[1:]
    cases = [
        (key, message, r, s),
        (key, message, r ^ flip, s),
        (key, message, r, s ^ flip),
        (key, altered, r, s),
        ((key[0], curve.p - key[1]), message, r, s),
        ((key[0] ^ 1, key[1]), message, r, s),
        (key, message, 0, s),
        (key, message, r, curve.q),
        (key, message, s, r),
    ]
    answers = [gost.verify(curve, *case) for case in cases]
    assert [library.verify(curve, *case) for case in cases] == answers
    assert [gost.verify(curve, *case, sums.combine) for case in cases] == answers
    assert answers[0]
    assert not any(answers[1:])


@pytest.mark.parametrize("curve", CURVES, ids=by_curve)
def test_sums_that_meet_on_the_way_are_sums_too(curve: Curve) -> None:
    sums = libcrypto.load()
    assert sums is not None
    twin = (curve.g[0], curve.p - curve.g[1])
    five = gost.public_point(curve, 5)
    for own, other, point in [
        (3, 2, curve.g),
        (2, 2, twin),
        (7, 2, twin),
        (0, 1, five),
        (1, 0, five),
        (5, 1, five),
    ]:
        pairs = [(own, curve.g), (other, point)]
        assert sums.combine(curve, pairs) == combine(curve, pairs)


@pytest.mark.parametrize("curve", CURVES, ids=by_curve)
@pytest.mark.parametrize("e", [0, "q"], ids=["zero", "the order"])
def test_a_digest_that_is_zero_modulo_q_counts_as_one(curve: Curve, e: object) -> None:
    message = (curve.q if e == "q" else 0).to_bytes(curve.size, "little")
    library = libgcrypt.load()
    assert library is not None
    r, s = gost.sign(curve, 7, message)
    key = gost.public_point(curve, 7)
    assert library.verify(curve, key, message, r, s) == gost.verify(curve, key, message, r, s) == True  # noqa: E712


@pytest.mark.parametrize(
    "key",
    [
        new_gost_key(TC26_512),
        new_gost_key(TC26_256),
        new_gost_key(CRYPTOPRO_A),
        new_ecdsa_key(),
        new_rsa_key(),
    ],
    ids=["gost-512", "gost-256", "gost-2004", "ecdsa", "rsa"],
)
def test_a_key_signs_and_is_read_back(key, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    value = digest(key.scheme.digest, b"message")
    again = read_private_key(key.info())
    public = read_public_key(key.public.info())
    signature = again.sign(value)
    assert public.verifies(key.scheme, value, signature)
    assert not public.verifies(key.scheme, digest(key.scheme.digest, b"massage"), signature)
    assert not public.verifies(key.scheme, value, signature[:-1])
    assert not public.verifies(replace(key.scheme, digest="sha384"), value, signature)
    for library in (libcrypto, libgcrypt):
        monkeypatch.setattr(library, "load", lambda: None)
        assert public.verifies(key.scheme, value, again.sign(value))


def test_a_key_off_its_curve_is_not_read() -> None:
    key = new_gost_key(TC26_256).public
    assert isinstance(key, GostKey)
    with pytest.raises(SignatureError) as refused:
        read_public_key(GostKey(key.curve, (key.point[0], key.point[1] ^ 1)).info())
    assert refused.value.check == "certificate"


@pytest.mark.parametrize(
    ("look_up", "name", "code"),
    [
        (digest_named, "1.3.14.3.2.26", "algorithm-weak"),
        (digest_named, "1.2.3", "algorithm-unknown"),
        (scheme_named, "1.2.840.113549.1.1.5", "algorithm-weak"),
        (scheme_named, "1.2.840.113549.1.1.1", "algorithm-unknown"),
        (xml_scheme_named, "http://www.w3.org/2000/09/xmldsig#rsa-sha1", "algorithm-weak"),
        (xml_scheme_named, "http://www.w3.org/2000/09/xmldsig#hmac-sha256", "algorithm-unknown"),
    ],
)
def test_weak_and_unknown_algorithms_are_named(look_up, name: str, code: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SignatureError) as refused:
        look_up(name)
    assert (refused.value.code, refused.value.check) == (code, "algorithm")


def test_rsa_below_2048_bits_is_weak() -> None:
    with pytest.raises(SignatureError) as refused:
        read_public_key(new_rsa_key(1024).public.info())
    assert refused.value.code == "algorithm-weak"


def test_a_bare_key_algorithm_takes_the_digest_beside_it() -> None:
    assert scheme_named("1.2.398.3.10.1.1.2.2", "streebog512") == Scheme("gost", "streebog512")
    assert scheme_named("1.2.840.113549.1.1.1", "sha256") == Scheme("rsa", "sha256")
