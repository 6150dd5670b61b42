"""The roles the national authority writes into a certificate as extended key usages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_KZ = "1.2.398.3.3.4."
ROLES: Mapping[str, str] = {
    f"{_KZ}1.1": "individual",
    f"{_KZ}1.1.1": "information-system-of-individual",
    f"{_KZ}1.2": "organisation",
    f"{_KZ}1.2.1": "head",
    f"{_KZ}1.2.2": "signing-right",
    f"{_KZ}1.2.3": "financial-signing-right",
    f"{_KZ}1.2.4": "human-resources",
    f"{_KZ}1.2.5": "employee",
    f"{_KZ}1.2.6": "information-system",
    f"{_KZ}2": "authority-privileged",
    f"{_KZ}2.1": "authority-administrator",
    f"{_KZ}2.2": "authority-manager",
    f"{_KZ}2.3": "authority-operator",
    f"{_KZ}3": "identified",
    f"{_KZ}3.1": "identified-in-person",
    f"{_KZ}3.2": "identified-remotely",
    f"{_KZ}3.2.1": "digital-id",
    "1.2.398.5.19.1.2.2.1": "treasury-client",
    "1.2.398.3.2.3.4": "civil-servant",
}
EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4"
CLIENT_AUTH = "1.3.6.1.5.5.7.3.2"
TIME_STAMPING = "1.3.6.1.5.5.7.3.8"
OCSP_SIGNING = "1.3.6.1.5.5.7.3.9"
ANY_PURPOSE = "2.5.29.37.0"

NATIONAL_POLICY = "1.2.398.3.3.2"
# Policies of the national time-stamp authority, by the algorithm it signs with.
TIME_STAMP_POLICIES: Mapping[str, str] = {
    "1.2.398.3.3.2.6.1": "gost94",
    "1.2.398.3.3.2.6.2": "rsa",
    "1.2.398.3.3.2.6.3": "gost-gt",
    "1.2.398.3.3.2.6.4": "streebog512",
}


def roles_of(purposes: Iterable[str]) -> tuple[str, ...]:
    """The national roles among extended key usages, in their order; others are left out."""
    return tuple(ROLES[oid] for oid in purposes if oid in ROLES)
