"""Public and private keys: read from SubjectPublicKeyInfo and PKCS #8, verifying and signing a digest."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from asn1crypto import core
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

from qyzmet.signatures import asn1
from qyzmet.signatures.algorithms import gost, libgcrypt
from qyzmet.signatures.algorithms.catalogue import CURVE_DIGESTS, CURVES, DIGESTS, KEYS, Family, Scheme
from qyzmet.signatures.algorithms.curves import Curve, Point
from qyzmet.signatures.errors import SignatureError

_SHA: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_RSA_LEAST = 2048
_RSA_MOST = 8192
_EC_CURVES = {"secp256r1", "secp384r1", "secp521r1"}


@dataclass(frozen=True, slots=True)
class GostKey:
    """A point of a GOST curve."""

    curve: Curve
    point: Point

    family: Family = "gost"

    def verifies(self, scheme: Scheme, digest: bytes, signature: bytes) -> bool:
        """Whether the signature (r then s, lowest byte first) fits this digest; never raises on bad bytes."""
        size = self.curve.size
        if scheme.family != "gost" or CURVE_DIGESTS[self.curve.name] != scheme.digest:
            return False
        if len(signature) != 2 * size:
            return False
        r, s = (int.from_bytes(half, "little") for half in (signature[:size], signature[size:]))
        library = libgcrypt.load()
        check = library.verify if library else gost.verify
        return check(self.curve, self.point, digest, r, s)

    def info(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""
        octets = b"".join(number.to_bytes(self.curve.size, "little") for number in self.point)
        algorithm = _gost_algorithm(self.curve)
        info: bytes = asn1.PublicKeyInfo(
            {"algorithm": algorithm, "public_key": core.OctetString(octets).dump()}
        ).dump()
        return info


@dataclass(frozen=True, slots=True)
class ShaKey:
    """An RSA or ECDSA key of `cryptography`."""

    key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey
    family: Family

    def verifies(self, scheme: Scheme, digest: bytes, signature: bytes) -> bool:
        """Whether the signature fits this digest; never raises on bad bytes."""
        if scheme.family.removesuffix("-pss") != self.family or scheme.digest not in _SHA:
            return False
        if len(digest) != _SHA[scheme.digest].digest_size:
            return False
        made = utils.Prehashed(_SHA[scheme.digest])
        try:
            if isinstance(self.key, rsa.RSAPublicKey):
                self.key.verify(signature, digest, _padding(scheme), made)
            else:
                self.key.verify(signature, digest, ec.ECDSA(made))
        except (InvalidSignature, ValueError):
            return False
        return True

    def info(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""
        return self.key.public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )


PublicKey = GostKey | ShaKey


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A key that signs: a GOST number, or a key of `cryptography`; `scheme` is what it signs by."""

    scheme: Scheme
    public: PublicKey
    secret: int = 0
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | None = None

    def sign(self, digest: bytes) -> bytes:
        """The signature of a digest made by `scheme.digest`."""
        if isinstance(self.public, GostKey):
            return self._sign_gost(self.public, digest)
        made = utils.Prehashed(_SHA[self.scheme.digest])
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(digest, _padding(self.scheme), made)
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return self.key.sign(digest, ec.ECDSA(made))
        raise SignatureError("key-unreadable")

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
            return self.key.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        if not isinstance(self.public, GostKey):
            raise SignatureError("key-unreadable")
        octets = core.OctetString(self.secret.to_bytes(self.public.curve.size, "little")).dump()
        info: bytes = asn1.PrivateKeyInfo(
            {"version": 0, "algorithm": _gost_algorithm(self.public.curve), "private_key": octets}
        ).dump()
        return info


def new_gost_key(curve: Curve) -> PrivateKey:
    """A random GOST key."""
    return _gost_private(curve, secrets.randbelow(curve.q - 1) + 1)


def new_rsa_key(bits: int = 2048) -> PrivateKey:
    """A random RSA key that signs with SHA-256."""
    return _sha_private(rsa.generate_private_key(public_exponent=65537, key_size=bits))


def new_ecdsa_key() -> PrivateKey:
    """A random key of the curve P-256 that signs with SHA-256."""
    return _sha_private(ec.generate_private_key(ec.SECP256R1()))


