"""Reading a CMS signed message (RFC 5652 §5): attached or detached, any number of signers."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from asn1crypto import cms, core, pem

from qyzmet.signatures import asn1
from qyzmet.signatures.algorithms.catalogue import Scheme, digest_named
from qyzmet.signatures.algorithms.identified import scheme_of
from qyzmet.signatures.ber import content_at, parts_of, put, to_der
from qyzmet.signatures.certificates.certificate import Certificate, read_certificate
from qyzmet.signatures.errors import SignatureError

# A larger file belongs beside its signature, not inside it.
LARGEST = 50 * 1024 * 1024
_MOST_CERTIFICATES = 200
_SMALL = 64 * 1024
_BASE64 = re.compile(rb"\s*[A-Za-z0-9+/=\s]+\Z")

CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"
SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
TIME_STAMP_TOKEN = "1.2.840.113549.1.9.16.2.14"  # noqa: S105


@dataclass(frozen=True, eq=False)
class SignerInfo:
    """One signer. `attributes` maps identifiers to the DER of every value given under them.

    `algorithm` is the refusal where digest or scheme is weak or unknown; then `digest` and `scheme` are None.
    """

    issuer: bytes | None
    serial: int | None
    key_id: bytes | None
    digest: str | None
    scheme: Scheme | None
    algorithm: SignatureError | None
    attributes: dict[str, list[bytes]] | None = field(repr=False)
    signed: tuple[bytes, ...] = field(repr=False)
    signature: bytes = field(repr=False)
    time_stamp: bytes | None = field(repr=False)

    def is_by(self, certificate: Certificate) -> bool:
        """Whether the signer names this certificate."""
        if self.key_id is not None:
            return certificate.key_id == self.key_id
        return (certificate.issuer, certificate.serial) == (self.issuer, self.serial)


@dataclass(frozen=True, eq=False)
class SignedMessage:
    """A signed message. `content` is None when it is detached."""

    der: bytes = field(repr=False)
    content_type: str
    content: bytes | None = field(repr=False)
    signers: tuple[SignerInfo, ...]
    certificates: tuple[Certificate, ...]
    crls: tuple[bytes, ...] = field(repr=False)
    ocsps: tuple[bytes, ...] = field(repr=False)

    @property
    def digest_names(self) -> frozenset[str]:
        """The digests of the content its signers need."""
        return frozenset(signer.digest for signer in self.signers if signer.digest)


def unwrap(data: bytes) -> bytes:
    """DER or BER from a file that may be PEM or bare base64, as NCALayer hands signatures out.

    Raises SignatureError `too-large`, `empty` or `asn1`.
    """
    if len(data) > LARGEST:
        raise SignatureError("too-large", limit=LARGEST // 1024 // 1024)
    if not data.strip():
        raise SignatureError("empty")
    if data[:1] == b"\x30" and not _BASE64.match(data[:200]):
        return data
    try:
        if pem.detect(data):
            return bytes(pem.unarmor(data)[2])
        if _BASE64.match(data):
            return base64.b64decode(b"".join(data.split()), validate=True)
    except (ValueError, binascii.Error) as problem:
        raise SignatureError("asn1") from problem
    return data


def read_cms(data: bytes) -> SignedMessage:
    """A signed message from its bytes.

    Raises SignatureError of the check `format`: `empty`, `too-large`, `truncated`, `trailing`, `asn1`,
    `not-signed`.
    """
    return _remembered(data) if len(data) <= _SMALL else _read(data)


@lru_cache(maxsize=256)
def _remembered(data: bytes) -> SignedMessage:
    """One signature is read by several hands in a row: which digests it needs, who signed, does it hold."""
    return _read(data)


def _read(data: bytes) -> SignedMessage:
    der = to_der(unwrap(data))
    info = asn1.load(cms.ContentInfo, der, "asn1")
    with asn1.refused_as("asn1"):
        if info["content_type"].native != "signed_data":
            raise SignatureError("not-signed")
        return _message(der, info["content"])


def _message(der: bytes, signed: Any) -> SignedMessage:
    inner = signed["encap_content_info"]
    content = inner["content"]
    certificates = _certificates(signed["certificates"])
    crls, ocsps = _revocation(signed["crls"])
    signers = tuple(_signer(each) for each in signed["signer_infos"])
    if not signers:
        raise SignatureError("not-signed")
    return SignedMessage(
        der=der,
        content_type=str(inner["content_type"].dotted),
        content=None if isinstance(content, core.Void) else _octets(content),
        signers=signers,
        certificates=certificates,
        crls=crls,
        ocsps=ocsps,
    )


def _octets(content: Any) -> bytes:
    """The content inside its explicit tag, whatever type it claims to hold."""
    whole = content.dump()
    start, end = content_at(whole, 0)
    if whole[0] == 0xA0:
        whole = whole[start:end]
        start, end = content_at(whole, 0)
    return bytes(whole[start:end])


def _certificates(found: Any) -> tuple[Certificate, ...]:
    if isinstance(found, core.Void):
        return ()
    if len(found) > _MOST_CERTIFICATES:
        raise SignatureError("asn1")
    return tuple(read_certificate(_whole(each.chosen)) for each in found if each.name == "certificate")


def _whole(sequence: Any) -> bytes:
    """A sequence as it stands: asn1crypto builds anew what has a length of ...80, and knows no GOST."""
    return put(0x30, bytes(sequence.contents))


def _revocation(found: Any) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    crls: list[bytes] = []
    ocsps: list[bytes] = []
    for each in () if isinstance(found, core.Void) else found:
        if each.name == "certificate_list":
            crls.append(_whole(each.chosen))
        elif each.chosen["other_rev_info_format"].native == "ocsp_response":
            ocsps.append(each.chosen["other_rev_info"].dump())
    return tuple(crls), tuple(ocsps)


def _signer(info: Any) -> SignerInfo:
    sid = info["sid"]
    by_key = sid.name == "subject_key_identifier"
    digest, scheme, problem = _algorithms(info)
    attributes, signed = _attributes(info["signed_attrs"])
    return SignerInfo(
        issuer=None if by_key else sid.chosen["issuer"].dump(),
        serial=None if by_key else int(sid.chosen["serial_number"].native),
        key_id=bytes(sid.chosen.native) if by_key else None,
        digest=digest,
        scheme=scheme,
        algorithm=problem,
        attributes=attributes,
        signed=signed,
        signature=bytes(info["signature"].native),
        time_stamp=_time_stamp(info["unsigned_attrs"]),
    )


def _algorithms(info: Any) -> tuple[str | None, Scheme | None, SignatureError | None]:
    try:
        digest = digest_named(str(info["digest_algorithm"]["algorithm"].dotted))
        return digest, scheme_of(info["signature_algorithm"], digest), None
    except SignatureError as problem:
        return None, None, problem


def _attributes(found: Any) -> tuple[dict[str, list[bytes]] | None, tuple[bytes, ...]]:
    """The attributes, and the bytes their signature may be over: as written, and in DER's order."""
    if isinstance(found, core.Void):
        return None, ()
    written = put(0x31, bytes(found.contents))
    ordered = put(0x31, *sorted(parts_of(written)))
    return _by_type(written), tuple(dict.fromkeys((written, ordered)))


def _by_type(der: bytes) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for each in asn1.load(asn1.Attributes, der, "asn1"):
        values = [bytes(value.dump()) for value in each["values"]]
        found.setdefault(str(each["type"].dotted), []).extend(values)
    return found


def _time_stamp(found: Any) -> bytes | None:
    if isinstance(found, core.Void):
        return None
    tokens = _by_type(put(0x31, bytes(found.contents))).get(TIME_STAMP_TOKEN, [])
    return tokens[0] if tokens else None
