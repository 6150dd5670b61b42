"""A table as a page shows it and as it is taken away: CSV and XLSX from the same rows."""

from __future__ import annotations

from dataclasses import dataclass

from django.http.response import HttpResponseBase

from qyzmet.office.spreadsheets import Cell, sent

__all__ = ["Table", "taken_away"]


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


def taken_away(table: Table, kind: str) -> HttpResponseBase:
    """The table as a file of one of `spreadsheets.KINDS`."""
    return sent(table.name, kind, table.heads, table.rows)
