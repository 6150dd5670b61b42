"""One certificate, read once: what the checks need of it, and its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from asn1crypto import core, pem, x509

from qyzmet.signatures import asn1
from qyzmet.signatures.algorithms import hashes
from qyzmet.signatures.algorithms.identified import scheme_of
from qyzmet.signatures.algorithms.keys import PublicKey, read_public_key, remembered_verifies
from qyzmet.signatures.ber import put
from qyzmet.signatures.certificates.subject import Subject, read_subject

_UNDERSTOOD = {
    "basic_constraints",
    "key_usage",
    "extended_key_usage",
    "certificate_policies",
    "subject_alt_name",
    "key_identifier",
    "authority_key_identifier",
    "crl_distribution_points",
    "freshest_crl",
    "authority_information_access",
}


@dataclass(frozen=True, eq=False)
class Certificate:
    """A certificate. Moments aware, UTC; `usages` is None where the certificate does not limit itself."""

    der: bytes = field(repr=False)
    tbs: bytes = field(repr=False)
    serial: int
    issuer: bytes = field(repr=False)
    subject_name: bytes = field(repr=False)
    not_before: datetime
    not_after: datetime
    key_info: bytes = field(repr=False)
    algorithm: Any = field(repr=False)
    signature: bytes = field(repr=False)
    extensions: dict[str, Any] = field(repr=False)
    # Critical extensions nobody here understands: the certificate may not be relied on.
    strange: tuple[str, ...]

    @cached_property
    def sha256(self) -> str:
        """The fingerprint, hex."""
        return hashlib.sha256(self.der).hexdigest()

    @cached_property
    def subject(self) -> Subject:
        """Whom the certificate names."""
        return read_subject(x509.Name.load(self.subject_name))

    @cached_property
    def issuer_text(self) -> str:
        """The issuer's common name, or the whole of its name."""
        named = read_subject(x509.Name.load(self.issuer))
        return named.name or named.organisation

    @property
    def serial_text(self) -> str:
        """The serial number as certificates show it: hex, even length."""
        text = f"{self.serial:x}"
        return text if len(text) % 2 == 0 else "0" + text

    @cached_property
    def key(self) -> PublicKey:
        """The public key. Raises SignatureError where it is weak or unknown."""
        return read_public_key(self.key_info)

    @cached_property
    def usages(self) -> frozenset[str] | None:
        """Key usages: digital_signature, non_repudiation, key_cert_sign, crl_sign…"""
        found = self.extensions.get("key_usage")
        return None if found is None else frozenset(found.native)

    @cached_property
    def purposes(self) -> tuple[str, ...]:
        """Extended key usages, identifiers; the national roles are among them."""
        found = self.extensions.get("extended_key_usage")
        return () if found is None else tuple(str(each.dotted) for each in found)

    @cached_property
    def policies(self) -> tuple[str, ...]:
        """Certificate policies, identifiers."""
        found = self.extensions.get("certificate_policies")
        return () if found is None else tuple(str(each["policy_identifier"].dotted) for each in found)

    @cached_property
    def is_authority(self) -> bool:
        """Whether it may issue certificates."""
        basic = self.extensions.get("basic_constraints")
        signs = self.usages is None or "key_cert_sign" in self.usages
        return basic is not None and bool(basic["ca"].native) and signs

    @cached_property
    def path_length(self) -> int | None:
        """How many authorities may follow below it."""
        basic = self.extensions.get("basic_constraints")
        found = None if basic is None else basic["path_len_constraint"].native
        return None if found is None else int(found)

    @cached_property
    def key_id(self) -> bytes | None:
        """The subject key identifier."""
        found = self.extensions.get("key_identifier")
        return None if found is None else bytes(found.native)

    @cached_property
    def issuer_key_id(self) -> bytes | None:
        """The key identifier of the authority, where the certificate names it."""
        found = self.extensions.get("authority_key_identifier")
        value = None if found is None else found["key_identifier"].native
        return None if value is None else bytes(value)

    @cached_property
    def checks_revocation(self) -> bool:
        """False for an OCSP responder whose certificate says it need not be asked about."""
        return "ocsp_no_check" not in self.extensions

    @property
    def self_issued(self) -> bool:
        """Whether issuer and subject are one."""
        return self.issuer == self.subject_name

    def holds(self, moment: datetime) -> bool:
        """Whether the moment is within its validity, both ends included."""
        return self.not_before <= moment <= self.not_after

    def issued(self, other: Certificate) -> bool:
        """Whether this certificate's key signed the other. Raises SignatureError on weak algorithms."""
        return signed_by(self, other.algorithm, other.tbs, other.signature)


