"""Certificates that name their own sources."""

from __future__ import annotations

from typing import Any

from asn1crypto import x509

from qyzmet.signatures import SigningKey
from qyzmet.signatures.authority import Holder, Validity, issuing
from tests.signatures.town import ASAN, THIS_YEAR


def naming(
    authority: SigningKey,
    key: Any,
    *,
    ocsp: str = "",
    crl: str = "",
    delta: str = "",
    validity: Validity = THIS_YEAR,
) -> SigningKey:
    """Asan's key, whose certificate says where to ask about it."""
    holder = Holder(iin=ASAN, surname="АХМЕТОВ", first_name="АСАН")
    extensions = [
        issuing._extension("key_usage", {"digital_signature", "non_repudiation"}, critical=True),
        issuing._extension("extended_key_usage", holder.purposes()),
    ]
    if ocsp:
        extensions.append(
            issuing._extension(
                "authority_information_access", [{"access_method": "ocsp", "access_location": _uri(ocsp)}]
            )
        )
    for name, address in (("crl_distribution_points", crl), ("freshest_crl", delta)):
        if address:
            point = {"distribution_point": x509.DistributionPointName("full_name", [_uri(address)])}
            extensions.append(issuing._extension(name, [point]))
    certificate = issuing._issue(authority, key, holder.name(), validity, extensions)
    return SigningKey(key, certificate, (authority.certificate,))


def _uri(address: str) -> x509.GeneralName:
    return x509.GeneralName("uniform_resource_identifier", x509.URI(address))
