"""The seals of a PDF: which dictionaries sign, and whether each byte range is exactly what it must be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from qyzmet.signatures.algorithms import hashes
from qyzmet.signatures.ber import element_end
from qyzmet.signatures.errors import SignatureError
from qyzmet.signatures.pdf.file import PdfFile
from qyzmet.signatures.pdf.values import String

_DEEPEST = 20
_MOST_FIELDS = 2000
# Each seal takes the file once.
_MOST_WORK = 1 << 30
_FORMS = frozenset({"ETSI.CAdES.detached", "adbe.pkcs7.detached"})
_HEXADECIMAL = re.compile(rb"<[0-9A-Fa-f]*>\Z")
_MOMENT = re.compile(rb"D:(\d{14})(?:Z.*|([+-])(\d\d)'?(\d\d)?'?)\Z")


@dataclass(frozen=True)
class Seal:
    """One seal. `end` is where the part of the file it vouches for ends; `problem` names what is wrong with
    its form, else `message` is its CMS.
    """

    start: int
    resumed: int
    end: int
    problem: str = ""
    message: bytes = field(default=b"", repr=False)
    claimed_at: datetime | None = None

    def digest(self, name: str, data: bytes) -> bytes:
        """The digest of everything but the seal's own value."""
        running = hashes.new_hash(name)
        view = memoryview(data)
        running.update(bytes(view[: self.start]))
        running.update(bytes(view[self.resumed : self.end]))
        return running.digest()


def seals_of(file: PdfFile, at_most: int) -> list[Seal]:
    """The seals, the oldest first. Raises SignatureError `not-signed` or `signers-many`."""
    seals = [_seal(file, file.dictionary(value)) for value in _values(file)]
    if not seals:
        raise SignatureError("not-signed")
    if len(seals) > at_most or len(seals) * len(file.data) > _MOST_WORK:
        raise SignatureError("signers-many", limit=at_most)
    return sorted(seals, key=lambda seal: seal.end)


def fields_of(file: PdfFile) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    """Every signature field with what refers to it, filled or not."""
    form = file.get(file.catalog.get("AcroForm"))
    if not isinstance(form, dict):
        return
    left = [(each, "", 0) for each in reversed(file.array(form.get("Fields")))]
    seen = 0
    while left:
        value, inherited, depth = left.pop()
        seen += 1
        if seen > _MOST_FIELDS or depth > _DEEPEST:
            raise SignatureError("pdf-broken", place=0)
        said = file.dictionary(value)
        kind = said.get("FT", inherited)
        if kind == "Sig":
            yield value, said
        left += [(kid, kind, depth + 1) for kid in reversed(file.array(said.get("Kids")))]


def _values(file: PdfFile) -> list[Any]:
    """Whatever a signature field holds, each once."""
    found: list[Any] = []
    for _, said in fields_of(file):
        value = said.get("V")
        if value is not None and value not in found:
            found.append(value)
    return found


def _seal(file: PdfFile, said: Mapping[str, Any]) -> Seal:
    span, contents = file.get(said.get("ByteRange")), said.get("Contents")
    whole = isinstance(span, list) and len(span) == 4 and all(type(each) is int for each in span)
    if not whole or not isinstance(contents, String):
        return Seal(0, 0, 0, "pdf-range-broken")
    zero, start, resumed, rest = span
    end = resumed + rest
    fits = zero == 0 and 0 < start < resumed < end <= len(file.data)
    if not fits or (contents.start, contents.end) != (start, resumed) or not _is_revision(file, end):
        return Seal(0, 0, min(max(end, 0), len(file.data)), "pdf-range-broken")
    # White space between the digits would be room for bytes nobody signed.
    if not _HEXADECIMAL.match(file.data[start:resumed]):
        return Seal(start, resumed, end, "pdf-range-broken")
    if said.get("SubFilter") not in _FORMS:
        return Seal(start, resumed, end, "pdf-seal-form")
    length = element_end(bytes(contents))
    if length is None or any(contents[length:]):
        return Seal(start, resumed, end, "pdf-padding")
    return Seal(start, resumed, end, "", bytes(contents[:length]), _moment(file.get(said.get("M"))))


def _is_revision(file: PdfFile, end: int) -> bool:
    """Whether the file up to there was a whole file."""
    tail = file.data[max(0, end - 8) : end]
    return re.search(rb"%%EOF(\r\n|\r|\n)?\Z", tail) is not None


def _moment(said: Any) -> datetime | None:
    """The moment a seal claims for itself; nothing rests on it."""
    found = _MOMENT.match(said) if isinstance(said, bytes) else None
    if found is None:
        return None
    try:
        moment = datetime.strptime(found[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    offset = timedelta(hours=int(found[3] or 0), minutes=int(found[4] or 0))
    return moment - offset if found[2] == b"+" else moment + offset
