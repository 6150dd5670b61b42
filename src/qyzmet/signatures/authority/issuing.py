"""Certificates in the national profile: roots, authorities, people and organisations, responders."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import core, x509

from qyzmet.signatures import asn1
from qyzmet.signatures.algorithms import hashes
from qyzmet.signatures.algorithms.catalogue import Scheme, signature_oid
from qyzmet.signatures.algorithms.keys import PrivateKey
from qyzmet.signatures.certificates.certificate import Certificate, read_certificate
from qyzmet.signatures.certificates.roles import (
    EMAIL_PROTECTION,
    NATIONAL_POLICY,
    OCSP_SIGNING,
    ROLES,
    TIME_STAMPING,
)
from qyzmet.signatures.cms.signing import SigningKey

SIGNING_USAGES = ("digital_signature", "non_repudiation", "key_agreement")
AUTHORITY_USAGES = ("key_cert_sign", "crl_sign")


@dataclass(frozen=True, slots=True)
class Validity:
    """From when to when, both included, aware."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a certificate is issued to. Names in capitals, as the national authority writes them."""

    iin: str = ""
    surname: str = ""
    first_name: str = ""
    patronymic: str = ""
    bin: str = ""
    organisation: str = ""
    system: str = ""
    roles: tuple[str, ...] = ("individual",)

    def name(self) -> list[tuple[str, str]]:
        """The parts of the subject, in the order of the national profile."""
        parts = [
            ("common_name", self.system or f"{self.surname} {self.first_name}"),
            ("surname", self.surname),
            ("serial_number", self.iin and f"IIN{self.iin}"),
            ("country_name", "KZ"),
            ("organization_name", self.organisation),
            ("organizational_unit_name", self.bin and f"BIN{self.bin}"),
            ("given_name", self.patronymic),
        ]
        return [(name, value) for name, value in parts if value]

    def purposes(self) -> list[str]:
        """Extended key usages: an organisation's roles stand under the organisation's own."""
        oids = {role: oid for oid, role in ROLES.items()}
        roles = ["organisation", *self.roles] if self.bin and "organisation" not in self.roles else self.roles
        mail = [] if self.system else [EMAIL_PROTECTION]
        return [*mail, *(oids[role] for role in roles)]


def make_root(name: str, key: PrivateKey, validity: Validity) -> SigningKey:
    """A self-signed root."""
    certificate = _issue(
        None, key, [("common_name", name), ("country_name", "KZ")], validity, _authority(None)
    )
    return SigningKey(key, certificate)


def make_authority(root: SigningKey, name: str, key: PrivateKey, validity: Validity) -> SigningKey:
    """An authority under a root, which issues to people but to no further authority."""
    parts = [("common_name", name), ("country_name", "KZ")]
    return SigningKey(key, _issue(root, key, parts, validity, _authority(0)))


def issue_to(
    authority: SigningKey,
    holder: Holder,
    key: PrivateKey,
    validity: Validity,
    *,
    usages: Sequence[str] = SIGNING_USAGES,
    purposes: Sequence[str] | None = None,
    policy: str = NATIONAL_POLICY,
) -> SigningKey:
    """A key of a person, an official or an information system, its authority's certificate sent along."""
    extensions = [
        *_usage(usages),
        _extension("extended_key_usage", list(holder.purposes() if purposes is None else purposes)),
        _extension("certificate_policies", [{"policy_identifier": policy}]),
    ]
    certificate = _issue(authority, key, holder.name(), validity, extensions)
    return SigningKey(key, certificate, (authority.certificate,))


def make_ocsp_responder(authority: SigningKey, key: PrivateKey, validity: Validity) -> SigningKey:
    """A responder appointed by the authority; nobody needs to ask about itself."""
    extensions = [
        *_usage(("digital_signature",)),
        _extension("extended_key_usage", [OCSP_SIGNING]),
        _extension("ocsp_no_check", core.Null()),
    ]
    name = [("common_name", "OCSP RESPONDER"), ("country_name", "KZ")]
    return SigningKey(key, _issue(authority, key, name, validity, extensions), (authority.certificate,))


