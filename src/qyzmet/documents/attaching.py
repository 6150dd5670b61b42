"""Files put inside a PDF/A-3 after it was printed, by an incremental update: its bytes stay as they were.

Each file is named in the name tree and in `/AF` of the catalog, with its media type, its relationship to the
document and the day it was made (ISO 19005-3 §6.8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from qyzmet.clock import ALMATY

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

__all__ = ["File", "with_files"]


@dataclass(frozen=True, slots=True)
class File:
    """A file to put inside. `relation`: Data, Source, Supplement…, as PDF/A-3 calls what it is to the
    document."""

    name: str
    content: bytes
    media: str
    relation: str
    about: str


def with_files(pdf: bytes, files: Sequence[File], *, at: datetime) -> bytes:
    """The PDF with the files inside; the same PDF when there are none. `at` is aware."""
    if not files:
        return pdf
    # Signing machinery takes half a second to import; printing alone needs none of it.
    from qyzmet.signatures.pdf.writing import QuietWriter

    writer = QuietWriter(BytesIO(pdf))
    for file in files:
        _put(writer, file, at)
    output = BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]
    return output.getvalue()


def _put(writer: IncrementalPdfFileWriter, file: File, at: datetime) -> None:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.embed import EmbeddedFileObject, EmbeddedFileParams, FileSpec

    stream = EmbeddedFileObject.from_file_data(
        writer, file.content, mime_type=file.media,
        params=EmbeddedFileParams(modification_date=at.astimezone(ALMATY)),
    )  # fmt: skip
    said = FileSpec(
        file.name, file.name, stream, file.about, generic.NameObject(f"/{file.relation}")
    ).as_pdf_object()
    reference = writer.add_object(said)
    _name(writer, file.name, reference)
    _array(writer, writer.root, "/AF").append(reference)


def _name(writer: IncrementalPdfFileWriter, name: str, reference: Any) -> None:
    """Enter the file in the name tree, in order."""
    from pyhanko.pdf_utils import generic

    tree = _dictionary(writer, _dictionary(writer, writer.root, "/Names"), "/EmbeddedFiles")
    names = _array(writer, tree, "/Names")
    pairs = [(str(names[at]), names.raw_get(at + 1)) for at in range(0, len(names), 2)]
    pairs = sorted([*pairs, (name, reference)], key=lambda each: each[0])
    names[:] = [part for key, value in pairs for part in (generic.pdf_string(key), value)]


def _dictionary(writer: IncrementalPdfFileWriter, holder: Any, key: str) -> Any:
    from pyhanko.pdf_utils import generic

    if key not in holder:
        holder[key] = generic.DictionaryObject()  # type: ignore[no-untyped-call]
    found = holder[key]
    writer.update_container(found)
    writer.update_container(holder)
    return found


def _array(writer: IncrementalPdfFileWriter, holder: Any, key: str) -> Any:
    from pyhanko.pdf_utils import generic

    if key not in holder:
        holder[key] = generic.ArrayObject()
    found = holder[key]
    writer.update_container(found)
    writer.update_container(holder)
    return found
