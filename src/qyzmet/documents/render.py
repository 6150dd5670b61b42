"""Content → PDF/A-3b by typst, in this process.

A compiler is kept per thread and template: starting one reads the fonts, using it again takes milliseconds.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from qyzmet.documents import printable
from qyzmet.documents.content import Content

__all__ = ["TEMPLATES", "UnknownTemplate", "compiler_of", "printed_as", "render"]

TEMPLATES = Path(__file__).parent / "templates"
UNDRAWN = "could not be displayed"

_kept = threading.local()


class UnknownTemplate(LookupError):
    """A package names a template that is not in `documents/templates`."""


def render(template: str, content: Content, document: bytes = b"") -> bytes:
    """Print `content` on a template (`notice.typ`); returns the bytes of a PDF/A-3b.

    `document` (JSON) goes inside as `document.json`.

    A sign no font here can draw (an emoji in a name) is printed as `□`: PDF/A allows none that is not drawn,
    and the document is owed all the same. Raises UnknownTemplate.
    """
    compiler, data = compiler_of(template), printable.broken(content.as_json())
    try:
        return _print(compiler, data, document)
    except RuntimeError as problem:
        if UNDRAWN not in str(problem):
            raise
        return _print(compiler, printable.drawn(data), document)


def _print(compiler: typst.Compiler, data: Mapping[str, Any], document: bytes) -> bytes:
    said = {"data": json.dumps(data, ensure_ascii=False), "document": document.decode()}
    return printed_as(compiler, said)


def printed_as(compiler: typst.Compiler, inputs: Mapping[str, str]) -> bytes:
    """What a template prints of its inputs, as PDF/A-3b."""
    pdf = compiler.compile(format="pdf", sys_inputs=dict(inputs), pdf_standards=["a-3b"])
    if not isinstance(pdf, bytes):
        raise TypeError("one document was asked for and typst gave several")
    return pdf


def compiler_of(template: str) -> typst.Compiler:
    """The compiler of a template, kept. Raises UnknownTemplate."""
    kept: dict[str, typst.Compiler] = _kept.__dict__.setdefault("compilers", {})
    if template not in kept:
        path = TEMPLATES / template
        if path.parent != TEMPLATES or not path.is_file() or template == "sheet.typ":
            raise UnknownTemplate(f"there is no template {template!r}; they stand in documents/templates")
        kept[template] = typst.Compiler(str(path), root=str(TEMPLATES), sys_inputs={"data": "null"})
    return kept[template]
