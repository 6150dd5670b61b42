"""Numbers as people type them here: a comma or a point, spaces between the thousands."""

from __future__ import annotations

import re
from decimal import Decimal

from qyzmet.identity.errors import IdentityError, shown

NBSP = "\u00a0"
_PLAIN = re.compile(r"[+-]?[0-9]{1,40}(?:[.,][0-9]{1,20})?", re.ASCII)


def read_decimal(text: str) -> Decimal:
    """The exact number. Raises IdentityError `number-unreadable` for exponents, NaN, words and empty text."""
    plain = "".join(text.split()).replace("−", "-")
    if not _PLAIN.fullmatch(plain):
        raise IdentityError("number-unreadable", given=shown(text))
    return Decimal(plain.replace(",", "."))


def written(number: Decimal, places: int | None = None) -> str:
    """`1 234 567,50` with no-break spaces; all its digits unless `places` says how many after the comma."""
    plain = f"{number:,f}" if places is None else f"{number:,.{places}f}"
    return plain.replace(",", NBSP).replace(".", ",")
