"""The files inside a PDF (ISO 32000-1 §7.11.4), read with the standard library only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qyzmet.signatures.errors import SignatureError
from qyzmet.signatures.pdf.file import PdfFile
from qyzmet.signatures.pdf.values import Stream

_MOST_FILES = 1000
_DEEPEST = 20


def embedded_files(pdf: bytes) -> dict[str, bytes]:
    """The files a PDF carries, by the names it gives them; empty where it carries none.

    Raises SignatureError of the check `format`: `pdf-broken` (also for two files of one name), `too-large`,
    `truncated`, `empty`, `pdf-encrypted`.
    """
    file = PdfFile(pdf)
    names = file.get(file.catalog.get("Names"))
    found: dict[str, bytes] = {}
    if not isinstance(names, dict) or "EmbeddedFiles" not in names:
        return found
    for said in _leaves(file, names["EmbeddedFiles"], 0):
        name, content = _file(file, file.dictionary(said))
        if name in found or len(found) >= _MOST_FILES:
            raise SignatureError("pdf-broken", place=0)
        found[name] = content
    return found


def _leaves(file: PdfFile, node: Any, depth: int) -> Iterator[Any]:
    if depth > _DEEPEST:
        raise SignatureError("pdf-broken", place=0)
    tree = file.dictionary(node)
    yield from file.array(tree.get("Names"))[1::2]
    for kid in file.array(tree.get("Kids")):
        yield from _leaves(file, kid, depth + 1)


def _file(file: PdfFile, said: Any) -> tuple[str, bytes]:
    name = file.get(said.get("UF", said.get("F")))
    inside = file.dictionary(said.get("EF"))
    stream = file.get(inside.get("UF", inside.get("F")))
    if not isinstance(name, bytes) or not isinstance(stream, Stream):
        raise SignatureError("pdf-broken", place=0)
    return text_of(name), file.unfolded(stream)


def text_of(string: bytes) -> str:
    """A text string (§7.9.2.2); what is no valid text keeps its place with a mark."""
    if string.startswith(b"\xfe\xff"):
        return string[2:].decode("utf-16-be", "replace")
    if string.startswith(b"\xef\xbb\xbf"):
        return string[3:].decode("utf-8", "replace")
    return string.decode("latin-1")
