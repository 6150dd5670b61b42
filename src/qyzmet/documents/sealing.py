"""The System's seal on a document (PAdES): put after the act, with a time stamp, over all that is inside.

A deployment that names a time-stamp authority (`QYZMET_TSA`) issues nothing without its stamp: while the
authority is silent the delivery fails and is tried again.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from qyzmet import evidence
from qyzmet.signatures import seal_pdf

__all__ = ["StampSilent", "sealed"]

REASON = "Qyzmet: құжаттың түпнұсқалығы мен тұтастығы"


class StampSilent(ConnectionError):
    """The time-stamp authority gave no answer that counts; the document waits."""


def sealed(pdf: bytes, *, now: datetime) -> bytes:
    """The PDF with the System's seal. Raises StampSilent, NoSealKey."""
    return seal_pdf(
        pdf,
        evidence.system_key(),
        at=now,
        reason=REASON,
        stamp=_stamp if settings.QYZMET_TSA else None,
        chain=evidence.system_chain(),
    )


def _stamp(imprint: bytes) -> bytes:
    token = evidence.stamp(imprint)
    if token is None:
        raise StampSilent(f"the time-stamp authority {settings.QYZMET_TSA} is silent; sealing is tried again")
    return token
