"""Revocation lists, whole and delta."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import core, crl, x509

from qyzmet.signatures.algorithms.keys import PrivateKey
from qyzmet.signatures.authority.issuing import Validity, signed, signed_algorithm
from qyzmet.signatures.cms.signing import SigningKey


@dataclass(frozen=True, slots=True)
class Revoked:
    """An entry. `lost` is the day the key is said to have been lost, where it is before `at`."""

    serial: int
    at: datetime
    reason: str = "cessation_of_operation"
    lost: datetime | None = None


def make_crl(
    authority: SigningKey,
    revoked: Sequence[Revoked],
    validity: Validity,
    *,
    number: int = 1,
    base: int | None = None,
    signer: PrivateKey | None = None,
) -> bytes:
    """A list of the authority valid for that time, DER; with `base` a delta upon the list of that number.

    `signer` is for a forged one.
    """
    key = signer or authority.key
    extensions: list[dict[str, Any]] = [{"extn_id": "crl_number", "critical": False, "extn_value": number}]
    if base is not None:
        extensions.append({"extn_id": "delta_crl_indicator", "critical": True, "extn_value": base})
    fields: dict[str, Any] = {
        "version": "v2",
        "signature": signed_algorithm(key.scheme),
        "issuer": x509.Name.load(authority.certificate.subject_name),
        "this_update": {"utc_time": core.UTCTime(validity.since)},
        "next_update": {"utc_time": core.UTCTime(validity.until)},
        "crl_extensions": extensions,
    }
    if revoked:
        fields["revoked_certificates"] = [_entry(each) for each in revoked]
    return signed(crl.CertificateList, "tbs_cert_list", crl.TbsCertList(fields), "signature", key)


def _entry(each: Revoked) -> dict[str, Any]:
    extensions: list[dict[str, Any]] = [
        {"extn_id": "crl_reason", "critical": False, "extn_value": each.reason}
    ]
    if each.lost is not None:
        extensions.append({"extn_id": "invalidity_date", "critical": False, "extn_value": each.lost})
    return {
        "user_certificate": each.serial,
        "revocation_date": {"utc_time": core.UTCTime(each.at)},
        "crl_entry_extensions": extensions,
    }
