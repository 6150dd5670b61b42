"""Printed papers to seal, and the ways somebody may change one afterwards."""

from __future__ import annotations

import re
from functools import cache

import typst

from qyzmet.signatures import SigningKey, seal_pdf
from qyzmet.signatures.pdf.file import PdfFile
from tests.signatures.town import MONDAY

DOCUMENT = '{"қызмет":"тұрғын үй көмегі"}'.encode()
SOURCE = """
#set document(title: "Хабарлама", date: datetime(year: 2026, month: 6, day: 1))
#set text(lang: "kk", font: "DejaVu Sans")
= Тұрғын үй көмегі
Әлия Қасымқызына көмек тағайындалды: 12 345 теңге.
#pdf.attach("document.json", bytes(sys.inputs.json), relationship: "data", mime-type: "application/json",
  description: "Құжаттың деректері")
"""


@cache
def paper() -> bytes:
    """A notice in Kazakh as PDF/A-3b, with its words as data inside."""
    made = typst.compile(
        SOURCE.encode(), format="pdf", pdf_standards=["a-3b"], sys_inputs={"json": DOCUMENT.decode()}
    )
    assert isinstance(made, bytes)
    return made


def sealed(*keys: SigningKey, document: bytes | None = None) -> bytes:
    """The paper sealed by one after another."""
    made = paper() if document is None else document
    for each in keys:
        made = seal_pdf(made, each, at=MONDAY, reason="Құжатқа мөр басылды", location="Алматы")
    return made


def updated(pdf: bytes, objects: dict[int, bytes], *, root: int | None = None) -> bytes:
    """The file with an incremental update that gives these objects other values."""
    file = PdfFile(pdf)
    made, places = bytearray(pdf + b"\n"), {}
    for number, value in objects.items():
        places[number] = len(made)
        made += b"%d 0 obj\n%b\nendobj\n" % (number, value)
    start = len(made)
    made += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        made += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(file.trailer["Size"], *(number + 1 for number in objects))
    made += b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (
        size, root or file.trailer["Root"].number, int(re.findall(rb"startxref\s+(\d+)", pdf)[-1]),
    )  # fmt: skip
    return bytes(made + b"startxref\n%d\n%%%%EOF\n" % start)


def number_of(pdf: bytes, kind: str) -> int:
    """The number of the first object of that type."""
    file = PdfFile(pdf)
    return next(
        number
        for number in sorted(file.places)
        if (place := file.places[number]) is not None
        and isinstance(value := file.stream_at(place.offset)[1], dict)
        and value.get("Type") == kind
    )


def raw(pdf: bytes, number: int) -> bytes:
    """An object as it is written in the file."""
    place = PdfFile(pdf).places[number]
    assert place is not None
    return pdf[place.offset : pdf.index(b"endobj", place.offset)].split(b"obj", 1)[1].strip()


def other_page(pdf: bytes) -> dict[int, bytes]:
    """A page with other words in the place of the sealed one's."""
    number = number_of(pdf, "Page")
    fresh = PdfFile(pdf).trailer["Size"]
    page = re.sub(rb"/Contents \d+ 0 R", b"/Contents %d 0 R" % fresh, raw(pdf, number))
    words = b"BT /F1 12 Tf 72 700 Td (99 999) Tj ET"
    return {number: page, fresh: b"<</Length %d>>\nstream\n%b\nendstream" % (len(words), words)}
