"""What stands on an issued document, as data: one shape for every template.

Texts are given in each language of the document; a template lays out the parts that are there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import segno

__all__ = ["Content", "Day", "Grounded", "Row", "Signer", "Verification", "Words", "verification"]

Words = Mapping[str, str]
"""Language ('kk', 'ru', 'en') → text."""

VERIFY_WORDS = {
    "kk": "Құжаттың түпнұсқалығын осы код бойынша тексеріңіз:",
    "ru": "Проверьте подлинность документа по этому коду:",
    "en": "Check that the document is genuine by this code:",
}
DAYS_TITLE = {"kk": "Бұл күн неге осындай", "ru": "Почему эта дата", "en": "Why this date"}


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled value."""

    label: Words
    value: str


@dataclass(frozen=True, slots=True)
class Grounded:
    """A ground with its clause and the official's own reason."""

    name: Words
    clause: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the strip: `state` is counted, skipped or suspended; `why` says so in words."""

    date: str
    weekday: str
    state: str
    why: Words


@dataclass(frozen=True, slots=True)
class Signer:
    post: Words
    name: str


@dataclass(frozen=True, slots=True)
class Verification:
    code: str
    address: str
    qr: str
    words: Words


def verification(code: str, address: str) -> Verification:
    """The check code with its address and the QR of that address as SVG text."""
    svg = segno.make(address, error="m").svg_inline(border=0, dark="#14212b")
    return Verification(
        code, address, svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1), VERIFY_WORDS
    )


@dataclass(frozen=True, slots=True)
class Content:
    """Everything printed on one document.

    `issued` is the day of issue, `date` the same in words; `body` gives paragraphs by language; `sample` is a
    banner over demo data; `replaces` is the number of the document this one is issued instead of.
    """

    languages: tuple[str, ...]
    issuer: Words
    title: Words
    number: str
    date: str
    issued: dt.date
    body: Mapping[str, tuple[str, ...]]
    addressee: tuple[str, ...] | None = None
    rows: tuple[Row, ...] = ()
    grounds: tuple[Grounded, ...] = ()
    days: tuple[Day, ...] = ()
    signer: Signer | None = None
    verify: Verification | None = None
    sample: Words | None = None
    replaces: str = ""
    days_title: Words = field(default_factory=lambda: DAYS_TITLE)

    def as_json(self) -> dict[str, Any]:
        """Plain values for the template, keys with dashes."""
        plain = asdict(self) | {"issued": [self.issued.year, self.issued.month, self.issued.day]}
        return {key.replace("_", "-"): value for key, value in plain.items()}

    def as_data(self) -> dict[str, Any]:
        """What is printed, as data: the same without what is only drawn."""
        data = self.as_json()
        data["issued"] = self.issued.isoformat()
        if self.verify is not None:
            data["verify"] = {"code": self.verify.code, "address": self.verify.address}
        return data
