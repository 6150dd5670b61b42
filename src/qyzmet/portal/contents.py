"""Whether a file is what its first bytes say, and can be opened by whoever has to read it.

    trouble = fault_of(file, "application/pdf", Patience())   # None, or a key of texts/uploads.yaml

Nothing in a file is run or drawn here, and how long one is looked at has a bound (`opened`, `programs`), as
have all files of a request together (`patience`).
"""

from __future__ import annotations

import struct
import zlib
from typing import IO

from qyzmet.portal.opened import MOST_PAGES, trouble_opening
from qyzmet.portal.patience import Patience
from qyzmet.portal.programs import runs

__all__ = ["MOST_PAGES", "MOST_PIXELS", "fault_of", "is_heic"]

MOST_PIXELS = 100_000_000
"""A scan of A3 at 600 dpi has 70 million; a picture that unpacks to more stops the reader's computer."""
END = 4096
"""The last bytes, in which a whole file says that it ends."""

SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""JPEG's markers that say how large the picture is."""
HEIC = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis", b"avif"}


def fault_of(file: IO[bytes], media: str, patience: Patience) -> str | None:
    """`broken`, `locked`, `acting`, `pages`, `pixels`, or `slow` where those before it have taken all the
    patience; None where there is nothing to say against it."""
    if patience.ended:
        return "slow"
    file.seek(0)
    data = file.read()
    file.seek(0)
    if media == "application/pdf":
        return _pdf(data, patience)
    size = _png(data) if media == "image/png" else _jpeg(data)
    if size is None or not all(size):
        return "broken"
    return "pixels" if size[0] * size[1] > MOST_PIXELS else None


def is_heic(head: bytes) -> bool:
    """Whether the first bytes are those of a phone's HEIC picture."""
    return head[4:8] == b"ftyp" and head[8:12] in HEIC


def _pdf(data: bytes, patience: Patience) -> str | None:
    if b"%%EOF" not in data[-END:]:
        return "broken"
    trouble = trouble_opening(data, patience)
    if trouble is not None:
        return trouble
    try:
        with patience.counting():
            return "acting" if runs(data) else None
    except zlib.error:
        return "broken"


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
