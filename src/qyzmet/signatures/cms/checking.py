"""Checking what one signer of a message signed: attributes, content and the arithmetic of the signature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from asn1crypto import algos, cms, core, tsp

from qyzmet.signatures import asn1
from qyzmet.signatures.algorithms import hashes
from qyzmet.signatures.algorithms.catalogue import digest_named
from qyzmet.signatures.algorithms.public_keys import remembered_verifies
from qyzmet.signatures.certificates.certificate import Certificate
from qyzmet.signatures.checks import Check, outcome, refusal
from qyzmet.signatures.cms.reading import (
    CONTENT_TYPE,
    MESSAGE_DIGEST,
    SIGNING_CERTIFICATE_V2,
    SIGNING_TIME,
    SignedMessage,
    SignerInfo,
)
from qyzmet.signatures.errors import SignatureError


def certificate_of(signer: SignerInfo, known: Iterable[Certificate]) -> Certificate | None:
    """The certificate the signer names, or None."""
    return next((each for each in known if signer.is_by(each)), None)


def check_signer(
    message: SignedMessage,
    signer: SignerInfo,
    certificate: Certificate,
    digests: Mapping[str, bytes],
    number: int | None = None,
) -> list[Check]:
    """The checks `algorithm`, `signed-attributes`, `content`, `signature` and `signing-certificate`, in
    this order.

    `digests` are those of the content by name.
    """
    with asn1.refused_as("asn1"):
        return _checks(message, signer, certificate, digests, number)


def claimed_at(signer: SignerInfo) -> datetime | None:
    """The moment the signer claims to have signed; a claim, nothing rests on it."""
    values = (signer.attributes or {}).get(SIGNING_TIME, [])
    if len(values) != 1:
        return None
    with asn1.refused_as("asn1"):
        time = asn1.load(cms.Time, values[0], "asn1").native
    return time if isinstance(time, datetime) else None


def _checks(
    message: SignedMessage,
    signer: SignerInfo,
    certificate: Certificate,
    digests: Mapping[str, bytes],
    number: int | None,
) -> list[Check]:
    if signer.algorithm is not None:
        return [refusal(signer.algorithm, number)]
    if signer.digest is None or signer.scheme is None or signer.digest != signer.scheme.digest:
        return [outcome("algorithm-mixed", False, number)]
    found = [outcome("algorithm-known", True, number, name=f"{signer.scheme.family} {signer.digest}")]
    if (broken := attributes_broken(message, signer)) is not None:
        return [*found, outcome(broken, False, number)]
    found.append(outcome("attributes-whole", True, number))
    found.append(content_check(signer, digests, number))
    found.append(_arithmetic(signer, certificate, number))
    found += _named_certificate(signer, certificate, number)
    return found


def attributes_broken(message: SignedMessage, signer: SignerInfo) -> str | None:
    """The code of what is wrong with the signed attributes, None where they are whole."""
    if signer.attributes is None:
        return "attributes-missing"
    if any(len(signer.attributes.get(each, [])) != 1 for each in (CONTENT_TYPE, MESSAGE_DIGEST)):
        return "attributes-incomplete"
    named = asn1.load(core.ObjectIdentifier, signer.attributes[CONTENT_TYPE][0], "asn1")
    return None if str(named.dotted) == message.content_type else "attributes-type"


def content_check(signer: SignerInfo, digests: Mapping[str, bytes], number: int | None) -> Check:
    """The check `content`: whether the signer's attribute promises this digest of the content."""
    attributes = signer.attributes or {}
    promised = asn1.load(core.OctetString, attributes[MESSAGE_DIGEST][0], "asn1").native
    given = digests.get(signer.digest or "")
    if given is None:
        return outcome("content-missing", False, number)
    same = given == promised
    return outcome("content-same" if same else "content-other", same, number)


def _arithmetic(signer: SignerInfo, certificate: Certificate, number: int | None) -> Check:
    scheme = signer.scheme
    if scheme is None:
        return outcome("algorithm-mixed", False, number)
    try:
        # Judged again as soon as a source of revocation has answered: the arithmetic is done once.
        fits = any(
            remembered_verifies(
                certificate.key_info, scheme, hashes.digest(scheme.digest, form), signer.signature
            )
            for form in signer.signed
        )
    except SignatureError as problem:
        return refusal(problem, number)
    return outcome("signature-fits" if fits else "signature-broken", fits, number)


def _named_certificate(signer: SignerInfo, certificate: Certificate, number: int | None) -> list[Check]:
    """An attribute that names the certificate by its digest must mean this one; SHA-1 is not looked at."""
    attributes = signer.attributes or {}
    if SIGNING_CERTIFICATE_V2 not in attributes:
        return []
    named = asn1.load(tsp.SigningCertificateV2, attributes[SIGNING_CERTIFICATE_V2][0], "asn1")
    first = named["certs"][0]
    try:
        name = digest_named(_dotted(first["hash_algorithm"]))
    except SignatureError as problem:
        return [refusal(problem, number)]
    same = first["cert_hash"].native == hashes.digest(name, certificate.der)
    return [outcome("named-same" if same else "named-other", same, number)]


def _dotted(algorithm: algos.DigestAlgorithm) -> str:
    return str(algorithm["algorithm"].dotted)
