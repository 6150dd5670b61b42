"""What a file is, by how it begins."""

from __future__ import annotations


def looks_like_pdf(data: bytes) -> bool:
    """Whether a file begins as a PDF does."""
    return data.startswith(b"%PDF-")


def looks_like_xml(data: bytes) -> bool:
    """Whether a file begins as XML does, in UTF-8 or UTF-16."""
    start = data[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return start.startswith(b"<")
