"""Public keys: read from SubjectPublicKeyInfo, verifying a digest."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from asn1crypto import core, keys

from qyzmet.signatures import asn1
from qyzmet.signatures.algorithms import ecdsa, gost, libcrypto, libgcrypt, native, rsa
from qyzmet.signatures.algorithms.catalogue import CURVE_DIGESTS, CURVES, DIGESTS, KEYS, Family, Scheme
from qyzmet.signatures.algorithms.curves import Curve, Point
from qyzmet.signatures.algorithms.nist import NIST
from qyzmet.signatures.errors import SignatureError

_SIZES = {"sha256": 32, "sha384": 48, "sha512": 64}
_RSA_LEAST, _RSA_MOST = 2048, 8192
# A larger public exponent only makes checking slow.
_EXPONENT_BITS = 64


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
        if fast := libcrypto.load():
            return gost.verify(self.curve, self.point, digest, r, s, fast.combine)
        library = libgcrypt.load()
        check = library.verify if library else gost.verify
        return check(self.curve, self.point, digest, r, s)

    def info(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""
        octets = b"".join(number.to_bytes(self.curve.size, "little") for number in self.point)
        algorithm = gost_algorithm(self.curve)
        info: bytes = asn1.PublicKeyInfo(
            {"algorithm": algorithm, "public_key": core.OctetString(octets).dump()}
        ).dump()
        return info


@dataclass(frozen=True, slots=True)
class RsaKey:
    """A modulus and an exponent; `der` is the SubjectPublicKeyInfo they were read from."""

    n: int
    e: int
    der: bytes = field(repr=False, compare=False)

    family: Family = "rsa"

    def verifies(self, scheme: Scheme, digest: bytes, signature: bytes) -> bool:
        """Whether the signature fits this digest; never raises on bad bytes."""
        if scheme.family not in {"rsa", "rsa-pss"} or len(digest) != _SIZES.get(scheme.digest):
            return False
        if len(signature) != (self.n.bit_length() + 7) // 8:
            return False
        library = native.load()
        if library:
            return library.verify(self.der, scheme, digest, signature)
        if scheme.family == "rsa-pss":
            return rsa.verify_pss(self.n, self.e, scheme.digest, digest, signature, salt=scheme.salt)
        return rsa.verify_pkcs1(self.n, self.e, scheme.digest, digest, signature)

    def info(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""
        return self.der


@dataclass(frozen=True, slots=True)
class EcKey:
    """A point of a NIST curve; `der` is the SubjectPublicKeyInfo it was read from."""

    curve: Curve
    point: Point
    der: bytes = field(repr=False, compare=False)

    family: Family = "ecdsa"

    def verifies(self, scheme: Scheme, digest: bytes, signature: bytes) -> bool:
        """Whether the signature fits this digest; never raises on bad bytes."""
        if scheme.family != "ecdsa" or len(digest) != _SIZES.get(scheme.digest):
            return False
        library = native.load()
        if library:
            return library.verify(self.der, scheme, digest, signature)
        return ecdsa.verify(self.curve, self.point, digest, signature)

    def info(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""
        return self.der


PublicKey = GostKey | RsaKey | EcKey


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
        return rsa_public(shape, info) if KEYS[oid] == "rsa" else ec_public(shape, info)


def rsa_public(shape: Any, info: bytes) -> RsaKey:
    """An RSA key from its parsed SubjectPublicKeyInfo. Raises as `read_public_key`."""
    numbers = asn1.load(keys.RSAPublicKey, bytes(shape["public_key"].native), "key-unreadable")
    n, e = int(numbers["modulus"].native), int(numbers["public_exponent"].native)
    if n.bit_length() < _RSA_LEAST:
        raise SignatureError("algorithm-weak", name=f"RSA {n.bit_length()}")
    if n.bit_length() > _RSA_MOST or e.bit_length() > _EXPONENT_BITS:
        raise SignatureError("algorithm-unknown", name=f"RSA {n.bit_length()}")
    if e < 3 or not (e & n & 1):
        raise SignatureError("key-unreadable")
    return RsaKey(n, e, info)


def ec_public(shape: Any, info: bytes) -> EcKey:
    """An ECDSA key from its parsed SubjectPublicKeyInfo. Raises as `read_public_key`."""
    named = asn1.load(core.ObjectIdentifier, shape["algorithm"]["parameters"].dump(), "key-unreadable")
    oid = str(named.dotted)
    if oid not in NIST:
        raise SignatureError("algorithm-unknown", name=oid)
    point = ecdsa.read_point(NIST[oid], bytes(shape["public_key"].native))
    if point is None:
        raise SignatureError("key-unreadable")
    return EcKey(NIST[oid], point, info)


@lru_cache(maxsize=8192)
def remembered_verifies(info: bytes, scheme: Scheme, digest: bytes, signature: bytes) -> bool:
    """As `verifies`, for what is met again and again: links of chains, revocation lists. A pure function,
    kept.
    """
    return read_public_key(info).verifies(scheme, digest, signature)


def _gost_public(shape: Any) -> GostKey:
    curve = gost_curve(shape["algorithm"])
    octets = asn1.load(core.OctetString, shape["public_key"].native, "key-unreadable").native
    if len(octets) != 2 * curve.size:
        raise SignatureError("key-unreadable")
    x, y = (int.from_bytes(half, "little") for half in (octets[: curve.size], octets[curve.size :]))
    if not curve.holds((x, y)):
        raise SignatureError("key-unreadable")
    return GostKey(curve, (x, y))


def gost_curve(algorithm: Any) -> Curve:
    """The curve an AlgorithmIdentifier names. Raises SignatureError `key-unreadable`, `algorithm-unknown`."""
    parameters = asn1.load(asn1.GostParameters, algorithm["parameters"].dump(), "key-unreadable")
    oid = str(parameters["curve"].dotted)
    if oid not in CURVES:
        raise SignatureError("algorithm-unknown", name=oid)
    return CURVES[oid]


def gost_algorithm(curve: Curve) -> dict[str, object]:
    """The AlgorithmIdentifier of a key on this curve, for asn1crypto to build."""
    parameters = next(oid for oid, known in CURVES.items() if known is curve)
    digest = {name: oid for oid, name in DIGESTS.items()}[CURVE_DIGESTS[curve.name]]
    return {
        "algorithm": parameters.rpartition(".")[0],
        "parameters": asn1.GostParameters({"curve": parameters, "digest": digest}),
    }
