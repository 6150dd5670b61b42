"""The outer form of an ASN.1 file: whole, not too deep, not too rich, and turned from BER into DER.

Signing programs write BER with open lengths; everything else in this room reads DER only.
"""

from __future__ import annotations

from qyzmet.signatures.errors import SignatureError

_DEEPEST = 40
_MOST = 500_000
_OCTETS, _OCTETS_IN_PARTS = 0x04, 0x24
_CONSTRUCTED = 0x20


def to_der(data: bytes) -> bytes:
    """The one element of the file with definite lengths and whole octet strings.

    Raises SignatureError `empty`, `truncated`, `trailing` or `asn1` before anything is interpreted.
    """
    if not data:
        raise SignatureError("empty")
    if data[0] != 0x30:
        raise SignatureError("asn1")
    reader = _Reader(data, build=False)
    _, end = reader.element(0, len(data), 0)
    if end != len(data):
        raise SignatureError("trailing", count=len(data) - end)
    return _Reader(data, build=True).element(0, end, 0)[0] if reader.loose else data


def element_end(data: bytes) -> int | None:
    """Where the first element ends, with whatever follows it; None where none is whole."""
    if data[:1] != b"\x30":
        return None
    try:
        return _Reader(data, build=False).element(0, len(data), 0)[1]
    except SignatureError:
        return None


class _Reader:
    def __init__(self, data: bytes, *, build: bool) -> None:
        self._data = data
        self._build = build
        self._count = 0
        # Whether anything was found that DER writes otherwise.
        self.loose = False

    def element(self, start: int, end: int, depth: int) -> tuple[bytes, int]:
        """One element as DER (nothing, unless building), and where it ends."""
        self._count += 1
        if depth > _DEEPEST or self._count > _MOST:
            raise SignatureError("asn1")
        tag, place = self._tag(start, end)
        length, place = self._length(place, end)
        if length is None:
            self.loose = True
            if not tag[0] & _CONSTRUCTED:
                raise SignatureError("asn1")
            parts, stop = self._children(place, end, depth, endless=True)
            return self._put(tag, parts), stop
        stop = place + length
        if stop > end:
            raise SignatureError("truncated")
        if not tag[0] & _CONSTRUCTED:
            return self._data[start:stop] if self._build else b"", stop
        self.loose = self.loose or tag[0] == _OCTETS_IN_PARTS
        parts, _ = self._children(place, stop, depth, endless=False)
        return self._put(tag, parts), stop

    def _children(self, place: int, end: int, depth: int, *, endless: bool) -> tuple[list[bytes], int]:
        parts: list[bytes] = []
        while True:
            if not endless and place == end:
                return parts, place
            if endless and self._data[place : place + 2] == b"\0\0":
                return parts, place + 2
            if place >= end:
                raise SignatureError("truncated")
            part, place = self.element(place, end, depth + 1)
            parts.append(part)

    def _put(self, tag: bytes, parts: list[bytes]) -> bytes:
        if not self._build:
            return b""
        if tag[0] == _OCTETS_IN_PARTS:
            whole = b"".join(_content(part) for part in parts)
            return bytes([_OCTETS]) + length_of(len(whole)) + whole
        body = b"".join(parts)
        return tag + length_of(len(body)) + body

    def _tag(self, start: int, end: int) -> tuple[bytes, int]:
        if start >= end:
            raise SignatureError("truncated")
        place = start + 1
        if self._data[start] & 0x1F == 0x1F:
            while place < end and self._data[place] & 0x80:
                place += 1
            place += 1
        return self._data[start:place], place

    def _length(self, place: int, end: int) -> tuple[int | None, int]:
        if place >= end:
            raise SignatureError("truncated")
        first = self._data[place]
        if first < 0x80:
            return first, place + 1
        if first == 0x80:
            return None, place + 1
        width = first & 0x7F
        if width > 8:
            raise SignatureError("asn1")
        if place + 1 + width > end:
            raise SignatureError("truncated")
        return int.from_bytes(self._data[place + 1 : place + 1 + width], "big"), place + 1 + width


def length_of(size: int) -> bytes:
    """The DER form of a length."""
    if size < 0x80:
        return bytes([size])
    width = (size.bit_length() + 7) // 8
    return bytes([0x80 | width]) + size.to_bytes(width, "big")


def content_at(data: bytes, place: int) -> tuple[int, int]:
    """Where the content of the DER element at `place` begins and ends; the element is known to be whole."""
    first = data[place + 1]
    if first < 0x80:
        return place + 2, place + 2 + first
    width = first & 0x7F
    start = place + 2 + width
    return start, start + int.from_bytes(data[place + 2 : start], "big")


def _content(element: bytes) -> bytes:
    start, end = content_at(element, 0)
    if element[0] != _OCTETS or end != len(element):
        raise SignatureError("asn1")
    return element[start:end]


def parts_of(element: bytes) -> list[bytes]:
    """The elements inside a constructed DER element."""
    place, end = content_at(element, 0)
    found = []
    while place < end:
        _, stop = content_at(element, place)
        found.append(element[place:stop])
        place = stop
    return found


def put(tag: int, *parts: bytes) -> bytes:
    """A DER element of these parts."""
    body = b"".join(parts)
    return bytes([tag]) + length_of(len(body)) + body
