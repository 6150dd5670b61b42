"""A hint of the form is read in the portal and at the window, so it is true of an applicant in both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from qyzmet.regulation.model import Field
from tests.cases.town import SHIPPED, shipped

OWN = {
    "kk": re.compile(r"есептік жазба|[Сс]ізбен|[Сс]іздің|[Өө]зіңіз|отбасыңыз"),
    "ru": re.compile(r"учётн\w+ запис|\b[Вв]ас\b|\bвы\b|\bвам(и)?\b|\bваш\w*|\b[Сс]ебя\b"),
    "en": re.compile(r"\byou(r|rself)?\b", re.IGNORECASE),
}
BASES = {"subsidy"}
"""What others extend and nobody applies for."""
SERVICES = sorted({path.parts[-3] for path in SHIPPED.glob("*/*/service.yaml")} - BASES)


@pytest.mark.parametrize("service", SERVICES)
def test_a_hint_speaks_of_the_applicant_and_not_of_who_reads_it(service: str) -> None:
    sections = shipped(service).form.values()
    hints = [each.help for each in sections if each.help]
    hints += [f.help for section in sections for f in fields(section.fields) if f.help]
    found = [(hint.in_language(lang), own) for hint in hints for lang, own in OWN.items()]
    assert [words for words, own in found if own.search(words)] == []


def fields(of: Mapping[str, Field]) -> Iterator[Field]:
    for field in of.values():
        yield field
        yield from fields(field.of or {})