@lru_cache(maxsize=4096)
def read_public_key(info: bytes) -> PublicKey:
    """A key from SubjectPublicKeyInfo.

    Raises SignatureError `key-unreadable`, `algorithm-unknown` or `algorithm-weak` (RSA below 2048 bits).
    """
    shape = asn1.load(asn1.PublicKeyInfo, info, "key-unreadable")
    with asn1.refused_as("key-unreadable"):
        oid = str(shape["algorithm"]["algorithm"].dotted)
        if oid not in KEYS:
            raise SignatureError("algorithm-unknown", name=oid)
        if KEYS[oid] == "gost":
            return _gost_public(shape)
    return _sha_public(info, oid)


def _sha_public(info: bytes, oid: str) -> ShaKey:
    try:
        key = serialization.load_der_public_key(info)
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise SignatureError("key-unreadable") from problem
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size < _RSA_LEAST:
            raise SignatureError("algorithm-weak", name=f"RSA {key.key_size}")
        if key.key_size > _RSA_MOST:
            raise SignatureError("algorithm-unknown", name=f"RSA {key.key_size}")
        return ShaKey(key, "rsa")
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _EC_CURVES:
        return ShaKey(key, "ecdsa")
    raise SignatureError("algorithm-unknown", name=oid)


def read_private_key(info: bytes) -> PrivateKey:
    """A key from PKCS #8. Raises SignatureError `key-unreadable` or `algorithm-unknown`."""
    shape = asn1.load(asn1.PrivateKeyInfo, info, "key-unreadable")
    with asn1.refused_as("key-unreadable"):
        oid = str(shape["algorithm"]["algorithm"].dotted)
        if KEYS.get(oid) == "gost":
            octets = asn1.load(core.OctetString, shape["private_key"].native, "key-unreadable").native
            return _gost_private(_gost_curve(shape["algorithm"]), int.from_bytes(octets, "little"))
    try:
        key = serialization.load_der_private_key(info, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise SignatureError("key-unreadable") from problem
    if isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        return _sha_private(key)
    raise SignatureError("algorithm-unknown", name=oid)


@lru_cache(maxsize=8192)
def remembered_verifies(info: bytes, scheme: Scheme, digest: bytes, signature: bytes) -> bool:
    """As `verifies`, for what is met again and again: links of chains, revocation lists. A pure function,
    kept.
    """
    return read_public_key(info).verifies(scheme, digest, signature)


def _padding(scheme: Scheme) -> padding.AsymmetricPadding:
    if scheme.family == "rsa-pss":
        return padding.PSS(padding.MGF1(_SHA[scheme.digest]), scheme.salt)
    return padding.PKCS1v15()


def _gost_public(shape: Any) -> GostKey:
    curve = _gost_curve(shape["algorithm"])
    octets = asn1.load(core.OctetString, shape["public_key"].native, "key-unreadable").native
    if len(octets) != 2 * curve.size:
        raise SignatureError("key-unreadable")
    x, y = (int.from_bytes(half, "little") for half in (octets[: curve.size], octets[curve.size :]))
    if not curve.holds((x, y)):
        raise SignatureError("key-unreadable")
    return GostKey(curve, (x, y))


def _gost_curve(algorithm: Any) -> Curve:
    parameters = asn1.load(asn1.GostParameters, algorithm["parameters"].dump(), "key-unreadable")
    oid = str(parameters["curve"].dotted)
    if oid not in CURVES:
        raise SignatureError("algorithm-unknown", name=oid)
    return CURVES[oid]


def _gost_algorithm(curve: Curve) -> dict[str, object]:
    parameters = next(oid for oid, known in CURVES.items() if known is curve)
    digest = {name: oid for oid, name in DIGESTS.items()}[CURVE_DIGESTS[curve.name]]
    return {
        "algorithm": parameters.rpartition(".")[0],
        "parameters": asn1.GostParameters({"curve": parameters, "digest": digest}),
    }


def _gost_private(curve: Curve, secret: int) -> PrivateKey:
    if not 0 < secret < curve.q:
        raise SignatureError("key-unreadable")
    public = GostKey(curve, gost.public_point(curve, secret))
    return PrivateKey(Scheme("gost", CURVE_DIGESTS[curve.name]), public, secret=secret)


def _sha_private(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> PrivateKey:
    family: Family = "rsa" if isinstance(key, rsa.RSAPrivateKey) else "ecdsa"
    return PrivateKey(Scheme(family, "sha256"), ShaKey(key.public_key(), family), key=key)
