"""Tables and lists of any length as files: CSV as it is read, XLSX row by row, never the whole in memory.

openpyxl would take nine of the ten seconds a hundred thousand rows may; a sheet of plain text cells is a few
lines of XML. A cell a spreadsheet could take for a formula is written behind an apostrophe (`defused`).
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from qyzmet import clock

__all__ = ["KINDS", "Cell", "defused", "sent"]

Cell = str | int | float | datetime | None
SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
FORMULA = re.compile(f"[\t\r\n]|[\\s\"'\ufeff\u200b]*[{SIGNS}]")
"""Some spreadsheets pass over blanks and quotes before a formula, and read its signs of double width too."""
WITHIN = re.compile(f"([;\t\r\n][\\s\"']*)(?=[{SIGNS}])")
"""Where Kazakh and Russian are spoken, a spreadsheet begins a new cell of a CSV file at each semicolon."""
BEGINS = re.compile("[;\t\r\n]")
KINDS = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

A_TURN = 500
IN_MEMORY = 8 << 20
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs no XML file may hold."""
MARKS = re.compile(f"[&<>]|{UNWRITABLE.pattern}")
NS = "http://schemas.openxmlformats.org"
OFFICE = f"{NS}/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = {
    "[Content_Types].xml": f'{HEAD}<Types xmlns="{NS}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'{HEAD}<Relationships xmlns="{NS}/package/2006/relationships"><Relationship Id="rId1"'
    f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{HEAD}<workbook xmlns="{NS}/spreadsheetml/2006/main"'
    f' xmlns:r="{OFFICE}"><sheets><sheet name="Qyzmet" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{NS}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet"'
    ' Target="worksheets/sheet1.xml"/></Relationships>',
}
SHEET = f'{HEAD}<worksheet xmlns="{NS}/spreadsheetml/2006/main"><sheetData>'


def sent(name: str, kind: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponseBase:
    """A list of any length as a file of one of `KINDS`; `rows` is read once, as the file is written."""
    answer: HttpResponseBase
    if kind == "csv":
        answer = StreamingHttpResponse(_csv(heads, rows), content_type="text/csv; charset=utf-8")
    else:
        answer = FileResponse(_xlsx(heads, rows), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def defused(value: Cell) -> str | int | float | None:
    """A cell a spreadsheet does not run: a text that would be a formula stands behind an apostrophe."""
    if isinstance(value, str):
        # Most begin with a letter or a digit, and no formula does.
        return f"'{value}" if not value[:1].isalnum() and FORMULA.match(value) else value
    if isinstance(value, datetime):
        return clock.local(value).isoformat(" ", "minutes")[:16]
    return value


def _csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """With a byte order mark, without which spreadsheets take Cyrillic for Latin."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    written.write("\ufeff")
    writer.writerow([_in_csv(each) for each in heads])
    for at, row in enumerate(rows, 1):
        writer.writerow([_in_csv(each) for each in row])
        if at % A_TURN == 0:
            yield _emptied(written)
    yield _emptied(written)


def _in_csv(value: Cell) -> str | int | float | None:
    plain = defused(value)
    if isinstance(plain, str) and BEGINS.search(plain):
        return WITHIN.sub(r"\1'", plain)
    return plain


def _emptied(written: io.StringIO) -> bytes:
    text = written.getvalue()
    written.seek(0)
    written.truncate()
    return text.encode("utf-8", "replace")


def _xlsx(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    kept = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the answer closes it
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(SHEET.encode())
            sheet.write(_row(heads))
            for row in rows:
                sheet.write(_row(row))
            sheet.write(b"</sheetData></worksheet>")
    kept.seek(0)
    return kept


def _row(cells: Sequence[Cell]) -> bytes:
    return f"<row>{''.join(_cell(defused(each)) for each in cells)}</row>".encode()


def _cell(value: str | int | float | None) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    if MARKS.search(value):
        value = UNWRITABLE.sub("", value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<c t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
