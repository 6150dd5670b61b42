"""Making a CMS signed message, attached or detached, and adding signers and time stamps to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import core, tsp, x509

from qyzmet.signatures.algorithms import hashes
from qyzmet.signatures.algorithms.catalogue import digest_oid, signature_oid
from qyzmet.signatures.algorithms.keys import PrivateKey
from qyzmet.signatures.ber import parts_of, put
from qyzmet.signatures.certificates.certificate import Certificate
from qyzmet.signatures.cms.reading import (
    CONTENT_TYPE,
    MESSAGE_DIGEST,
    SIGNING_CERTIFICATE_V2,
    SIGNING_TIME,
    TIME_STAMP_TOKEN,
    read_cms,
)

DATA = "1.2.840.113549.1.7.1"
_SIGNED_DATA = "1.2.840.113549.1.7.2"


@dataclass(frozen=True)
class SigningKey:
    """A key with its certificate, and the authorities sent along."""

    key: PrivateKey
    certificate: Certificate
    others: tuple[Certificate, ...] = ()


def sign_cms(
    content: bytes,
    keys: Sequence[SigningKey],
    *,
    at: datetime | None,
    attached: bool = False,
    content_type: str = DATA,
) -> bytes:
    """A message signed by every key over the same content, DER. `at` is the claimed moment, None for no
    claim.
    """
    signers = [
        _signer_info(each, content_type, hashes.digest(each.key.scheme.digest, content), at) for each in keys
    ]
    certificates = [each.der for key in keys for each in (key.certificate, *key.others)]
    digests = [each.key.scheme.digest for each in keys]
    return _message(content_type, content if attached else None, digests, certificates, signers)


def sign_cms_digest(digest: bytes, signing: SigningKey, *, at: datetime | None) -> bytes:
    """A detached message over content of which only the digest is at hand, made by the key's own
    algorithm.
    """
    certificates = [each.der for each in (signing.certificate, *signing.others)]
    names = [signing.key.scheme.digest]
    return _message(DATA, None, names, certificates, [_signer_info(signing, DATA, digest, at)])


def with_time_stamps(data: bytes, tokens: dict[int, bytes]) -> bytes:
    """The message with a time-stamp token beside the signature of each numbered signer."""
    kind, wrapped = parts_of(read_cms(data).der)
    fields = parts_of(parts_of(wrapped)[0])
    infos = parts_of(fields[-1])
    for number, token in tokens.items():
        attribute = _sequence(core.ObjectIdentifier(TIME_STAMP_TOKEN).dump(), _set(token))
        infos[number] = _sequence(*parts_of(infos[number])[:6], put(0xA1, attribute))
    fields[-1] = _set(*infos)
    return _sequence(kind, put(0xA0, _sequence(*fields)))


def _signer_info(key: SigningKey, content_type: str, digest: bytes, at: datetime | None) -> bytes:
    certificate = key.certificate
    attributes = _set(*sorted(_attributes(certificate, content_type, digest, at)))
    name = key.key.scheme.digest
    signature = key.key.sign(hashes.digest(name, attributes))
    parts = [
        core.Integer(1).dump(),
        _sequence(certificate.issuer, core.Integer(certificate.serial).dump()),
        _algorithm(digest_oid(name)),
        b"\xa0" + attributes[1:],
        _algorithm(signature_oid(key.key.scheme)),
        core.OctetString(signature).dump(),
    ]
    return _sequence(*parts)


def _attributes(
    certificate: Certificate, content_type: str, digest: bytes, at: datetime | None
) -> list[bytes]:
    named = {"hash_algorithm": {"algorithm": "sha256"}, "cert_hash": hashes.digest("sha256", certificate.der)}
    values: dict[str, Any] = {
        CONTENT_TYPE: core.ObjectIdentifier(content_type),
        MESSAGE_DIGEST: core.OctetString(digest),
        SIGNING_CERTIFICATE_V2: tsp.SigningCertificateV2({"certs": [named]}),
    }
    if at is not None:
        values[SIGNING_TIME] = x509.Time({"utc_time": core.UTCTime(at.replace(microsecond=0))})
    return [_sequence(core.ObjectIdentifier(oid).dump(), _set(value.dump())) for oid, value in values.items()]


def _message(
    content_type: str,
    content: bytes | None,
    digests: list[str],
    certificates: list[bytes],
    signers: list[bytes],
) -> bytes:
    inner = [core.ObjectIdentifier(content_type).dump()]
    if content is not None:
        inner.append(put(0xA0, core.OctetString(content).dump()))
    signed = _sequence(
        core.Integer(1 if content_type == DATA else 3).dump(),
        _set(*sorted(_algorithm(digest_oid(name)) for name in dict.fromkeys(digests))),
        _sequence(*inner),
        put(0xA0, *sorted(dict.fromkeys(certificates))),
        _set(*signers),
    )
    return _sequence(core.ObjectIdentifier(_SIGNED_DATA).dump(), put(0xA0, signed))


def _algorithm(oid: str) -> bytes:
    return _sequence(core.ObjectIdentifier(oid).dump(), core.Null().dump())


def _sequence(*parts: bytes) -> bytes:
    return put(0x30, *parts)


def _set(*parts: bytes) -> bytes:
    return put(0x31, *parts)
