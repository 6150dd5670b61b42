"""A table as a page shows it and as it is taken away: CSV and XLSX from the same rows.

A cell that begins with = + - @, a tab or a line break would be a formula to a spreadsheet; as a text it is
written behind an apostrophe. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from qyzmet import clock

__all__ = ["KINDS", "Table", "defused", "taken_away"]

Cell = str | int | float | datetime | None
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
KINDS = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is its address; heads and rows are in the language of the page. `links`: where the first cell
    of each row leads, for a table that has such."""

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    links: tuple[str, ...] = ()

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """The heads, and whether what stands beneath is a number."""
        return [
            (head, all(isinstance(row[at], int | float) for row in self.rows))
            for at, head in enumerate(self.heads)
        ]

    @property
    def lines(self) -> list[tuple[str, list[tuple[str, Cell]]]]:
        """For a page: where each row leads, and its cells with their heads."""
        links = self.links or ("",) * len(self.rows)
        return [
            (link, list(zip(self.heads, row, strict=True)))
            for link, row in zip(links, self.rows, strict=True)
        ]


def defused(value: Cell) -> str | int | float | None:
    """A cell a spreadsheet does not run."""
    if isinstance(value, datetime):
        return f"{clock.local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def taken_away(table: Table, kind: str) -> HttpResponse:
    """The table as a file of one of `KINDS`."""
    rows = [table.heads, *table.rows]
    plain = [[defused(cell) for cell in row] for row in rows]
    content = _csv(plain) if kind == "csv" else _xlsx(plain)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8" if kind == "csv" else XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{table.name}.{kind}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _csv(rows: Sequence[Sequence[Any]]) -> bytes:
    """With a byte order mark, without which spreadsheets take Cyrillic for Latin."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def _xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped]

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        cells = []
        for value in row:
            clean = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
            cell = WriteOnlyCell(sheet, value=clean)
            if isinstance(clean, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
