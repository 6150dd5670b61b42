"""Cross-reference sections (ISO 32000-1 §7.5.4, §7.5.8): tables, streams, and tables with a stream beside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qyzmet.signatures.errors import SignatureError
from qyzmet.signatures.pdf.lexer import Lexer
from qyzmet.signatures.pdf.values import Budget, Place, Stream

if TYPE_CHECKING:
    from qyzmet.signatures.pdf.file import PdfFile

_ENTRY = re.compile(rb"[\r\n ]*(\d{10}) (\d{5}) ([nf])")


@dataclass(frozen=True)
class Section:
    """One section. `places` maps a number to where the object lies, None for a freed one."""

    trailer: dict[str, Any]
    places: dict[int, Place | None] = field(repr=False)


def section_at(file: PdfFile, place: int) -> Section:
    """The section that begins at this byte. Raises SignatureError `pdf-broken`."""
    lexer = Lexer(file.data, place, file.budget)
    if not lexer.take(b"xref"):
        return _of_stream(file, place)
    section = _of_table(lexer, file.budget)
    beside = section.trailer.get("XRefStm")
    if isinstance(beside, int):
        for number, where in _of_stream(file, beside).places.items():
            if section.places.get(number) is None:
                section.places[number] = where
    return section


def _of_table(lexer: Lexer, budget: Budget) -> Section:
    places: dict[int, Place | None] = {}
    while not lexer.take(b"trailer"):
        first, count = lexer.number(), lexer.number()
        budget.spend(count)
        for number in range(first, first + count):
            entry = _ENTRY.match(lexer.data, lexer.place)
            if entry is None:
                raise SignatureError("pdf-broken", place=lexer.place)
            lexer.place = entry.end()
            places[number] = Place(int(entry[1])) if entry[3] == b"n" else None
    trailer = lexer.value()
    if not isinstance(trailer, dict):
        raise SignatureError("pdf-broken", place=lexer.place)
    return Section(trailer, places)


def _of_stream(file: PdfFile, place: int) -> Section:
    _, stream = file.stream_at(place)
    if not isinstance(stream, Stream) or stream.said.get("Type") != "XRef":
        raise SignatureError("pdf-broken", place=place)
    said = dict(stream.said)
    widths, size = _naturals(said.get("W"), place), said.get("Size")
    if len(widths) != 3 or not 0 < sum(widths) < 24 or not isinstance(size, int):
        raise SignatureError("pdf-broken", place=place)
    runs = _naturals(said.get("Index", [0, size]), place)
    if len(runs) % 2:
        raise SignatureError("pdf-broken", place=place)
    file.budget.spend(sum(runs[1::2]))
    content = _without_predictor(file.unfolded(stream), said.get("DecodeParms"), place)
    firsts, counts = runs[::2], runs[1::2]
    numbers = [first + more for first, count in zip(firsts, counts, strict=True) for more in range(count)]
    if len(content) < sum(widths) * len(numbers):
        raise SignatureError("pdf-broken", place=place)
    return Section(said, _entries(content, widths, numbers))


def _naturals(value: Any, place: int) -> list[int]:
    if not isinstance(value, list) or not all(type(each) is int and each >= 0 for each in value):
        raise SignatureError("pdf-broken", place=place)
    return value


def _entries(content: bytes, widths: list[int], numbers: list[int]) -> dict[int, Place | None]:
    one, two, three = widths
    found: dict[int, Place | None] = {}
    for turn, number in enumerate(numbers):
        start = turn * (one + two + three)
        kind, second, third = (
            int.from_bytes(content[begin : begin + width], "big")
            for begin, width in ((start, one), (start + one, two), (start + one + two, three))
        )
        # Without a width for it the kind is 1: an object at a byte of the file.
        known = {1: Place(second), 2: Place(stream=second, index=third)}
        found[number] = known.get(kind if one else 1)
    return found


def _without_predictor(content: bytes, said: Any, place: int) -> bytes:
    """Undo the PNG filters a cross-reference stream is usually written with."""
    if not isinstance(said, dict) or said.get("Predictor", 1) == 1:
        return content
    columns = said.get("Columns", 1)
    if said["Predictor"] < 10 or not isinstance(columns, int) or not 0 < columns < 100:
        raise SignatureError("pdf-broken", place=place)
    plain = bytearray()
    above = bytes(columns)
    for start in range(0, len(content) - columns, columns + 1):
        row = bytearray(content[start + 1 : start + 1 + columns])
        if content[start] == 2:
            row = bytearray((each + up) & 0xFF for each, up in zip(row, above, strict=True))
        elif content[start] == 1:
            for at in range(1, columns):
                row[at] = (row[at] + row[at - 1]) & 0xFF
        elif content[start] != 0:
            raise SignatureError("pdf-broken", place=place)
        plain += row
        above = bytes(row)
    return bytes(plain)
