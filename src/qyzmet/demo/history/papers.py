"""The papers applicants attach: one readable page for each kind of document, marked as a sample."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

import typst

from qyzmet.cases import blobs
from qyzmet.regulation.model import Package

__all__ = ["forget", "papers_for"]

PAGE = """#set page(paper: "a5", margin: 20mm)
#set text(lang: "kk", size: 11pt)
#let said = json(bytes(sys.inputs.said))
#text(size: 9pt)[ҮЛГІ · ОБРАЗЕЦ · SAMPLE]
#v(20mm)
#text(size: 15pt, weight: "bold")[#said.kk]
#v(4mm)
#text(size: 12pt)[#said.ru]
"""


def papers_for(package: Package, key: str, now: datetime) -> list[dict[str, Any]]:
    """What is attached as the document `key`; the bytes are in the store."""
    name = package.documents[key].name
    digest, size = _stored(name.kk, name.in_language("ru"), now)
    return [{"name": f"{key}.pdf", "size": size, "sha256": digest}]


def forget() -> None:
    """Let go of what is in a store that may not be the next one."""
    _in_store.clear()


_in_store: dict[str, tuple[str, int]] = {}


def _stored(kk: str, ru: str, now: datetime) -> tuple[str, int]:
    if kk not in _in_store:
        data = _printed(kk, ru)
        _in_store[kk] = blobs.put(data, "application/pdf", now=now), len(data)
    return _in_store[kk]


@lru_cache(maxsize=512)
def _printed(kk: str, ru: str) -> bytes:
    said = json.dumps({"kk": kk, "ru": ru}, ensure_ascii=False)
    made = typst.compile(PAGE.encode(), format="pdf", sys_inputs={"said": said})
    if not isinstance(made, bytes):
        raise TypeError(f"one page was asked for and typst gave several: {kk}")
    return made
