"""Files that are not what they say, or more than they say."""

from __future__ import annotations

import io
import zipfile
import zlib

from pypdf import PdfReader, PdfWriter

from tests.fence.files import JPEG, PDF, PNG, pdf, png

__all__ = ["REFUSED", "TAKEN", "bomb", "missing_pages", "office_file", "packed_script"]

LARGEST = 10 * 1024 * 1024
HTML = b"<!doctype html><html><script>alert(document.cookie)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
SCRIPT = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"


def bomb(megabytes: int = 200) -> bytes:
    """A small archive of a great many zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(1 << 20) * megabytes)
    return out.getvalue()


def office_file(kind: str = "word", megabytes: int = 100) -> bytes:
    """A document of an office program, with a part that unpacks without end."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{kind}/document.xml", bytes(1 << 20) * megabytes)
    return out.getvalue()


def nested() -> bytes:
    """An archive in an archive in an archive."""
    data = bomb(20)
    for _ in range(3):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inner.zip", data)
        data = out.getvalue()
    return data


def locked() -> bytes:
    """A PDF that opens with a password."""
    writer, out = PdfWriter(PdfReader(io.BytesIO(PDF))), io.BytesIO()
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


def packed_script() -> bytes:
    """A program hidden among packed objects, its name spelt with escapes."""
    inside = b"9 0 <</S/Java#53cript/J#53(app.alert\\(1\\))>>"
    data = zlib.compress(inside)
    head = b"<</Type/Obj#53tm/N 1/First 4/Filter/FlateDecode/Length %d>>" % len(data)
    return pdf(extra=(head + b"stream\n" + data + b"\nendstream",))


def scripts() -> dict[str, bytes]:
    """The same program where only some readers look for it."""
    inside = b"9 0 <</S/JavaScript/JS(app.alert\\(1\\))>>"
    data = zlib.compress(inside)
    coded = zlib.compress(inside.hex().encode())
    head = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d%s>>stream\n%s\nendstream"
    two = b"<</Type/ObjStm/N 1/First 4/Filter[/FlateDecode/ASCIIHexDecode]/Length %d>>stream\n%s\nendstream"
    played = b"%stream\n<</S/Rendition/JS(app.alert\\(1\\))>>\n%endstream"
    return {
        "in a comment that looks like a stream": pdf(
            extra=(b"null %stream\n" + SCRIPT[11:] + b"\n%endstream",)
        ),
        "with the media it comes with": pdf(extra=(b"null " + played,)),
        "far from the words that name its stream": pdf(extra=(head % (len(data), b" " * 1000, data),)),
        "among objects packed twice": pdf(extra=(two % (len(coded), coded),)),
    }


def packed_without_end() -> bytes:
    data = zlib.compress(bytes(200 << 20))
    head = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>" % len(data)
    return pdf(extra=(head + b"stream\n" + data + b"\nendstream",))


def heic() -> bytes:
    return b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)


def beginnings() -> bytes:
    """A megabyte of streams that begin and never end."""
    return pdf(extra=(b"stream\n" * (1 << 17),))


def missing_pages() -> bytes:
    """A hundred thousand pages that are not there, each looked for through ten megabytes."""
    kids = b" ".join(b"%d 0 R" % number for number in range(9, 100_009))
    long, many = b"(" + b"x" * (9 << 20) + b")", b"<</Type/Pages/Kids[%s]/Count 100000>>" % kids
    return pdf(extra=(long, many)).replace(b"/Pages 2 0 R", b"/Pages 5 0 R")


REFUSED = {
    "a page that calls itself a PDF": ("bill.pdf", HTML, "type"),
    "a page with a PDF inside": ("bill.pdf", HTML + PDF, "type"),
    "a program that calls itself a PDF": ("bill.pdf", b"MZ\x90\x00\x03" + bytes(200), "type"),
    "a drawing with a script": ("drawing.svg", SVG, "type"),
    "an archive without end": ("bills.zip", bomb(), "type"),
    "an archive that calls itself a PDF": ("bills.pdf", bomb(1), "type"),
    "archives in archives": ("bills.zip", nested(), "type"),
    "a document of a word processor": ("bill.docx", office_file(), "type"),
    "a spreadsheet": ("bill.xlsx", office_file("xl"), "type"),
    "a picture of a phone": ("IMG_0001.HEIC", heic(), "heic"),
    "nothing": ("bill.pdf", b"", "empty"),
    "a PDF cut short": ("bill.pdf", pdf(30)[:-200], "broken"),
    "the beginning of a PDF": ("bill.pdf", b"%PDF-1.7\nbill\n", "broken"),
    "a PDF without pages": ("bill.pdf", pdf(0), "broken"),
    "a PDF with a password": ("bill.pdf", locked(), "locked"),
    "a PDF with a script": ("bill.pdf", pdf(catalog=SCRIPT), "acting"),
    "a PDF with a hidden script": ("bill.pdf", packed_script(), "acting"),
    "a PDF that starts a program": ("bill.pdf", pdf(page=b"/AA<</O<</S/Launch/F(calc.exe)>>>>"), "acting"),
    **{
        f"a PDF with a script {where}": ("bill.pdf", data, "broken" if "twice" in where else "acting")
        for where, data in scripts().items()
    },
    "a PDF that unpacks without end": ("bill.pdf", packed_without_end(), "broken"),
    "a PDF of 2,001 pages": ("bill.pdf", pdf(2001), "pages"),
    "a picture of 900 million points": ("plan.png", png(30_000, 30_000), "pixels"),
    "a picture cut short": ("plan.png", PNG[:-20], "broken"),
    "a picture of no size": ("plan.png", png(0, 0), "broken"),
    "a photograph cut short": ("photo.jpg", JPEG[:-2], "broken"),
    "a byte too much": ("bill.pdf", PDF + bytes(LARGEST + 1 - len(PDF)), "large"),
}
"""What it is → its name, its bytes, and what is said of it (a key of texts/uploads.yaml)."""

TAKEN = {
    "a PDF of 400 pages": ("bill.pdf", pdf(400)),
    "a PDF with a page after it": ("bill.pdf", PDF + HTML),
    "streams without end": ("bill.pdf", beginnings()),
    "10 MB to the byte": ("bill.pdf", PDF[:-6] + bytes(LARGEST - len(PDF)) + PDF[-6:]),
    "a path": ("../../etc/passwd.pdf", PDF),
    "a path of Windows": ("C:\\scans\\bill.pdf", PDF),
    "a line break": ("bill\r\nSet-Cookie: a=b.pdf", PDF),
    "a smile": ("шот 😀.pdf", PDF),
    "an end written backwards": ("bill\u202efdp.exe", PDF),
    "200 letters": ("ш" * 200 + ".pdf", PDF),
    "quotes": ("\"><script>alert(1)</script>'.pdf", PDF),
    "a picture": ("photo.PNG", PNG),
    "a photograph": ("photo.jpeg", JPEG),
}
"""What it is → its name and its bytes."""
