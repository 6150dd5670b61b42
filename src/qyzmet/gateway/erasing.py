"""The letters of a case, emptied by a lawful erasure: that one was sent, and when, stays."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import erasing
from qyzmet.cases.models import Case
from qyzmet.gateway.models import Notice

__all__ = ["erase"]


@erasing.eraser("gateway")
def erase(case: Case, now: datetime) -> set[str]:
    """Empty the paragraphs and the addresses; letters name no file."""
    Notice.objects.filter(case=case).update(letter=[], email="")
    return set()
