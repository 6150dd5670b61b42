"""Letters and what state databases said, emptied by a lawful erasure: that they were, and when, stays."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import erasing
from qyzmet.cases.models import Case
from qyzmet.gateway.models import Notice, StateQuestion

__all__ = ["erase", "named"]


@erasing.eraser("gateway")
def erase(case: Case, now: datetime) -> set[str]:
    """Empty the paragraphs, the addresses and the data; the signed answers are files."""
    Notice.objects.filter(case=case).update(letter=[], email="")
    asked = StateQuestion.objects.filter(case=case)
    files = set(asked.exclude(evidence="").values_list("evidence", flat=True))
    asked.update(about="", data={}, words="", evidence="")
    return files


@erasing.namer("gateway")
def named(digests: set[str]) -> set[str]:
    """Signed answers of state databases."""
    return set(StateQuestion.objects.filter(evidence__in=digests).values_list("evidence", flat=True))
