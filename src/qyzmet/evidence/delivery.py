"""The revocation destination: signatures whose source of revocation was silent when they were judged.

The outbox brings each back after growing pauses (`cases/outbox.yaml`) until a source answers; then the act
`confirm_signature` records the verdict, and lets out what waited for it.
"""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import blobs
from qyzmet.cases.delivery.outbox import Delivery, destination
from qyzmet.cases.models import SignatureRecord
from qyzmet.cases.signed import restored
from qyzmet.evidence.judging import judge
from qyzmet.signatures import Verdict

__all__ = ["StillSilent", "judged_again", "settle"]

PENDING = "pending"


class StillSilent(Exception):
    """No source of revocation has answered yet; the outbox tries again."""


@destination("revocation")
def settle(delivery: Delivery) -> None:
    """Judge the pending signatures of an entry again and confirm them. Raises StillSilent."""
    from qyzmet.cases.acts import confirm_signature

    rows = SignatureRecord.objects.filter(stream=delivery.stream, seq=delivery.seq, outcome=PENDING)
    if delivery.ref:
        rows = rows.filter(subject=delivery.ref)
    for row in rows.order_by("id"):
        verdict = judged_again(row, delivery.now)
        if verdict.outcome == PENDING:
            raise StillSilent(f"no source of revocation answers for {row.subject} of {row.stream}")
        confirm_signature(row, verdict, now=delivery.now)


def judged_again(row: SignatureRecord, now: datetime) -> Verdict:
    """The verdict for the moment it was first judged, with what the sources say now.

    A certificate revoked since then was good when it signed. Who had to sign was checked then and stays.
    """
    before = restored(row)
    again = judge(before.evidence.signature, blobs.read(row.prepared), now=now, at=before.at)
    known = {(each.check, each.signer) for each in again.checks}
    kept = [each for each in before.checks if (each.check, each.signer) not in known]
    return again.with_checks(*kept)
