"""Certificate revocation lists, whole and delta (RFC 5280 §5), indexed by serial number without being
unpacked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from asn1crypto import core, crl

from qyzmet.signatures import asn1
from qyzmet.signatures.ber import content_at
from qyzmet.signatures.certificates.certificate import Certificate, signed_by
from qyzmet.signatures.revocation.answer import Answer, revoked_or_later

_UNDERSTOOD = {"authority_key_identifier", "crl_number", "delta_crl_indicator", "issuing_distribution_point"}


@dataclass(frozen=True, eq=False)
class RevocationList:
    """A list. `base` is the number of the whole list a delta builds on; `strange` forbids relying on it."""

    der: bytes = field(repr=False)
    tbs: bytes = field(repr=False)
    issuer: bytes = field(repr=False)
    this_update: datetime
    next_update: datetime | None
    number: int
    base: int | None
    strange: bool
    algorithm: Any = field(repr=False)
    signature: bytes = field(repr=False)
    entries: bytes = field(repr=False)
    # Serial number as it is encoded -> where its entry begins and ends in `entries`.
    places: dict[bytes, tuple[int, int]] = field(repr=False)

    def entry(self, serial: int) -> Any | None:
        """The entry of a certificate, parsed, or None."""
        place = self.places.get(core.Integer(serial).contents)
        if place is None:
            return None
        return asn1.load(crl.RevokedCertificate, self.entries[place[0] : place[1]], "crl-unreadable")

    def signed(self, issuer: Certificate) -> bool:
        """Whether this authority signed it and may sign lists."""
        may = issuer.usages is None or "crl_sign" in issuer.usages
        return may and signed_by(issuer, self.algorithm, self.tbs, self.signature)


@lru_cache(maxsize=64)
def read_crl(der: bytes) -> RevocationList:
    """A list from DER. Raises SignatureError `crl-unreadable`."""
    shape = asn1.load(crl.CertificateList, der, "crl-unreadable")
    with asn1.refused_as("crl-unreadable"):
        return _list(der, shape)


def judge_by_crl(
    certificate: Certificate, issuer: Certificate, lists: Iterable[bytes], moment: datetime
) -> Answer:
    """What the newest list of the issuer, with its deltas, says of the certificate at the moment.

    Lists newer than the moment count: they tell when a certificate was revoked.
    """
    ours = [each for each in map(read_crl, lists) if each.issuer == certificate.issuer and not each.strange]
    signed = [each for each in ours if each.signed(issuer)]
    whole = max((each for each in signed if each.base is None), key=_age, default=None)
    if whole is None:
        return Answer("pending", "crl-forged" if ours else "revocation-silent")
    deltas = [each for each in signed if each.base is not None and each.base <= whole.number < each.number]
    newest = max([whole, *deltas], key=_age)
    for each in dict.fromkeys((newest, whole)):
        entry = each.entry(certificate.serial)
        if entry is not None:
            return _listed(entry, moment, each)
    if newest.next_update is None or newest.next_update < moment:
        facts = {"when": (newest.next_update or newest.this_update).isoformat()}
        return Answer("pending", "crl-stale", facts, newest.der)
    if newest.this_update > certificate.not_after:
        # Authorities drop certificates from their lists after these expire.
        return Answer("pending", "crl-late", {"when": newest.this_update.isoformat()}, newest.der)
    return Answer("good", "crl-good", {"when": newest.this_update.isoformat()}, newest.der)


def _age(each: RevocationList) -> tuple[datetime, int]:
    return each.this_update, each.number


def _listed(entry: Any, moment: datetime, source: RevocationList) -> Answer:
    reason, since = "unspecified", None
    if not isinstance(entry["crl_entry_extensions"], core.Void):
        for each in entry["crl_entry_extensions"]:
            if each["extn_id"].native == "crl_reason":
                reason = str(each["extn_value"].parsed.native)
            elif each["extn_id"].native == "invalidity_date":
                since = each["extn_value"].parsed.native
    if reason == "remove_from_crl":
        return Answer("good", "crl-good", {"when": source.this_update.isoformat()}, source.der)
    return revoked_or_later(entry["revocation_date"].native, reason, since, moment, source.der)


def _list(der: bytes, shape: Any) -> RevocationList:
    tbs = shape["tbs_cert_list"]
    number, base, strange = 0, None, False
    if not isinstance(tbs["crl_extensions"], core.Void):
        for each in tbs["crl_extensions"]:
            name = each["extn_id"].native
            if name == "crl_number":
                number = int(each["extn_value"].parsed.native)
            elif name == "delta_crl_indicator":
                base = int(each["extn_value"].parsed.native)
            elif each["critical"].native and not _whole_scope(name, each):
                strange = True
    revoked = tbs["revoked_certificates"]
    algorithm = shape["signature_algorithm"]
    algorithm.native  # noqa: B018  # read now: lists are shared by threads
    entries = b"" if isinstance(revoked, core.Void) else bytes(revoked.contents)
    return RevocationList(
        der=der,
        tbs=tbs.dump(),
        issuer=tbs["issuer"].dump(),
        this_update=tbs["this_update"].native,
        next_update=tbs["next_update"].native,
        number=number,
        base=base,
        strange=strange,
        algorithm=algorithm,
        signature=shape["signature"].native,
        entries=entries,
        places=_places(entries),
    )


def _whole_scope(name: str, extension: Any) -> bool:
    """Whether a critical extension leaves the list speaking of every certificate for every reason."""
    if name != "issuing_distribution_point":
        return name in _UNDERSTOOD
    point = extension["extn_value"].parsed
    narrowing = (
        "only_contains_user_certs",
        "only_contains_ca_certs",
        "indirect_crl",
        "only_contains_attribute_certs",
    )
    return not any(point[each].native for each in narrowing) and not point["only_some_reasons"].native


def _places(entries: bytes) -> dict[bytes, tuple[int, int]]:
    found: dict[bytes, tuple[int, int]] = {}
    place = 0
    while place < len(entries):
        start, end = content_at(entries, place)
        serial, after = content_at(entries, start)
        if end > len(entries) or after > end:
            raise ValueError("an entry is longer than its list")
        found[entries[serial:after]] = (place, end)
        place = end
    return found


def is_crl(der: bytes) -> bool:
    """Whether bytes that are a list or an OCSP answer are a list: an answer's first element is a status."""
    start, _ = content_at(der, 0)
    return der[start] == 0x30
