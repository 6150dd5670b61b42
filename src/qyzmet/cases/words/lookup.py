"""Finding a case by the reference people use."""

from __future__ import annotations

import re

from qyzmet.cases import rows
from qyzmet.cases.models import Case

__all__ = ["by_ref"]

REF = re.compile(r"[A-Z0-9]{1,16}")


def by_ref(ref: str) -> Case | None:
    """The case, not locked; None when there is none or the words cannot be a reference."""
    found = rows.select(Case, "WHERE ref = %s", [ref]) if REF.fullmatch(ref) else []
    return found[0] if found else None
