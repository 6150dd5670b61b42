"""Which keys a request to NCALayer admits: the program offers no other to the person."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qyzmet.signatures import Certificate, SignatureError, Trust, read_certificate
from qyzmet.signatures.certificates.chain import build_chain
from qyzmet.signatures.certificates.roles import CLIENT_AUTH, EMAIL_PROTECTION

__all__ = ["STORAGE", "Wanted", "mapping_in", "said_yes", "wanted_by_basics", "wanted_by_old"]

STORAGE = "PKCS12"
"""The one kind of storage the stand-in plays: a key file."""
PURPOSES = {"SIGNATURE": (EMAIL_PROTECTION,), "AUTHENTICATION": (CLIENT_AUTH,)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """`purposes`: all of these extended key usages. `chain`: None for certificates of the national authority
    that stand now, empty for any certificate, else one of these authorities.
    """

    iin: str = ""
    bin: str = ""
    serial: str = ""
    purposes: tuple[str, ...] = ()
    chain: tuple[Certificate, ...] | None = ()
    expired: bool = False
    revoked: bool = False
    here: bool = True

    def refuses(self, certificate: Certificate, trust: Trust, now: datetime, *, revoked: bool) -> str:
        """Why the key is not offered, a word of the texts; empty when it is."""
        subject = certificate.subject
        reasons = {
            "storage": not self.here,
            "other-iin": bool(self.iin) and self.iin != subject.iin,
            "other-bin": bool(self.bin) and self.bin != subject.bin,
            "other-serial": bool(self.serial) and self.serial.lower() != certificate.serial_text,
            "other-use": not set(self.purposes) <= set(certificate.purposes),
            "other-authority": not self._issued_by(certificate, trust),
            "not-standing": self._fallen(certificate, now, revoked),
        }
        return next((word for word, wrong in reasons.items() if wrong), "")

    def _issued_by(self, certificate: Certificate, trust: Trust) -> bool:
        if self.chain is None:
            return build_chain(certificate, trust).trusted
        return not self.chain or any(each.subject_name == certificate.issuer for each in self.chain)

    def _fallen(self, certificate: Certificate, now: datetime, revoked: bool) -> bool:
        if self.chain is not None:
            return False
        return (not certificate.holds(now) and not self.expired) or (revoked and not self.revoked)


def wanted_by_basics(args: Mapping[str, Any]) -> Wanted:
    """From the arguments of `kz.gov.pki.knca.basics`. Raises ValueError for arguments of no known shape."""
    signer, signing = mapping_in(args, "signerParams"), mapping_in(args, "signingParams")
    storages = args.get("allowedStorages")
    return Wanted(
        iin=_text(signer, "iin"),
        bin=_text(signer, "bin"),
        serial=_text(signer, "serialNumber"),
        purposes=tuple(str(each) for each in signer.get("extKeyUsageOids") or ()),
        chain=_chain(signer.get("chain")),
        expired=said_yes(signing.get("allowExpired")),
        revoked=said_yes(signing.get("allowRevoked")),
        here=not storages or STORAGE in storages,
    )


def wanted_by_old(storage: object, key_type: object = "") -> Wanted:
    """From the first arguments of `kz.gov.pki.knca.commonUtils`; it looks at no chain."""
    return Wanted(purposes=PURPOSES.get(str(key_type), ()), here=storage == STORAGE)


def said_yes(value: object) -> bool:
    """The official example sends the words of its radio buttons, other programs true and false."""
    return value is True or (isinstance(value, str) and value.strip().lower() == "true")


def _chain(given: object) -> tuple[Certificate, ...] | None:
    if given is None:
        return None
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise TypeError("chain is a list of certificates")
    try:
        return tuple(read_certificate(base64.b64decode(str(each), validate=True)) for each in given)
    except (binascii.Error, SignatureError) as problem:
        raise ValueError("chain holds something that is no certificate") from problem


def mapping_in(args: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object inside the arguments, empty when it is left out. Raises TypeError for anything else."""
    found = args.get(name) or {}
    if not isinstance(found, Mapping):
        raise TypeError(f"{name} is an object")
    return found


def _text(args: Mapping[str, Any], name: str) -> str:
    return str(args.get(name) or "").strip()
