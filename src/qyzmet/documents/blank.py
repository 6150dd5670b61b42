"""A service's application form with nothing in it, as PDF, for those who write by hand: on the service's page
for everybody, and at the window where applications are taken in.

Cites: M262 private §17; M262 permanent §17; M262 paid §17; M262 gratuitous §17; M262 private an.1;
    M262 permanent an.1; M262 paid an.1; M262 gratuitous an.1; O109 an.1 addressee; O109 an.1 title.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import segno

from qyzmet.documents.phrases import LANGUAGES, texts, words_of
from qyzmet.documents.render import compiler_of, printed_as
from qyzmet.regulation.model import Field, Only, Package
from qyzmet.regulation.printing.phrases import condition_words

__all__ = ["blank_form"]

LONG = {"long-text", "address"}


def blank_form(
    package: Package, *, address: str, day: date, languages: tuple[str, ...] = ("kk", "ru")
) -> bytes:
    """The form as PDF/A-3b. `address`: where the service is found, printed as a QR code too; `day`: of
    printing."""
    qr = segno.make(address, error="m").svg_inline(border=0, dark="#14212b")
    data = {
        "languages": languages,
        "day": [day.year, day.month, day.day],
        "title": words_of(package.name),
        "provider": words_of(package.provider),
        "edition": f"{package.service} {package.edition}",
        "address": address,
        "qr": qr.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1),
        "choices": [[words_of(o.name) for o in options.values()] for options in package.variants.values()],
        "sections": [
            {
                "name": words_of(section.name),
                "only": _only(package, section.only),
                "fields": [_field(package, field) for field in section.fields.values()],
            }
            for section in package.form.values()
        ],
        "documents": [words_of(document.name) for document in package.documents.values()],
        "words": texts()["blank"],
    }
    return printed_as(compiler_of("blank.typ"), {"data": json.dumps(data, ensure_ascii=False)})


def _field(package: Package, field: Field) -> dict[str, Any]:
    said = texts()["blank"]
    ticks: list[Mapping[str, str]] = [words_of(each) for each in (field.choices or {}).values()]
    if field.type == "yes-no":
        ticks = [said["yes"], said["no"]]
    if field.type == "consent":
        ticks = [said["agree"]]
    columns = (field.of or {}).values() if field.type == "rows" else ()
    return {
        "name": words_of(field.name),
        "only": _only(package, field.only),
        "choices": ticks,
        "columns": [words_of(column.name) for column in columns],
        "lines": 2 if field.type in LONG else 1,
    }


def _only(package: Package, only: Only | None) -> dict[str, str] | None:
    return {lang: condition_words(package, only, lang) for lang in LANGUAGES} if only else None
