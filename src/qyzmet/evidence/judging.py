"""Judging a signature: read, checked, and only if it could still stand, asked about.

A120 §10(6): the portal checks the certificate's validity period, its absence from the list of revoked
certificates, and that the number in the request is that of the certificate.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from qyzmet.evidence.sources import Sources, chains_of
from qyzmet.evidence.trusting import rules, trust
from qyzmet.signatures import (
    Expected,
    Rules,
    Trust,
    Verdict,
    digest,
    read_cms,
    signed_as_expected,
    verify_cms,
)

__all__ = ["digests_for", "judge"]


def judge(
    signature: bytes,
    content: bytes,
    expected: Sequence[Expected] = (),
    *,
    now: datetime,
    at: datetime | None = None,
    sources: Sources | None = None,
    demands: Rules | None = None,
) -> Verdict:
    """The verdict on a CMS signature (DER, PEM or base64; attached or detached) over `content`.

    `at`: the moment it is judged for, by default `now`, when the sources are asked; `sources` shares their
    answers between signatures. A silent source leaves the outcome `pending`. Raises SignatureError (check
    `format`) for what is no signature.
    """
    moment, demands = at or now, demands or rules()
    if settings.QYZMET_SIGNATURES == "ncanode":
        from qyzmet.evidence import ncanode

        return _expecting(ncanode.verify(signature, content, at=moment, rules=demands), expected)
    message = read_cms(signature)
    digests = digests_for(signature, content)

    def verdict(known: Trust) -> Verdict:
        found = verify_cms(signature, at=moment, trust=known, content=digests, rules=demands)
        return _expecting(found, expected)

    known = trust()
    first = verdict(known)
    if first.outcome == "invalid":
        # It cannot become valid any more; nobody is asked, which also keeps strangers from choosing whom.
        return first
    sources = sources or Sources(now)
    for chain in chains_of(message, known):
        sources.ask_about(chain)
    return verdict(sources.added_to(known)) if sources.said else first


def digests_for(signature: bytes, content: bytes) -> dict[str, bytes]:
    """The digests of the content that a signature's algorithms need, and SHA-256. Raises SignatureError."""
    return {name: digest(name, content) for name in sorted(read_cms(signature).digest_names | {"sha256"})}


def _expecting(verdict: Verdict, expected: Sequence[Expected]) -> Verdict:
    return signed_as_expected(verdict, expected) if expected else verdict
