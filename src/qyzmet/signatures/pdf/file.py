"""A PDF file: its cross-reference sections from the newest to the oldest, and any object by its number."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from typing import Any

from qyzmet.signatures.errors import SignatureError
from qyzmet.signatures.pdf.crossref import section_at
from qyzmet.signatures.pdf.lexer import Lexer
from qyzmet.signatures.pdf.values import Budget, Place, Ref, Stream

LARGEST = 50 * 1024 * 1024
_MOST_SECTIONS = 500
_START = re.compile(rb"startxref[\0\t\n\f\r ]+(\d{1,12})[\0\t\n\f\r ]+%%EOF[\r\n \t]*\Z")
_HEADER = re.compile(rb"(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+obj")


class PdfFile:
    """A file, or the beginning of one that was a whole file before it was updated.

    `budget` bounds the work, by default that of one file. Raises SignatureError of the check `format`:
    `empty`, `too-large`, `pdf-broken`, `pdf-encrypted`.
    """

    def __init__(self, data: bytes, budget: Budget | None = None) -> None:
        if not data.strip():
            raise SignatureError("empty")
        if len(data) > LARGEST:
            raise SignatureError("too-large", limit=LARGEST // 1024 // 1024)
        if not data.startswith(b"%PDF-"):
            raise SignatureError("pdf-broken", place=0)
        self.data = data
        self.places: dict[int, Place | None] = {}
        self.trailer: dict[str, Any] = {}
        self.budget = budget or Budget()
        self._known: dict[int, Any] = {}
        self._parts: dict[int, tuple[bytes, list[tuple[int, int]]]] = {}
        self._read_sections()
        if "Encrypt" in self.trailer:
            raise SignatureError("pdf-encrypted")
        self.catalog = self.dictionary(self.trailer.get("Root"))

    def get(self, value: Any) -> Any:
        """The value, or the object it refers to; None for what is not there."""
        for _ in range(8):
            if not isinstance(value, Ref):
                return value
            value = self._object(value.number)
        raise SignatureError("pdf-broken", place=0)

    def dictionary(self, value: Any) -> Mapping[str, Any]:
        """As `get`, for what has to be a dictionary or a stream's."""
        found = self.get(value)
        if isinstance(found, Stream):
            return found.said
        if not isinstance(found, dict):
            raise SignatureError("pdf-broken", place=0)
        return found

    def array(self, value: Any) -> list[Any]:
        """As `get`, for what has to be an array or may be missing."""
        found = self.get(value)
        if found is not None and not isinstance(found, list):
            raise SignatureError("pdf-broken", place=0)
        return found or []

    def unfolded(self, stream: Stream) -> bytes:
        """The content of a stream without a filter or with Flate. Raises SignatureError `pdf-broken`."""
        names = self.get(stream.said.get("Filter"))
        names = [names] if isinstance(names, str) else [self.get(each) for each in names or []]
        content = stream.raw
        for name in names:
            if name != "FlateDecode":
                raise SignatureError("pdf-broken", place=0)
            content = self._inflated(content)
        return content

    def _inflated(self, raw: bytes) -> bytes:
        running = zlib.decompressobj()
        try:
            # A budget that is spent would say "without limit" here.
            content = running.decompress(raw, max(self.budget.unfolded, 0) + 1)
        except zlib.error as problem:
            raise SignatureError("pdf-broken", place=0) from problem
        self.budget.unfolded -= len(content)
        if self.budget.unfolded < 0:
            raise SignatureError("too-large", limit=Budget().unfolded >> 20)
        return content

    def _read_sections(self) -> None:
        tail = _START.search(self.data, max(0, len(self.data) - 2048))
        if tail is None:
            raise SignatureError("truncated")
        place: Any = int(tail[1])
        seen: set[int] = set()
        while place is not None:
            if not isinstance(place, int) or place in seen or len(seen) > _MOST_SECTIONS:
                raise SignatureError("pdf-broken", place=0)
            seen.add(place)
            section = section_at(self, place)
            self.trailer = self.trailer or section.trailer
            for number, where in section.places.items():
                self.places.setdefault(number, where)
            place = section.trailer.get("Prev")

    def stream_at(self, place: int) -> tuple[int, Any]:
        """The number of the object at this byte, and its value."""
        header = _HEADER.match(self.data, place)
        if header is None:
            raise SignatureError("pdf-broken", place=place)
        lexer = Lexer(self.data, header.end(), self.budget)
        value = lexer.value()
        if isinstance(value, dict) and lexer.take(b"stream"):
            return int(header[1]), self._stream(value, lexer.place)
        if not lexer.take(b"endobj"):
            raise SignatureError("pdf-broken", place=lexer.place)
        return int(header[1]), value

    def _stream(self, said: dict[str, Any], place: int) -> Stream:
        start = place + (2 if self.data[place : place + 2] == b"\r\n" else 1)
        length = self.get(said.get("Length"))
        if not isinstance(length, int) or not 0 <= length <= len(self.data) - start:
            raise SignatureError("pdf-broken", place=place)
        if not Lexer(self.data, start + length, self.budget).take(b"endstream"):
            raise SignatureError("pdf-broken", place=start + length)
        return Stream(said, self.data[start : start + length])

    def _object(self, number: int) -> Any:
        where = self.places.get(number)
        if where is None:
            return None
        if number in self._known:
            return self._known[number]
        # What is being read may not be needed to read itself.
        self._known[number] = None
        found, value = self.stream_at(where.offset) if where.stream < 0 else self._part(where)
        if found != number:
            raise SignatureError("pdf-broken", place=max(where.offset, 0))
        self._known[number] = value
        return value

    def _part(self, where: Place) -> tuple[int, Any]:
        if where.stream not in self._parts:
            self._parts[where.stream] = self._unpacked(self.get(Ref(where.stream, 0)))
        content, places = self._parts[where.stream]
        if not 0 <= where.index < len(places):
            raise SignatureError("pdf-broken", place=0)
        number, place = places[where.index]
        return number, Lexer(content, place, self.budget, inside=True).value()

    def _unpacked(self, stream: Any) -> tuple[bytes, list[tuple[int, int]]]:
        """The content of an object stream, and the number and place of each object in it."""
        if not isinstance(stream, Stream):
            raise SignatureError("pdf-broken", place=0)
        content, first, count = self.unfolded(stream), stream.said.get("First"), stream.said.get("N")
        if not isinstance(first, int) or not isinstance(count, int):
            raise SignatureError("pdf-broken", place=0)
        self.budget.spend(count)
        heads = Lexer(content, 0, self.budget, inside=True)
        return content, [(heads.number(), first + heads.number()) for _ in range(count)]
