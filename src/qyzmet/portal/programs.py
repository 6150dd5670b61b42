"""Whether a PDF would run something when it is opened: scripts, programs, media that bring scripts.

Everything is read in one pass over the bytes, whatever they are: no more is unpacked than `UNPACKED` bytes,
and no byte of the file is unpacked twice.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

__all__ = ["UNPACKED", "runs"]

UNPACKED = 32 << 20
PIECE = 4096

ACTIONS = re.compile(rb"/(?:JavaScript|Launch|Rendition)(?![A-Za-z0-9])")
"""Too long to come about by chance among packed bytes: they are looked for everywhere."""
SCRIPTS = re.compile(rb"/JS(?![A-Za-z0-9])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
BEGINS = re.compile(rb"(?<!end)stream[\t ]*(?:\r\n?|\n)")
ENDS = b"endstream"
PACKED = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])")


def runs(data: bytes) -> bool:
    """Raises zlib.error for objects packed otherwise than documents are: nobody can say what they do."""
    if ACTIONS.search(_plain(data)) or SCRIPTS.search(_plain(_outside(data))):
        return True
    return any(ACTIONS.search(each) or SCRIPTS.search(each) for each in map(_plain, _objects(data)))


def _outside(data: bytes) -> bytes:
    """The file without its streams."""
    kept, at = [], 0
    while (found := BEGINS.search(data, at)) is not None:
        end = data.find(ENDS, found.end())
        if end < 0:
            break
        kept.append(data[at : found.start()])
        at = end + len(ENDS)
    return b"".join([*kept, data[at:]])


def _objects(data: bytes) -> Iterator[bytes]:
    """The objects packed into streams. A stream may stand where only some readers see one: all are tried."""
    last, left, unread = 0, UNPACKED, len(data)
    for found in BEGINS.finditer(data):
        head = _plain(data[last : found.start()])
        last = found.end()
        if b"/ObjStm" not in head:
            continue
        head = head[head.rfind(ENDS) + 1 :]
        if head.count(b"/Filter") != 1 or not PACKED.search(head) or b"/DecodeParms" in head:
            raise zlib.error("objects packed in another way than documents are")
        unpacked, used = _unpacked(data, found.end(), left, unread)
        left, unread = left - len(unpacked), unread - used
        yield unpacked


def _unpacked(data: bytes, start: int, most: int, unread: int) -> tuple[bytes, int]:
    """What is packed from `start` on, and how many bytes it took."""
    packed, found, at = zlib.decompressobj(), bytearray(), start
    while not packed.eof and at < len(data):
        piece = data[at : at + PIECE]
        found += packed.decompress(piece, most - len(found) + 1)
        at += len(piece) - len(packed.unused_data)
        if len(found) > most or at - start > unread:
            raise zlib.error("more than a document's objects come to")
    return bytes(found), at - start


def _plain(text: bytes) -> bytes:
    """Names as they read; each letter of one may be written with an escape."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text) if b"#" in text else text