def signed_by(issuer: Certificate, algorithm: Any, tbs: bytes, signature: bytes) -> bool:
    """Whether the issuer's key signed these bytes. Raises SignatureError `algorithm-weak`, `algorithm-
    unknown`.
    """
    scheme = scheme_of(algorithm)
    return remembered_verifies(issuer.key_info, scheme, hashes.digest(scheme.digest, tbs), signature)


@lru_cache(maxsize=2048)
def read_certificate(der: bytes) -> Certificate:
    """A certificate from DER. Raises SignatureError `certificate-unreadable`."""
    shape = asn1.load(asn1.Certificate, der, "certificate-unreadable")
    with asn1.refused_as("certificate-unreadable"):
        certificate = _certificate(der, shape)
        # Read now, so that a broken name is refused here and not in the middle of a check.
        _ = certificate.subject, certificate.issuer_text
    return certificate


def read_certificates(data: bytes) -> list[Certificate]:
    """The certificates of a file: one in DER, or any number in PEM. Raises SignatureError."""
    if not pem.detect(data):
        return [read_certificate(data)]
    return [read_certificate(der) for kind, _, der in pem.unarmor(data, multiple=True) if "CERT" in kind]


def by_subject(certificates: Iterable[Certificate]) -> dict[bytes, list[Certificate]]:
    """Certificates by the name they are issued to, each once."""
    found: dict[bytes, dict[str, Certificate]] = {}
    for each in certificates:
        found.setdefault(each.subject_name, {})[each.sha256] = each
    return {name: list(group.values()) for name, group in found.items()}


def _certificate(der: bytes, shape: Any) -> Certificate:
    tbs = shape["tbs_certificate"]
    extensions, strange = _extensions(tbs["extensions"])
    if shape["signature_algorithm"].dump() != tbs["signature"].dump():
        raise ValueError("two algorithms")
    algorithm = shape["signature_algorithm"]
    # What is kept is shared by threads: nothing in it may still be unread.
    algorithm.native  # noqa: B018
    return Certificate(
        der=der,
        # As it stands: asn1crypto builds anew what has a length of ...80.
        tbs=put(0x30, bytes(tbs.contents)),
        serial=tbs["serial_number"].native,
        issuer=tbs["issuer"].dump(),
        subject_name=tbs["subject"].dump(),
        not_before=tbs["validity"]["not_before"].native,
        not_after=tbs["validity"]["not_after"].native,
        key_info=tbs["subject_public_key_info"].dump(),
        algorithm=algorithm,
        signature=shape["signature_value"].native,
        extensions=extensions,
        strange=strange,
    )


def _extensions(found: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    known: dict[str, Any] = {}
    strange: list[str] = []
    if isinstance(found, core.Void):
        return known, ()
    for each in found:
        name = str(each["extn_id"].native)
        if name in known:
            raise ValueError("an extension twice")
        if name == "ocsp_no_check":
            # The national responders leave its value empty instead of NULL.
            known[name] = True
        elif name in _UNDERSTOOD:
            known[name] = each["extn_value"].parsed
            # Read it now, so that a broken one is refused here and not in the middle of a check.
            known[name].native  # noqa: B018
        elif each["critical"].native:
            strange.append(str(each["extn_id"].dotted))
    return known, tuple(strange)
