"""The sheet of main requirements: ten rows, always in the acts' order, made from the package.

So what people read of a service is refreshed the moment its edition is. Cites: O144 an.1 §4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from qyzmet.clock import Hours, hours_book
from qyzmet.regulation.acts import Act
from qyzmet.regulation.model import Package
from qyzmet.regulation.parameters import Parameters
from qyzmet.regulation.printing.sheet_rows import WRITERS, About, Item
from qyzmet.regulation.printing.words import Language, say

__all__ = ["ROWS", "Item", "Sheet", "SheetRow", "sheet"]

ROWS = tuple(WRITERS)
"""The ten rows, in order."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One of the ten rows: its number from 1, its key of `ROWS`, its heading and what it says."""

    number: int
    key: str
    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of one edition in one language; `on` is the day its values and acts' status are told for."""

    service: str
    edition: str
    language: Language
    on: date
    title: str
    name: str
    rows: tuple[SheetRow, ...]

    def as_data(self) -> dict[str, Any]:
        """The sheet for JSON."""
        return asdict(self) | {"on": self.on.isoformat()}


def sheet(
    package: Package,
    acts: Mapping[str, Act],
    lang: Language,
    on: date,
    *,
    hours: Mapping[str, Hours] | None = None,
    parameters: Parameters | None = None,
) -> Sheet:
    """The ten rows; `hours` are a deployment's own, with `parameters` the fee's unit has its value."""
    about = About(package, acts, lang, on, hours_book() if hours is None else hours, parameters)
    rows = tuple(
        SheetRow(n, key, say(key, lang), tuple(WRITERS[key](about))) for n, key in enumerate(ROWS, start=1)
    )
    name = package.name.in_language(lang)
    return Sheet(package.service, package.edition, lang, on, say("sheet", lang), name, rows)