def make_time_stamper(authority: SigningKey, key: PrivateKey, validity: Validity) -> SigningKey:
    """A time-stamp authority."""
    extensions = [
        *_usage(("digital_signature", "non_repudiation")),
        _extension("extended_key_usage", [TIME_STAMPING], critical=True),
    ]
    name = [("common_name", "TIME-STAMPING AUTHORITY"), ("country_name", "KZ")]
    return SigningKey(key, _issue(authority, key, name, validity, extensions), (authority.certificate,))


def signed_algorithm(scheme: Scheme) -> dict[str, object]:
    """The AlgorithmIdentifier of a signature by this scheme, for asn1crypto to build."""
    return {"algorithm": signature_oid(scheme), "parameters": core.Null()}


def _authority(path_length: int | None) -> list[dict[str, Any]]:
    basic: dict[str, Any] = {"ca": True}
    if path_length is not None:
        basic["path_len_constraint"] = path_length
    return [_extension("basic_constraints", basic, critical=True), *_usage(AUTHORITY_USAGES)]


def _usage(usages: Sequence[str]) -> list[dict[str, Any]]:
    return [_extension("key_usage", set(usages), critical=True)]


def _extension(name: str, value: object, *, critical: bool = False) -> dict[str, Any]:
    return {"extn_id": name, "critical": critical, "extn_value": value}


def _issue(
    authority: SigningKey | None,
    key: PrivateKey,
    subject: list[tuple[str, str]],
    validity: Validity,
    extensions: list[dict[str, Any]],
) -> Certificate:
    info = key.public.info()
    key_id = hashlib.sha256(info).digest()[:20]
    issuer_id = authority.certificate.key_id if authority else key_id
    name = _name(subject)
    signer = authority.key if authority else key
    tbs = asn1.TbsCertificate(
        {
            "version": "v3",
            "serial_number": int.from_bytes(b"\x01" + secrets.token_bytes(19), "big"),
            "signature": signed_algorithm(signer.scheme),
            "issuer": x509.Name.load(authority.certificate.subject_name) if authority else name,
            "validity": {"not_before": _time(validity.since), "not_after": _time(validity.until)},
            "subject": name,
            "subject_public_key_info": asn1.PublicKeyInfo.load(info),
            "extensions": [
                *extensions,
                _extension("key_identifier", key_id),
                _extension("authority_key_identifier", {"key_identifier": issuer_id}),
            ],
        }
    )
    return read_certificate(signed(asn1.Certificate, "tbs_certificate", tbs, "signature_value", signer))


def signed(shape: type[Any], part: str, tbs: Any, place: str, signer: PrivateKey) -> bytes:
    """A certificate, list or answer of that shape around its signed part, DER."""
    signature = signer.sign(hashes.digest(signer.scheme.digest, tbs.dump()))
    algorithm = signed_algorithm(signer.scheme)
    built: bytes = shape({part: tbs, "signature_algorithm": algorithm, place: signature}).dump()
    return built


def _name(parts: list[tuple[str, str]]) -> x509.Name:
    rdns = [
        x509.RelativeDistinguishedName([{"type": name, "value": _text(name, value)}]) for name, value in parts
    ]
    return x509.Name("", x509.RDNSequence(rdns))


def _text(name: str, value: str) -> Any:
    if name in {"country_name", "serial_number"}:
        return core.PrintableString(value)
    return x509.DirectoryString("utf8_string", core.UTF8String(value))


def _time(moment: datetime) -> x509.Time:
    whole = moment.replace(microsecond=0)
    if whole.year < 2050:
        return x509.Time({"utc_time": core.UTCTime(whole)})
    return x509.Time({"general_time": core.GeneralizedTime(whole)})
