"""Which of the words people read have been reviewed, by file and language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from qyzmet.office.administering.gate import administrator
from qyzmet.office.administering.listing import Cell, draw_list, listing, tag
from qyzmet.pages.reviews import Counted, counted, total
from qyzmet.pages.words import LANGUAGES, say

__all__ = ["left_words", "texts"]

PAGE = "admin-texts"


@administrator
def texts(request: HttpRequest) -> HttpResponse:
    """Every file with texts; the whole number stands on the overview."""
    rows = (
        ("", (each.file, *(_cell(each, language) for language in LANGUAGES), str(each.doubted)))
        for each in counted().values()
    )
    found = listing(PAGE, ("file", *(f"in-{language}" for language in LANGUAGES), "doubted"), rows)
    return draw_list(request, PAGE, found)


def left_words() -> str:
    """How many texts nobody has reviewed, in one sentence; empty when there are none."""
    files = counted()
    left = {language: every - read for language in LANGUAGES for read, every in [total(files, language)]}
    return say(f"{PAGE}.left", count=left["kk"], ru=left["ru"], en=left["en"]) if any(left.values()) else ""


def _cell(each: Counted, language: str) -> str | Cell:
    read, every = each.reviewed[language], each.texts[language]
    said = say(f"{PAGE}.read-of", read=read, every=every)
    return tag(said, "done") if read == every else said
