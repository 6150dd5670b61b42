"""Lists and answers together: revoked in either is revoked; good in either is good; silence is pending."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from qyzmet.signatures import asn1
from qyzmet.signatures.certificates.certificate import Certificate
from qyzmet.signatures.certificates.trust import Trust
from qyzmet.signatures.errors import SignatureError
from qyzmet.signatures.revocation.answer import Answer
from qyzmet.signatures.revocation.crl import judge_by_crl
from qyzmet.signatures.revocation.ocsp import judge_by_ocsp

_ORDER = ("revoked", "good", "pending")
_Source = Callable[[Certificate, Certificate, Iterable[bytes], datetime], Answer]


def judge_revocation(certificate: Certificate, issuer: Certificate, trust: Trust, moment: datetime) -> Answer:
    """Whether the certificate stood at the moment, from everything at hand; nothing is fetched."""
    answers = [
        _asked(judge_by_ocsp, certificate, issuer, trust.ocsps, moment),
        _asked(judge_by_crl, certificate, issuer, trust.crls, moment),
    ]
    spoken = [each for each in answers if each.code != "revocation-silent"] or answers
    return min(spoken, key=lambda each: _ORDER.index(each.status))


def _asked(
    source: _Source, certificate: Certificate, issuer: Certificate, given: Iterable[bytes], moment: datetime
) -> Answer:
    try:
        with asn1.refused_as("crl-unreadable"):
            return source(certificate, issuer, given, moment)
    except SignatureError as problem:
        # A broken source is a silent one: the signature is not refused for it.
        return Answer("pending", "revocation-unreadable", {"why": problem.text("en")})
