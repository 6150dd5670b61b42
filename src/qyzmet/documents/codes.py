"""The code printed on a document, however it was typed or scanned."""

from __future__ import annotations

import re

__all__ = ["plain_code"]

LOOKALIKES = str.maketrans("OIL", "011")
ADDRESS = re.compile(r"/verify/([^/?#\s]+)")


def plain_code(typed: str) -> str:
    """The code as it is kept: in groups of four, look-alikes put right; also out of the address a QR code
    holds. Empty for what cannot be a code."""
    address = ADDRESS.search(typed)
    signs = re.sub(r"[^0-9A-Z]", "", (address[1] if address else typed)[:80].upper().translate(LOOKALIKES))
    return "-".join(signs[at : at + 4] for at in range(0, 16, 4)) if len(signs) == 16 else ""
