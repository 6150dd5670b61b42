"""Papers people attach: a real one-page PDF and a real photograph, small."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from pypdf import PdfWriter

__all__ = ["a_paper", "a_photo"]


def a_paper(folder: Path, name: str = "құжат.pdf") -> Path:
    """An empty A4 page as PDF."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    path = folder / name
    with path.open("wb") as file:
        writer.write(file)
    return path


def a_photo(folder: Path, name: str = "түбіртек.png", width: int = 300, height: int = 400) -> Path:
    """A sheet of lines on a table, as a telephone sees it: PNG in shades of grey."""
    rows = (b"\0" + bytes(_shade(x, y, width, height) for x in range(width)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    path = folder / name
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"".join(rows)))
        + _chunk(b"IEND", b"")
    )
    return path


def _shade(x: int, y: int, width: int, height: int) -> int:
    if not (30 < x < width - 30 and 30 < y < height - 30):
        return 120 + (x + y) % 16
    line = y % 26 < 5 and 55 < x < width - 60 - (y * 7 % 90)
    return 70 if line else 245


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
