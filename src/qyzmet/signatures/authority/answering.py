"""OCSP answers and time stamps."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, Literal

from asn1crypto import core, ocsp, tsp, x509

from qyzmet.signatures import asn1
from qyzmet.signatures.algorithms import hashes
from qyzmet.signatures.algorithms.catalogue import digest_oid
from qyzmet.signatures.authority.issuing import signed
from qyzmet.signatures.ber import parts_of, put
from qyzmet.signatures.certificates.certificate import Certificate
from qyzmet.signatures.certificates.roles import TIME_STAMP_POLICIES
from qyzmet.signatures.cms.signing import SigningKey, sign_cms
from qyzmet.signatures.revocation.ocsp import key_octets

_TOKEN = "1.2.840.113549.1.9.16.1.4"  # noqa: S105


def answer_ocsp(
    responder: SigningKey,
    authority: SigningKey,
    certificate: Certificate,
    status: Literal["good", "revoked", "unknown"],
    at: datetime,
    *,
    revoked_at: datetime | None = None,
    until: datetime | None = None,
    nonce: bytes = b"",
) -> bytes:
    """An OCSP response about one certificate, produced at that moment, DER."""
    single: dict[str, Any] = {
        "cert_id": {
            "hash_algorithm": {"algorithm": "sha256"},
            "issuer_name_hash": hashes.digest("sha256", authority.certificate.subject_name),
            "issuer_key_hash": hashes.digest("sha256", key_octets(authority.certificate)),
            "serial_number": certificate.serial,
        },
        "cert_status": _status(status, revoked_at or at),
        "this_update": at,
    }
    if until is not None:
        single["next_update"] = until
    data: dict[str, Any] = {
        "responder_id": ocsp.ResponderId("by_name", x509.Name.load(responder.certificate.subject_name)),
        "produced_at": at,
        "responses": [single],
    }
    if nonce:
        value = core.ParsableOctetString(core.OctetString(nonce).dump())
        data["response_extensions"] = [{"extn_id": "nonce", "critical": False, "extn_value": value}]
    return _response(responder, ocsp.ResponseData(data))


def stamp(
    authority: SigningKey, value: bytes, at: datetime, *, digest: str = "", nonce: int | None = None
) -> bytes:
    """A time-stamp token over these bytes (a signature's value), DER."""
    name = digest or authority.key.scheme.digest
    return _token(authority, digest_oid(name), hashes.digest(name, value), at, nonce)


def stamp_imprint(authority: SigningKey, imprint: bytes, at: datetime, *, digest: str = "sha256") -> bytes:
    """A time-stamp token over what has this digest, DER."""
    return _token(authority, digest_oid(digest), imprint, at, None)


def answer_stamp_request(authority: SigningKey, request: bytes, at: datetime) -> bytes:
    """The response of a time-stamp authority to a request, DER. Raises SignatureError `stamp-unreadable`."""
    asked = asn1.load(tsp.TimeStampReq, request, "stamp-unreadable")
    imprint = asked["message_imprint"]
    oid = str(imprint["hash_algorithm"]["algorithm"].dotted)
    token = _token(authority, oid, imprint["hashed_message"].native, at, asked["nonce"].native)
    granted = tsp.PKIStatusInfo({"status": "granted"}).dump()
    return put(0x30, granted, token)


def _status(status: str, revoked_at: datetime) -> ocsp.CertStatus:
    if status == "revoked":
        info = {"revocation_time": revoked_at, "revocation_reason": "cessation_of_operation"}
        return ocsp.CertStatus("revoked", ocsp.RevokedInfo(info))
    return ocsp.CertStatus(status, core.Null())


def _response(responder: SigningKey, data: ocsp.ResponseData) -> bytes:
    bare = signed(ocsp.BasicOCSPResponse, "tbs_response_data", data, "signature", responder.key)
    # Put in as it is: asn1crypto builds no certificate whose key it does not know.
    basic = put(0x30, *parts_of(bare), put(0xA0, put(0x30, responder.certificate.der)))
    response: bytes = ocsp.OCSPResponse(
        {
            "response_status": "successful",
            "response_bytes": {
                "response_type": "basic_ocsp_response",
                "response": core.ParsableOctetString(basic),
            },
        }
    ).dump()
    return response


def _token(authority: SigningKey, oid: str, digest: bytes, at: datetime, nonce: int | None) -> bytes:
    policies = {name: policy for policy, name in TIME_STAMP_POLICIES.items()}
    scheme = authority.key.scheme
    info: dict[str, Any] = {
        "version": "v1",
        "policy": policies.get(scheme.digest, policies["rsa"]),
        "message_imprint": {"hash_algorithm": {"algorithm": oid}, "hashed_message": digest},
        "serial_number": int.from_bytes(secrets.token_bytes(8), "big"),
        "gen_time": at.replace(microsecond=0),
    }
    if nonce is not None:
        info["nonce"] = nonce
    return sign_cms(tsp.TSTInfo(info).dump(), [authority], at=at, attached=True, content_type=_TOKEN)
