"""Cadastral numbers of land plots and what stands on them, written one way.

No published rule lets a machine refuse one, so an unusual number is kept with a warning, never turned away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLOT = re.compile(r"(\d{2})[-:](\d{3})[-:](\d{3})[-:](\d{1,4})(?:[:/](.+))?", re.ASCII)
_DASHES = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-"})


@dataclass(frozen=True, slots=True)
class CadastralNumber:
    """`original` as given, `normalised` as `20-313-010-256` with `:` before building and unit.

    `unusual`: it does not look like oblast-district-quarter-plot; show a warning, go on.
    """

    original: str
    normalised: str
    unusual: bool

    def __str__(self) -> str:
        return self.normalised


def read_cadastral_number(text: str) -> CadastralNumber:
    """Normalise a number: spaces out, any dash or colon as a hyphen between the four parts of the plot."""
    plain = "".join(text.split()).translate(_DASHES).upper()
    found = _PLOT.fullmatch(plain)
    if not found:
        return CadastralNumber(text, plain, unusual=True)
    plot = "-".join(found.groups()[:4])
    rest = found[5].replace("/", ":") if found[5] else ""
    return CadastralNumber(text, f"{plot}:{rest}" if rest else plot, unusual=False)
