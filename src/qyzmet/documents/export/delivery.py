"""The seals destination: a seal that was made is signed by the System and time-stamped."""

from __future__ import annotations

from pathlib import Path

from qyzmet.cases.acts.seal import folder as seals_folder
from qyzmet.cases.delivery.outbox import Delivery, destination
from qyzmet.cases.models import Seal
from qyzmet.documents.export.sealing import countersign

__all__ = ["deliver"]


@destination("seals")
def deliver(delivery: Delivery) -> None:
    """Sign what is unsigned where the seal was written, or where seals lie now.

    Raises StampMissing for a silent authority, which brings the delivery back after a growing pause.
    """
    kept = Seal.objects.filter(no=int(delivery.ref)).values_list("kept_at", flat=True).first()
    where = Path(kept).parent if kept else seals_folder()
    countersign(where if where.is_dir() else seals_folder(), now=delivery.now)
