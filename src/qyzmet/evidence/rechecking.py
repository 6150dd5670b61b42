"""A kept verdict judged again, years later and with the network off."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases.models import SignatureRecord
from qyzmet.cases.signed import rechecked
from qyzmet.evidence.trusting import trust
from qyzmet.signatures import Trust, Verdict

__all__ = ["recheck_record"]


def recheck_record(row: SignatureRecord, at: datetime) -> Verdict:
    """The verdict made again from its own evidence, against the roots relied on today; nothing is fetched.

    `at` is the moment of checking again. The signature counts at the moment it was judged or time-stamped.
    Raises SignatureError for a record that does not read, BlobMissing or BlobErased where evidence is gone.
    """
    today = trust()
    # Lists of today stay out: they forget certificates that have expired since.
    roots = Trust(today.roots, today.intermediates, (), (), today.pinned)
    return rechecked(row, at, trust=roots)
