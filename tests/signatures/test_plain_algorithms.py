"""RSA and ECDSA in plain Python give the answers of the library, on right signatures and on wrong ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qyzmet.signatures import SignatureError
from qyzmet.signatures.algorithms import ecdsa, native, rsa
from qyzmet.signatures.algorithms.catalogue import Scheme
from qyzmet.signatures.algorithms.curves import Curve
from qyzmet.signatures.algorithms.keys import (
    EcKey,
    PrivateKey,
    PublicKey,
    RsaKey,
    new_rsa_key,
    read_private_key,
    read_public_key,
)
from qyzmet.signatures.algorithms.nist import NIST, P256, P384, P521

NAMES = ["sha256", "sha384", "sha512"]
SIZES = {P256: ec.SECP256R1(), P384: ec.SECP384R1(), P521: ec.SECP521R1()}


def on(curve: Curve) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(SIZES[curve])


@pytest.fixture(scope="module")
def rsa_keys() -> list[PrivateKey]:
    """Of 2048 bits, and of a length that is one more than whole bytes, where the padding of PSS is shorter."""
    return [new_rsa_key(2048), new_rsa_key(2049)]


@pytest.fixture(scope="module")
def ec_keys() -> list[ec.EllipticCurvePrivateKey]:
    return [on(curve) for curve in SIZES]


def plain(key: PublicKey, scheme: Scheme, digest: bytes, signature: bytes) -> bool:
    """The answer of plain Python."""
    if isinstance(key, RsaKey):
        if scheme.family == "rsa-pss":
            return rsa.verify_pss(key.n, key.e, scheme.digest, digest, signature, salt=scheme.salt)
        return rsa.verify_pkcs1(key.n, key.e, scheme.digest, digest, signature)
    assert isinstance(key, EcKey)
    return ecdsa.verify(key.curve, key.point, digest, signature)


def library() -> native.Library:
    found = native.load()
    assert found is not None
    return found


def spoilt(draw: Callable[..., object], signature: bytes) -> bytes:
    """The signature, whole or with a byte changed, cut off or put on."""
    data = bytearray(signature)
    kind = draw(st.sampled_from(["whole", "changed", "cut", "longer", "zero", "full"]))
    at = int(float(draw(st.floats(0, 1, exclude_max=True))) * len(data))  # type: ignore[arg-type]
    if kind == "changed":
        data[at] ^= int(draw(st.integers(1, 255)))  # type: ignore[call-overload]
    elif kind == "cut":
        del data[at]
    elif kind == "longer":
        data.insert(at, 0)
    elif kind in {"zero", "full"}:
        data = bytearray([0 if kind == "zero" else 255]) * len(data)
    return bytes(data)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), message=st.binary(max_size=40), name=st.sampled_from(NAMES))
def test_rsa(rsa_keys: list[PrivateKey], data: st.DataObject, message: bytes, name: str) -> None:
    key = data.draw(st.sampled_from(rsa_keys))
    salt = data.draw(st.sampled_from([None, 0, 20, 32, 64]))
    scheme = Scheme("rsa", name) if salt is None else Scheme("rsa-pss", name, salt)
    digest = hashlib.new(name, message).digest()
    signature = PrivateKey(scheme, key.public, key=key.key).sign(digest)
    assert plain(key.public, scheme, digest, signature) is True
    wrong = spoilt(data.draw, signature)
    assert plain(key.public, scheme, digest, wrong) == library().verify(
        key.public.info(), scheme, digest, wrong
    )
    other = Scheme(scheme.family, data.draw(st.sampled_from(NAMES)), data.draw(st.sampled_from([0, 20, 32])))
    told = hashlib.new(other.digest, message).digest()
    assert plain(key.public, other, told, signature) == library().verify(
        key.public.info(), other, told, signature
    )


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), message=st.binary(max_size=40), name=st.sampled_from(NAMES))
def test_ecdsa(
    ec_keys: list[ec.EllipticCurvePrivateKey], data: st.DataObject, message: bytes, name: str
) -> None:
    key = data.draw(st.sampled_from(ec_keys))
    info = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    public, scheme = read_public_key(info), Scheme("ecdsa", name)
    digest = hashlib.new(name, message).digest()
    signature = key.sign(digest, *library().how(scheme))
    assert plain(public, scheme, digest, signature) is True
    wrong = spoilt(data.draw, signature)
    assert plain(public, scheme, digest, wrong) == library().verify(info, scheme, digest, wrong)


@pytest.mark.parametrize("curve", list(SIZES), ids=lambda curve: curve.name)
def test_numbers_out_of_range_and_loose_writing_are_no_signature(curve: Curve) -> None:
    key = on(curve)
    info = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    public, scheme, digest = read_public_key(info), Scheme("ecdsa", "sha256"), bytes(32)
    good = key.sign(digest, *library().how(scheme))
    first = 2 if good[1] < 128 else 3
    loose = good[:first] + b"\2" + bytes([good[first + 1] + 1]) + b"\0" + good[first + 2 :]
    loose = loose[: first - 1] + bytes([loose[first - 1] + 1]) + loose[first:]
    for r, s in ((0, 1), (1, 0), (curve.q, 1), (1, curve.q), (curve.q + 1, 1)):
        wrong = ecdsa.written(r, s)
        assert plain(public, scheme, digest, wrong) is library().verify(info, scheme, digest, wrong) is False
    for wrong in (b"", b"\x30", b"\x30\0", good + b"\0", good[:-1], loose):
        assert plain(public, scheme, digest, wrong) is library().verify(info, scheme, digest, wrong) is False


def test_a_compressed_point_is_the_same_key() -> None:
    for curve in SIZES:
        public = on(curve).public_key()
        whole = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        short = public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        assert ecdsa.read_point(curve, short) == ecdsa.read_point(curve, whole) is not None
        assert ecdsa.read_point(curve, whole[:-1]) is None
        assert ecdsa.read_point(curve, whole[:-1] + bytes([whole[-1] ^ 1])) is None
        assert ecdsa.read_point(curve, b"\0") is None


def test_the_curves_are_those_of_the_library() -> None:
    for curve, theirs in SIZES.items():
        g = ec.derive_private_key(1, theirs).public_key().public_numbers()
        assert curve.holds(curve.g)
        assert (curve.g, curve.q) == ((g.x, g.y), theirs.group_order)
    assert set(NIST.values()) == set(SIZES)


def test_a_key_without_the_library_verifies_and_does_not_sign(
    rsa_keys: list[PrivateKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    key, digest = rsa_keys[0], bytes(32)
    signature = key.sign(digest)
    monkeypatch.setattr(native, "load", lambda: None)
    assert key.public.verifies(key.scheme, digest, signature)
    assert not key.public.verifies(Scheme("ecdsa", "sha256"), digest, signature)
    with pytest.raises(SignatureError):
        key.sign(digest)


def test_a_key_that_is_no_key() -> None:
    weak = new_rsa_key(2048).public
    assert isinstance(weak, RsaKey)
    even = weak.der.replace(weak.n.to_bytes(256, "big"), (weak.n - 1).to_bytes(256, "big"))
    with pytest.raises(SignatureError) as refused:
        read_public_key(even)
    assert refused.value.code == "key-unreadable"
    with pytest.raises(SignatureError):
        read_private_key(weak.der)
