"""Where to ask about a certificate: the deployment's addresses, else those the certificate itself names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from qyzmet.signatures import Certificate

__all__ = ["list_addresses", "status_addresses"]


def status_addresses(certificate: Certificate) -> tuple[str, ...]:
    """Addresses of the status service (OCSP)."""
    if settings.QYZMET_OCSP:
        return tuple(settings.QYZMET_OCSP)
    named = certificate.extensions.get("authority_information_access") or ()
    found = [each["access_location"] for each in named if each["access_method"].native == "ocsp"]
    return tuple(dict.fromkeys(_web(found)))


def list_addresses(certificate: Certificate) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Addresses of the revocation lists: the whole ones, any of which will do, and the deltas.

    Lists the deployment names are all taken, whole and delta alike, so they come as deltas do: each. They are
    about people's certificates; an authority's own says where its list is.
    """
    if settings.QYZMET_CRL and not certificate.is_authority:
        return (), tuple(settings.QYZMET_CRL)
    whole = _points(certificate.extensions.get("crl_distribution_points"))
    return whole, _points(certificate.extensions.get("freshest_crl"))


def _points(named: Any) -> tuple[str, ...]:
    found: list[str] = []
    for each in named or ():
        point = each["distribution_point"]
        if point.native is not None and point.name == "full_name":
            found += _web(point.chosen)
    return tuple(dict.fromkeys(found))


def _web(names: Any) -> Iterator[str]:
    for each in names:
        if each.name == "uniform_resource_identifier":
            address = str(each.native)
            if address.startswith(("http://", "https://")):
                yield address
