"""What people type is printed as they typed it, or as nearly as a page can show it; it is never obeyed."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from qyzmet.documents.content import Row
from qyzmet.documents.render import render
from tests.documents.test_render import NOTICE


def printed(text: str) -> str:
    rows = (Row({"kk": "Мекенжайы", "ru": "Адрес"}, text),)
    pdf = render("notice.typ", replace(NOTICE, addressee=("Әбенова",), rows=rows))
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize(
    "typed",
    [
        '#panic("stop") #image("/etc/passwd") #eval("1 + 1")',
        "$x^2$ @ref <label> *bold* _thin_ `code` = head",
        "\\ [content] {code} // note /* note */",
        "<script>alert(1)</script> O'Neil & Co",
        "{0} {name} %s %(x)d",
    ],
)
def test_what_looks_like_a_command_is_text(typed: str) -> None:
    assert typed in printed(typed)


@pytest.mark.parametrize("sign", ["😀", "👩‍👩‍👧", "漢", "\ufffe", "\ue000", "\U0010ffff", "ก"])
def test_a_sign_no_font_draws_stops_no_document(sign: str) -> None:
    words = printed(f"Әбенова {sign} Гүлназ, «Өтеген» № 7, 5 ₸")
    assert "Әбенова" in words
    assert "Гүлназ, «Өтеген» № 7, 5 ₸" in words


@pytest.mark.parametrize("word", ["ж" * 40_000, "a" * 70_000, "W" * 300])
def test_a_word_longer_than_the_page_is_broken(word: str) -> None:
    assert word[:40] in printed(word)


@pytest.mark.parametrize("typed", ["\u202eабв", "a\u0007b\x1b", "бір\r\nекі", "\u200f\u0627\u0644"])
def test_marks_that_turn_or_ring_do_no_harm(typed: str) -> None:
    assert "Мекенжайы" in printed(typed)
