"""The documents destination: what acts leave to be printed."""

from __future__ import annotations

from qyzmet.cases.delivery.outbox import Delivery, destination
from qyzmet.documents.issue import annul, issue, replace
from qyzmet.documents.refused import issue_refusal

__all__ = ["deliver"]


@destination("documents")
def deliver(delivery: Delivery) -> None:
    """Issue, correct or annul what an entry of a case or a window calls for; delivered twice, done once."""
    if not delivery.stream.startswith("case:"):
        issue_refusal(delivery.stream, delivery.seq, now=delivery.now)
        return
    case_id = int(delivery.stream.removeprefix("case:"))
    if delivery.kind == "annul":
        annul(case_id, delivery.seq, delivery.ref)
    elif delivery.kind == "replace":
        replace(case_id, delivery.seq, delivery.ref, now=delivery.now)
    else:
        issue(case_id, delivery.seq, delivery.ref, now=delivery.now)
