"""The ASN.1 shapes asn1crypto lacks or knows too narrowly: keys and certificates of algorithms it never
met.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from asn1crypto import algos, core, ocsp, x509

from qyzmet.signatures.errors import SignatureError

Shape = TypeVar("Shape", bound=core.Asn1Value)


class GostParameters(core.Sequence):
    """Parameters of a GOST key: the curve, and the digest."""

    _fields = [("curve", core.ObjectIdentifier), ("digest", core.ObjectIdentifier, {"optional": True})]


class PublicKeyInfo(core.Sequence):
    """SubjectPublicKeyInfo of any algorithm."""

    _fields = [("algorithm", algos.AlgorithmIdentifier), ("public_key", core.OctetBitString)]


class PrivateKeyInfo(core.Sequence):
    """PKCS #8 of any algorithm."""

    _fields = [
        ("version", core.Integer),
        ("algorithm", algos.AlgorithmIdentifier),
        ("private_key", core.OctetString),
        ("attributes", core.Any, {"implicit": 0, "optional": True}),
    ]


class TbsCertificate(core.Sequence):
    """The signed part of a certificate, its key of any algorithm."""

    _fields = [
        ("version", x509.Version, {"explicit": 0, "default": "v1"}),
        ("serial_number", core.Integer),
        ("signature", algos.AlgorithmIdentifier),
        ("issuer", x509.Name),
        ("validity", x509.Validity),
        ("subject", x509.Name),
        ("subject_public_key_info", PublicKeyInfo),
        ("issuer_unique_id", core.OctetBitString, {"implicit": 1, "optional": True}),
        ("subject_unique_id", core.OctetBitString, {"implicit": 2, "optional": True}),
        ("extensions", x509.Extensions, {"explicit": 3, "optional": True}),
    ]


class Certificate(core.Sequence):
    """A certificate, its key of any algorithm."""

    _fields = [
        ("tbs_certificate", TbsCertificate),
        ("signature_algorithm", algos.AlgorithmIdentifier),
        ("signature_value", core.OctetBitString),
    ]


class AnySet(core.SetOf):
    """Values of any kind."""

    _child_spec = core.Any


class Attribute(core.Sequence):
    """An attribute of a signer, its values left as they are."""

    _fields = [("type", core.ObjectIdentifier), ("values", AnySet)]


class Attributes(core.SetOf):
    """Attributes of a signer."""

    _child_spec = Attribute


class AnySequence(core.SequenceOf):
    """Elements of any kind."""

    _child_spec = core.Any


class BasicOcspResponse(core.Sequence):
    """An OCSP answer, the certificates in it left as they are."""

    _fields = [
        ("tbs_response_data", ocsp.ResponseData),
        ("signature_algorithm", algos.AlgorithmIdentifier),
        ("signature", core.OctetBitString),
        ("certs", AnySequence, {"explicit": 0, "optional": True}),
    ]


@contextmanager
def refused_as(code: str) -> Iterator[None]:
    """asn1crypto reads late and fails in many ways: all of them are one refusal. Raises SignatureError."""
    try:
        yield
    except SignatureError:
        raise
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as problem:
        raise SignatureError(code) from problem


def load(shape: type[Shape], data: bytes, code: str) -> Shape:
    """The bytes read as that shape, exactly. Raises SignatureError with the given code."""
    with refused_as(code):
        loaded: Shape = shape.load(data, strict=True)
    return loaded
