"""OCSP (RFC 6960): the question about a certificate, and judging a signed answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from asn1crypto import core, ocsp

from qyzmet.signatures import asn1
from qyzmet.signatures.algorithms import hashes
from qyzmet.signatures.algorithms.catalogue import DIGESTS
from qyzmet.signatures.certificates.certificate import Certificate, read_certificate, signed_by
from qyzmet.signatures.certificates.roles import OCSP_SIGNING
from qyzmet.signatures.revocation.answer import Answer, revoked_or_later

# How long an answer without a next one counts as fresh.
FRESH = timedelta(minutes=5)
# SHA-1 only names a certificate here, nothing rests on it.
_NAMING = {**DIGESTS, "1.3.14.3.2.26": "sha1"}


def build_request(certificate: Certificate, issuer: Certificate, nonce: bytes = b"") -> bytes:
    """The question about one certificate, DER, naming it by SHA-256."""
    request: dict[str, Any] = {
        "request_list": [
            {
                "req_cert": {
                    "hash_algorithm": {"algorithm": "sha256"},
                    "issuer_name_hash": hashes.digest("sha256", issuer.subject_name),
                    "issuer_key_hash": hashes.digest("sha256", key_octets(issuer)),
                    "serial_number": certificate.serial,
                }
            }
        ]
    }
    if nonce:
        value = core.ParsableOctetString(core.OctetString(nonce).dump())
        request["request_extensions"] = [{"extn_id": "nonce", "extn_value": value}]
    built: bytes = ocsp.OCSPRequest({"tbs_request": request}).dump()
    return built


def key_octets(certificate: Certificate) -> bytes:
    """The key as a CertID and a responder's name hash it: the bit string without its head."""
    octets: bytes = asn1.PublicKeyInfo.load(certificate.key_info)["public_key"].native
    return octets


def judge_by_ocsp(
    certificate: Certificate, issuer: Certificate, answers: Iterable[bytes], moment: datetime
) -> Answer:
    """What the newest properly signed answer about the certificate says at the moment."""
    found: list[tuple[datetime, Any, bytes]] = []
    forged = False
    for der in answers:
        basic = _basic(der)
        single = basic and _about(basic, certificate, issuer)
        if not single:
            continue
        if _responder(basic, issuer) is None:
            forged = True
            continue
        found.append((single["this_update"].native, single, der))
    if not found:
        return Answer("pending", "ocsp-forged" if forged else "revocation-silent")
    _, single, der = max(found, key=lambda each: each[0])
    return _judged(single, der, moment)


def nonce_of(der: bytes) -> bytes:
    """The nonce an answer repeats, empty when it carries none. Raises SignatureError `ocsp-unreadable`."""
    basic = _basic(der)
    found = basic["tbs_response_data"]["response_extensions"] if basic else core.Void()
    if isinstance(found, core.Void):
        return b""
    for each in found:
        if each["extn_id"].native == "nonce":
            return bytes(each["extn_value"].parsed.native)
    return b""


@lru_cache(maxsize=512)
def _basic(der: bytes) -> Any | None:
    """The answer inside a response, or None when the responder says it cannot answer."""
    shape = asn1.load(ocsp.OCSPResponse, der, "ocsp-unreadable")
    with asn1.refused_as("ocsp-unreadable"):
        if shape["response_status"].native != "successful":
            return None
        answer = bytes(shape["response_bytes"]["response"])
        basic = asn1.load(asn1.BasicOcspResponse, answer, "ocsp-unreadable")
        # Read now: answers are shared by threads.
        _ = basic["tbs_response_data"].native, basic["signature_algorithm"].native, basic["signature"].native
    return basic


def _about(basic: Any, certificate: Certificate, issuer: Certificate) -> Any | None:
    for single in basic["tbs_response_data"]["responses"]:
        named = single["cert_id"]
        name = _NAMING.get(str(named["hash_algorithm"]["algorithm"].dotted))
        if name is None or named["serial_number"].native != certificate.serial:
            continue
        names = hashes.digest(name, issuer.subject_name), hashes.digest(name, key_octets(issuer))
        if (named["issuer_name_hash"].native, named["issuer_key_hash"].native) == names:
            return single
    return None


def _responder(basic: Any, issuer: Certificate) -> Certificate | None:
    """Who signed the answer: the authority itself, or one it appointed for this; None for anybody else."""
    candidates = [issuer]
    if not isinstance(basic["certs"], core.Void):
        given = [read_certificate(each.dump()) for each in basic["certs"]]
        candidates += [each for each in given if _appointed(each, issuer, basic)]
    for each in candidates:
        if signed_by(
            each, basic["signature_algorithm"], basic["tbs_response_data"].dump(), basic["signature"].native
        ):
            return each
    return None


def _appointed(certificate: Certificate, issuer: Certificate, basic: Any) -> bool:
    if certificate.issuer != issuer.subject_name or OCSP_SIGNING not in certificate.purposes:
        return False
    produced: datetime = basic["tbs_response_data"]["produced_at"].native
    return certificate.holds(produced) and not certificate.strange and issuer.issued(certificate)


def _judged(single: Any, der: bytes, moment: datetime) -> Answer:
    status = single["cert_status"]
    this_update: datetime = single["this_update"].native
    if status.name == "revoked":
        info = status.chosen
        reason = info["revocation_reason"].native or "unspecified"
        return revoked_or_later(info["revocation_time"].native, str(reason), None, moment, der)
    if status.name != "good":
        return Answer("pending", "ocsp-unknown", {}, der)
    until: datetime = single["next_update"].native or this_update + FRESH
    if until < moment:
        return Answer("pending", "ocsp-stale", {"when": until.isoformat()}, der)
    return Answer("good", "ocsp-good", {"when": this_update.isoformat()}, der)
