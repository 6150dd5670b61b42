"""Content → PDF/A-3b by typst, in this process.

A compiler is kept per thread and template: starting one reads the fonts, using it again takes milliseconds.
"""

from __future__ import annotations

import json
import threading
from pathlib import Path

import typst

from qyzmet.documents.content import Content

__all__ = ["TEMPLATES", "UnknownTemplate", "render"]

TEMPLATES = Path(__file__).parent / "templates"

_kept = threading.local()


class UnknownTemplate(LookupError):
    """A package names a template that is not in `documents/templates`."""


def render(template: str, content: Content) -> bytes:
    """Print `content` on a template (`notice.typ`); returns the bytes of a PDF/A-3b.

    Raises UnknownTemplate.
    """
    data = json.dumps(content.as_json(), ensure_ascii=False)
    pdf = _compiler(template).compile(format="pdf", sys_inputs={"data": data}, pdf_standards=["a-3b"])
    if not isinstance(pdf, bytes):
        raise TypeError("one document was asked for and typst gave several")
    return pdf


def _compiler(template: str) -> typst.Compiler:
    kept: dict[str, typst.Compiler] = _kept.__dict__.setdefault("compilers", {})
    if template not in kept:
        path = TEMPLATES / template
        if path.parent != TEMPLATES or not path.is_file() or template == "sheet.typ":
            raise UnknownTemplate(f"there is no template {template!r}; they stand in documents/templates")
        kept[template] = typst.Compiler(str(path), root=str(TEMPLATES), sys_inputs={"data": "null"})
    return kept[template]
