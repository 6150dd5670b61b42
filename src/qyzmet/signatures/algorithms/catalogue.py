"""Algorithms by their object identifier, and which of them count as too weak.

Sources: certificates of the national authority (GOST), RFC 8017 (RSA), RFC 5758 (ECDSA), NIST (SHA-2), RFC
6931 and the national profile of XML signatures (URIs).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from qyzmet.signatures.algorithms.curves import CRYPTOPRO_A, TC26_256, TC26_512, Curve
from qyzmet.signatures.errors import SignatureError

Family = Literal["gost", "rsa", "rsa-pss", "ecdsa"]
T = TypeVar("T")

_KZ = "1.2.398.3.10.1."
_RSA = "1.2.840.113549.1.1."
_ECDSA = "1.2.840.10045.4."
_NIST = "2.16.840.1.101.3.4.2."


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a signature is made: the family, the digest it signs, and the salt of RSA-PSS in bytes."""

    family: Family
    digest: str
    salt: int = 0


DIGESTS: Mapping[str, str] = {
    f"{_KZ}3.1": "gost94",
    f"{_KZ}3.1.1.0": "gost94",
    f"{_KZ}3.2": "streebog256",
    f"{_KZ}3.3": "streebog512",
    f"{_NIST}1": "sha256",
    f"{_NIST}2": "sha384",
    f"{_NIST}3": "sha512",
}
SIGNATURES: Mapping[str, Scheme] = {
    f"{_KZ}1.1.2": Scheme("gost", "gost94"),
    f"{_KZ}1.2.3.1": Scheme("gost", "streebog256"),
    f"{_KZ}1.2.3.2": Scheme("gost", "streebog512"),
    f"{_RSA}11": Scheme("rsa", "sha256"),
    f"{_RSA}12": Scheme("rsa", "sha384"),
    f"{_RSA}13": Scheme("rsa", "sha512"),
    f"{_ECDSA}3.2": Scheme("ecdsa", "sha256"),
    f"{_ECDSA}3.3": Scheme("ecdsa", "sha384"),
    f"{_ECDSA}3.4": Scheme("ecdsa", "sha512"),
}
RSA_PSS = f"{_RSA}10"
# A signer may name only the key's algorithm; the digest then stands beside it.
KEYS: Mapping[str, Family] = {
    f"{_KZ}1.1.1": "gost",
    f"{_KZ}1.2.1": "gost",
    f"{_KZ}1.2.2": "gost",
    f"{_RSA}1": "rsa",
    "1.2.840.10045.2.1": "ecdsa",
}
CURVES: Mapping[str, Curve] = {
    f"{_KZ}1.1.1.1": CRYPTOPRO_A,
    f"{_KZ}1.2.1.1": TC26_256,
    f"{_KZ}1.2.2.1": TC26_512,
}
# A curve signs the digest of its own standard, no other.
CURVE_DIGESTS: Mapping[str, str] = {
    TC26_512.name: "streebog512",
    TC26_256.name: "streebog256",
    CRYPTOPRO_A.name: "gost94",
}
_WEAK: Mapping[str, str] = {
    "1.2.840.113549.2.5": "MD5",
    "1.3.14.3.2.26": "SHA-1",
    f"{_RSA}4": "RSA with MD5",
    f"{_RSA}5": "RSA with SHA-1",
    f"{_ECDSA}1": "ECDSA with SHA-1",
    "1.2.840.10040.4.3": "DSA with SHA-1",
}

_PKIGOVKZ = "urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:"
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_XMLENC = "http://www.w3.org/2001/04/xmlenc#"
XML_DIGESTS: Mapping[str, str] = {
    f"{_PKIGOVKZ}gostr34112015-512": "streebog512",
    f"{_PKIGOVKZ}gostr34112015-256": "streebog256",
    f"{_MORE}gost34311": "gost94",
    f"{_XMLENC}sha256": "sha256",
    f"{_MORE}sha384": "sha384",
    f"{_XMLENC}sha512": "sha512",
}
XML_SIGNATURES: Mapping[str, Scheme] = {
    f"{_PKIGOVKZ}gostr34102015-gostr34112015-512": Scheme("gost", "streebog512"),
    f"{_PKIGOVKZ}gostr34102015-gostr34112015-256": Scheme("gost", "streebog256"),
    f"{_MORE}gost34310-gost34311": Scheme("gost", "gost94"),
    f"{_MORE}rsa-sha256": Scheme("rsa", "sha256"),
    f"{_MORE}rsa-sha384": Scheme("rsa", "sha384"),
    f"{_MORE}rsa-sha512": Scheme("rsa", "sha512"),
    f"{_MORE}ecdsa-sha256": Scheme("ecdsa", "sha256"),
    f"{_MORE}ecdsa-sha384": Scheme("ecdsa", "sha384"),
    f"{_MORE}ecdsa-sha512": Scheme("ecdsa", "sha512"),
}
_XML_WEAK: Mapping[str, str] = {
    "http://www.w3.org/2000/09/xmldsig#sha1": "SHA-1",
    "http://www.w3.org/2000/09/xmldsig#rsa-sha1": "RSA with SHA-1",
    "http://www.w3.org/2000/09/xmldsig#dsa-sha1": "DSA with SHA-1",
    "http://www.w3.org/2000/09/xmldsig#hmac-sha1": "HMAC with SHA-1",
    f"{_MORE}ecdsa-sha1": "ECDSA with SHA-1",
    f"{_MORE}md5": "MD5",
    f"{_MORE}rsa-md5": "RSA with MD5",
}


def digest_named(oid: str) -> str:
    """The digest's name. Raises SignatureError `algorithm-weak` or `algorithm-unknown`."""
    return _known(oid, DIGESTS, _WEAK)


def scheme_named(oid: str, digest: str | None = None) -> Scheme:
    """The signature scheme of an identifier; a bare key algorithm takes the digest beside it.

    Raises SignatureError as `digest_named`. RSA-PSS is read by `keys`, it needs its parameters.
    """
    if digest and oid in KEYS:
        return Scheme(KEYS[oid], digest)
    return _known(oid, SIGNATURES, _WEAK)


def digest_oid(name: str) -> str:
    """The identifier a digest is written under."""
    return next(oid for oid, known in DIGESTS.items() if known == name)


def signature_oid(scheme: Scheme) -> str:
    """The identifier a signature of this scheme is written under."""
    return next(oid for oid, known in SIGNATURES.items() if known == scheme)


def xml_digest_named(uri: str) -> str:
    """The digest of a DigestMethod. Raises as `digest_named`."""
    return _known(uri, XML_DIGESTS, _XML_WEAK)


def xml_scheme_named(uri: str) -> Scheme:
    """The scheme of a SignatureMethod. Raises as `digest_named`."""
    return _known(uri, XML_SIGNATURES, _XML_WEAK)


def _known(name: str, known: Mapping[str, T], weak: Mapping[str, str]) -> T:
    if name in weak:
        raise SignatureError("algorithm-weak", name=weak[name])
    if name not in known:
        raise SignatureError("algorithm-unknown", name=name)
    return known[name]
