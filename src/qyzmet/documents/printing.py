"""Source → a printed document: number, code, content and the bytes of its PDF before the seal."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785
from django.conf import settings

from qyzmet.documents.compose import compose
from qyzmet.documents.content import Content
from qyzmet.documents.render import render
from qyzmet.documents.sources import Source

__all__ = ["ALPHABET", "Printed", "address_of", "new_code", "print_document"]

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter is mistaken for a digit when a code is read out."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A document before its seal. `data` is what is printed, as data: the `document.json` inside the PDF."""

    number: str
    code: str
    template: str
    pdf: bytes
    data: Mapping[str, Any]


def print_document(source: Source, number: str, *, at: datetime, replaces: str = "") -> Printed:
    """Print what the source says under a number and a new code, as of `at`."""
    code = new_code()
    content = compose(
        source, number=number, code=code, address=address_of(code), at=at, sample=not settings.PRODUCTION,
        replaces=replaces,
    )  # fmt: skip
    case = source.case
    about = {
        "document": source.issued, "case": case.number or case.ref, "service": case.service,
        "edition": source.law.name, "clause": source.rule.cite,
    }  # fmt: skip
    return printed(source.rule.template or "notice.typ", content, about)


def printed(template: str, content: Content, about: Mapping[str, str]) -> Printed:
    """Print composed content with its data inside; `about` says where the document belongs."""
    if content.verify is None:
        raise ValueError("an issued document has a code")
    data = content.as_data() | {"v": 1, "kind": "document", **about}
    canonical = rfc8785.dumps(json.loads(json.dumps(data, ensure_ascii=False)))
    return Printed(content.number, content.verify.code, template, render(template, content, canonical), data)


def new_code() -> str:
    """Sixteen signs nobody can guess, in groups of four."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(16))
    return "-".join(signs[i : i + 4] for i in range(0, 16, 4))


def address_of(code: str) -> str:
    """Where people check a code."""
    return f"{settings.QYZMET_ADDRESS}/verify/{code}"
