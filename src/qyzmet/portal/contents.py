"""Whether a file is what its first bytes say, and can be opened by whoever has to read it.

    trouble = fault_of(file, "application/pdf")   # None, or a key of texts/uploads.yaml

Nothing in a file is run or drawn here, and no more of it is unpacked than `UNPACKED` bytes.
"""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections.abc import Iterator
from typing import IO

from pypdf import PdfReader

__all__ = ["MOST_PAGES", "MOST_PIXELS", "fault_of", "is_heic"]

MOST_PIXELS = 100_000_000
"""A scan of A3 at 600 dpi has 70 million; a picture that unpacks to more stops the reader's computer."""
MOST_PAGES = 2_000
UNPACKED = 32 << 20
END = 4096
"""The last bytes, in which a whole file says that it ends."""

ACTS = re.compile(rb"/(?:JavaScript|JS|Launch)(?![A-Za-z0-9])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
BEFORE = 400
"""So much before a stream holds the words that say what it is."""
SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""JPEG's markers that say how large the picture is."""
HEIC = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis", b"avif"}

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it says of a bad file is said to its owner


def fault_of(file: IO[bytes], media: str) -> str | None:
    """`broken`, `locked`, `acting`, `pages` or `pixels`; None where there is nothing to say against it."""
    file.seek(0)
    data = file.read()
    file.seek(0)
    if media == "application/pdf":
        return _pdf(file, data)
    size = _png(data) if media == "image/png" else _jpeg(data)
    if size is None or not all(size):
        return "broken"
    return "pixels" if size[0] * size[1] > MOST_PIXELS else None


def is_heic(head: bytes) -> bool:
    """Whether the first bytes are those of a phone's HEIC picture."""
    return head[4:8] == b"ftyp" and head[8:12] in HEIC


def _pdf(file: IO[bytes], data: bytes) -> str | None:
    if b"%%EOF" not in data[-END:]:
        return "broken"
    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            return "locked"
        pages = len(reader.pages)
        whole = pages > 0 and reader.pages[0] is not None
    except Exception:  # whatever a reader stumbles over, a person cannot open it either
        return "broken"
    finally:
        file.seek(0)
    if not whole:
        return "broken"
    if pages > MOST_PAGES:
        return "pages"
    try:
        return "acting" if any(ACTS.search(_plain(each)) for each in _texts(data)) else None
    except zlib.error:  # objects packed in another way than documents are: nobody can say what they do
        return "broken"


def _texts(data: bytes) -> Iterator[bytes]:
    """The file as it stands outside its streams, and the objects packed into streams."""
    yield STREAM.sub(b"", data)
    left = UNPACKED
    for found in STREAM.finditer(data):
        if b"/ObjStm" not in _plain(data[max(0, found.start() - BEFORE) : found.start()]):
            continue
        unpacked = zlib.decompressobj().decompress(found[1], left)
        left -= len(unpacked)
        yield unpacked
        if left <= 0:
            raise zlib.error("more than a document's objects come to")


def _plain(text: bytes) -> bytes:
    """Names as they read; each letter of one may be written with an escape."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text) if b"#" in text else text


def _png(data: bytes) -> tuple[int, int] | None:
    if len(data) < 33 or data[12:16] != b"IHDR" or b"IEND" not in data[-END:]:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg(data: bytes) -> tuple[int, int] | None:
    place, size = 2, None
    while place + 9 < len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker in SIZES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            size = width, height
        if marker == 0xDA:
            return size if data.find(b"\xff\xd9", place) > 0 else None
        (length,) = struct.unpack(">H", data[place + 2 : place + 4])
        place += 2 + length
    return None
