"""What stands on an issued document, as data: one shape for every template.

Texts are given in each language of the document; a template lays out the parts that are there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import segno

__all__ = ["Content", "Day", "Grounded", "Row", "Signer", "Verification", "Voted", "Words", "verification"]

Words = Mapping[str, str]
"""Language ('kk', 'ru', 'en') → text."""

VERIFY_WORDS = {
    "kk": "Құжаттың түпнұсқалығын осы код бойынша тексеріңіз:",
    "ru": "Проверьте подлинность документа по этому коду:",
    "en": "Check that the document is genuine by this code:",
}
DAYS_TITLE = {"kk": "Бұл күн неге осындай", "ru": "Почему эта дата", "en": "Why this date"}

WORDS: Mapping[str, Words] = {
    "copy": {"kk": "Дана", "ru": "Экземпляр", "en": "Copy"},
    "member": {"kk": "Комиссия мүшесі", "ru": "Член комиссии", "en": "Member"},
    "vote": {"kk": "Дауысы", "ru": "Голос", "en": "Vote"},
    "chair": {"kk": "төраға", "ru": "председатель", "en": "chair"},
    "reason": {"kk": "Уәжі", "ru": "Мотивировка", "en": "Reason"},
}


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled value: the same in every language, or one for each."""

    label: Words
    value: str | Words


@dataclass(frozen=True, slots=True)
class Grounded:
    """A ground with its clause, in words of each language or by its id, and the official's own reason.

    `cite` is the clause's id beside the words; it is kept in the data and not printed.
    """

    name: Words
    clause: str | Words
    reason: str | None = None
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Voted:
    """A member of a commission and how they voted; `note` is why one did not take part."""

    name: str
    said: Words
    chair: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the strip: `state` is counted, skipped or suspended; `why` says so in words."""

    date: str
    weekday: str
    state: str
    why: Words


@dataclass(frozen=True, slots=True)
class Signer:
    """The official whose decision it is, with the post they hold."""

    post: Words
    name: str


@dataclass(frozen=True, slots=True)
class Verification:
    """How a reader checks it: code, web address, the QR of that address (SVG text), the words before it."""

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

    `issued` is the day of issue, `date` the same in words. `body` gives paragraphs by language before what
    was recorded, `closing` those after it; `layout` sets the languages one under the other or side by side.
    `lines` are left empty for signatures by hand. `sample` is a banner over demo data; `replaces` is the
    number of the document this one is issued instead of; `standing` says what an electronic document is
    worth.
    """

    languages: tuple[str, ...]
    issuer: Words
    title: Words
    number: str
    date: str | Words
    issued: dt.date
    body: Mapping[str, tuple[str, ...]]
    addressee: tuple[str, ...] | None = None
    rows: tuple[Row, ...] = ()
    votes: tuple[Voted, ...] = ()
    grounds: tuple[Grounded, ...] = ()
    closing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: tuple[Day, ...] = ()
    signer: Signer | None = None
    lines: tuple[Words, ...] = ()
    verify: Verification | None = None
    sample: Words | None = None
    standing: Words | None = None
    replaces: Words | None = None
    copies: int = 1
    layout: Literal["under", "beside"] = "under"
    days_title: Words = field(default_factory=lambda: DAYS_TITLE)
    words: Mapping[str, Words] = field(default_factory=lambda: WORDS)

    def as_json(self) -> dict[str, Any]:
        """Plain values for the template, keys with dashes."""
        plain = asdict(self) | {"issued": [self.issued.year, self.issued.month, self.issued.day]}
        plain["date"] = self._each(self.date)
        for row in plain["rows"]:
            row["value"] = self._each(row["value"])
        return {key.replace("_", "-"): value for key, value in plain.items()}

    def as_data(self) -> dict[str, Any]:
        """What is printed, as data: the same without what is only drawn."""
        data = self.as_json()
        for drawn in ("words", "layout", "days-title", "lines"):
            del data[drawn]
        data["issued"] = self.issued.isoformat()
        if self.verify is not None:
            data["verify"] = {"code": self.verify.code, "address": self.verify.address}
        return data

    def _each(self, value: str | Words) -> dict[str, str]:
        if isinstance(value, str):
            return dict.fromkeys(self.languages, value)
        return {language: value[language] for language in self.languages}
