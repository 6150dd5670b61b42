"""Private keys: made, read from PKCS #8, signing a digest; and the public ones beside them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asn1crypto import core

from qyzmet.signatures import asn1
from qyzmet.signatures.algorithms import gost, libgcrypt, native
from qyzmet.signatures.algorithms.catalogue import CURVE_DIGESTS, KEYS, Family, Scheme
from qyzmet.signatures.algorithms.curves import Curve
from qyzmet.signatures.algorithms.public_keys import (
    EcKey,
    GostKey,
    PublicKey,
    RsaKey,
    ec_public,
    gost_algorithm,
    gost_curve,
    read_public_key,
    remembered_verifies,
    rsa_public,
)
from qyzmet.signatures.errors import SignatureError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

__all__ = [
    "EcKey",
    "GostKey",
    "PrivateKey",
    "PublicKey",
    "RsaKey",
    "new_ecdsa_key",
    "new_gost_key",
    "new_rsa_key",
    "read_private_key",
    "read_public_key",
    "remembered_verifies",
]


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A key that signs: a GOST number, or a key of `cryptography`; `scheme` is what it signs by."""

    scheme: Scheme
    public: PublicKey
    secret: int = 0
    key: RSAPrivateKey | EllipticCurvePrivateKey | None = None

    def sign(self, digest: bytes) -> bytes:
        """The signature of a digest made by `scheme.digest`."""
        if isinstance(self.public, GostKey):
            return self._sign_gost(self.public, digest)
        library = native.load()
        if self.key is None or library is None:
            raise SignatureError("key-unreadable")
        key: Any = self.key
        signed: bytes = key.sign(digest, *library.how(self.scheme))
        return signed

    def _sign_gost(self, public: GostKey, digest: bytes) -> bytes:
        library = libgcrypt.load()
        if library:
            pair = library.sign(public.curve, self.secret, public.point, digest)
        else:
            pair = gost.sign(public.curve, self.secret, digest)
        return b"".join(number.to_bytes(public.curve.size, "little") for number in pair)

    def info(self) -> bytes:
        """PKCS #8, DER: for GOST an OCTET STRING of the number, lowest byte first, as the national keys
        have it.
        """
        if self.key is not None:
            from cryptography.hazmat.primitives import serialization

            return self.key.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        if not isinstance(self.public, GostKey):
            raise SignatureError("key-unreadable")
        octets = core.OctetString(self.secret.to_bytes(self.public.curve.size, "little")).dump()
        info: bytes = asn1.PrivateKeyInfo(
            {"version": 0, "algorithm": gost_algorithm(self.public.curve), "private_key": octets}
        ).dump()
        return info


def new_gost_key(curve: Curve) -> PrivateKey:
    """A random GOST key."""
    return _gost_private(curve, secrets.randbelow(curve.q - 1) + 1)


def new_rsa_key(bits: int = 2048) -> PrivateKey:
    """A random RSA key that signs with SHA-256."""
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

    return _sha_private(generate_private_key(public_exponent=65537, key_size=bits), "rsa")


def new_ecdsa_key() -> PrivateKey:
    """A random key of the curve P-256 that signs with SHA-256."""
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

    return _sha_private(generate_private_key(SECP256R1()), "ecdsa")


def read_private_key(info: bytes) -> PrivateKey:
    """A key from PKCS #8. Raises SignatureError `key-unreadable` or `algorithm-unknown`."""
    shape = asn1.load(asn1.PrivateKeyInfo, info, "key-unreadable")
    with asn1.refused_as("key-unreadable"):
        oid = str(shape["algorithm"]["algorithm"].dotted)
        if KEYS.get(oid) == "gost":
            octets = asn1.load(core.OctetString, shape["private_key"].native, "key-unreadable").native
            return _gost_private(gost_curve(shape["algorithm"]), int.from_bytes(octets, "little"))
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    try:
        key = load_der_private_key(info, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise SignatureError("key-unreadable") from problem
    if isinstance(key, RSAPrivateKey):
        return _sha_private(key, "rsa")
    if isinstance(key, EllipticCurvePrivateKey):
        return _sha_private(key, "ecdsa")
    raise SignatureError("algorithm-unknown", name=oid)


def _gost_private(curve: Curve, secret: int) -> PrivateKey:
    if not 0 < secret < curve.q:
        raise SignatureError("key-unreadable")
    public = GostKey(curve, gost.public_point(curve, secret))
    return PrivateKey(Scheme("gost", CURVE_DIGESTS[curve.name]), public, secret=secret)


def _sha_private(key: RSAPrivateKey | EllipticCurvePrivateKey, family: Family) -> PrivateKey:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    info = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    public = (rsa_public if family == "rsa" else ec_public)(asn1.PublicKeyInfo.load(info), info)
    return PrivateKey(Scheme(family, "sha256"), public, key=key)
