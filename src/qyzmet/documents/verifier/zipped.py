"""A ZIP with one way to be written: stored files in a given order, plain names, no dates, nothing between.

Because the bytes follow from the contents alone, a reader can compare every byte of the archive with what its
contents make it, and no byte can be changed unnoticed. Source: APPNOTE.TXT 6.3 §4.3 (local header, central
directory, end record). Larger than 4 GiB is refused.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 1 << 20
DAY_ONE = 0x0021  # 1980-01-01
LARGEST = (1 << 32) - 1
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/")


class BadZip(ValueError):
    """The archive is not what its contents make it; `at` is the first byte that differs."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class TooLarge(ValueError):
    """The contents do not fit into a ZIP of 4 GiB."""


@dataclass(frozen=True)
class Stored:
    """A file of an archive: where its bytes begin, how many, and their CRC-32."""

    name: str
    start: int
    size: int
    crc: int


def is_plain(name: str) -> bool:
    """Whether a name may stand in an archive: relative, ASCII, no step upwards, no hidden part."""
    parts = name.split("/")
    return bool(name) and set(name) <= PLAIN and all(part and not part.startswith(".") for part in parts)


def write_zip(out: BinaryIO, members: Iterable[tuple[str, Callable[[], Iterable[bytes]]]]) -> None:
    """Write members (name, function giving the bytes anew) in their order. Each is read twice.

    Raises ValueError for a name that is not plain, TooLarge.
    """
    offset, central = 0, b""
    count = 0
    for name, chunks in members:
        if not is_plain(name):
            raise ValueError(f"{name!r} cannot be a name in the archive")
        size, crc = _measured(chunks())
        local = _local(name, size, crc)
        if offset + len(local) + size + len(central) > LARGEST:
            raise TooLarge(name)
        out.write(local)
        for chunk in chunks():
            out.write(chunk)
        central += _central(name, size, crc, offset)
        offset += len(local) + size
        count += 1
    out.write(central + _end(count, len(central), offset))


def read_zip(file: BinaryIO) -> list[Stored]:
    """The files of an archive that `write_zip` wrote. Raises BadZip where a byte is another."""
    found: list[Stored] = []
    offset, central = 0, b""
    while (head := _at(file, offset, 30))[:4] == b"PK\x03\x04":
        crc, size, _, length = struct.unpack("<LLLH", head[14:28])
        name = _at(file, offset + 30, length).decode("ascii", "replace")
        local = _local(name, size, crc)
        _same(file, offset, local)
        if not is_plain(name):
            raise BadZip(offset + 30)
        start = offset + len(local)
        if _measured(_pieces(file, start, size)) != (size, crc):
            raise BadZip(start)
        found.append(Stored(name, start, size, crc))
        central += _central(name, size, crc, offset)
        offset = start + size
    rest = central + _end(len(found), len(central), offset)
    _same(file, offset, rest)
    file.seek(0, 2)
    if file.tell() != offset + len(rest):
        raise BadZip(offset + len(rest))
    return found


def _measured(chunks: Iterable[bytes]) -> tuple[int, int]:
    size = crc = 0
    for chunk in chunks:
        size, crc = size + len(chunk), zlib.crc32(chunk, crc)
    return size, crc


def _pieces(file: BinaryIO, start: int, size: int) -> Iterator[bytes]:
    file.seek(start)
    while size > 0 and (chunk := file.read(min(CHUNK, size))):
        yield chunk
        size -= len(chunk)


def _at(file: BinaryIO, start: int, size: int) -> bytes:
    file.seek(start)
    return file.read(size)


def _same(file: BinaryIO, start: int, wanted: bytes) -> None:
    given = _at(file, start, len(wanted))
    if given != wanted:
        pairs = enumerate(zip(given, wanted, strict=False))
        raise BadZip(start + next((n for n, (a, b) in pairs if a != b), len(given)))


def _local(name: str, size: int, crc: int) -> bytes:
    raw = name.encode("ascii", "replace")
    fields = struct.pack("<HHHHHLLLHH", 20, 0, 0, 0, DAY_ONE, crc, size, size, len(raw), 0)
    return b"PK\x03\x04" + fields + raw


def _central(name: str, size: int, crc: int, offset: int) -> bytes:
    raw = name.encode("ascii", "replace")
    # Made on Unix: an ordinary file its owner may write and anyone may read.
    fields = struct.pack("<HHHHHHLLL", 0x0314, 20, 0, 0, 0, DAY_ONE, crc, size, size)
    places = struct.pack("<HHHHHLL", len(raw), 0, 0, 0, 0, 0o100644 << 16, offset)
    return b"PK\x01\x02" + fields + places + raw


def _end(count: int, size: int, offset: int) -> bytes:
    return b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, count, count, size, offset, 0)
