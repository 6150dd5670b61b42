"""What issued documents say, emptied by a lawful erasure.

Number, code, issuer and whether it is in force stay, so that a paper somebody holds can still be told genuine
by its digest.
"""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import erasing
from qyzmet.cases.models import Case
from qyzmet.documents.models import Document

__all__ = ["erase", "named"]


@erasing.eraser("documents")
def erase(case: Case, now: datetime) -> set[str]:
    """Empty the contents; the digests of the PDFs, which go too."""
    found = Document.objects.filter(case=case)
    files = {each for row in found for each in (row.digest, row.before_seal) if each}
    found.update(content=None, ended_because="")
    return files


@erasing.namer("documents")
def named(digests: set[str]) -> set[str]:
    """PDFs of documents that still say something."""
    rows = Document.objects.filter(content__isnull=False)
    sealed = rows.filter(digest__in=digests).values_list("digest", flat=True)
    seen = rows.filter(before_seal__in=digests).values_list("before_seal", flat=True)
    return {*sealed, *seen}
