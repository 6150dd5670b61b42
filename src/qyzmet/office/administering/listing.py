"""Lists: heads, rows, a search over all that is shown, twenty-five to a page, an empty state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from qyzmet.office.administering.gate import show
from qyzmet.office.administering.history import Event
from qyzmet.pages.words import say

__all__ = ["Cell", "Listing", "Row", "Thing", "draw_list", "draw_thing", "listing", "tag"]

A_PAGE = 25
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """A word, with a sign beside it if `sign` is one of the stylesheet's; `label` is its head on a phone,
    `note` a small second line."""

    text: str
    sign: str = ""
    label: str = ""
    href: str = ""
    note: str = ""


def tag(text: str, sign: str) -> Cell:
    """A state: a word, a sign and a colour."""
    return Cell(text, sign)


@dataclass(frozen=True, slots=True)
class Row:
    """`href` is what the first cell leads to."""

    href: str
    cells: tuple[Cell, ...]

    @property
    def folded(self) -> str:
        return " ".join(f"{cell.text} {cell.note}" for cell in self.cells).casefold()


@dataclass(frozen=True, slots=True)
class Listing:
    """A table with a name. `empty` is said when there is nothing in it."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing: its facts (`Cell`s may carry a state), what can be done to it, what belongs to it."""

    title: str
    facts: Sequence[tuple[str, Cell]]
    actions: Sequence[tuple[str, str]] = ()
    tables: Sequence[Listing] = ()
    events: Sequence[Event] = ()
    note: str = ""


def listing(
    page: str,
    heads: Sequence[str],
    rows: Iterable[tuple[str, Sequence[str | Cell]]],
    title: str = "",
    empty: str = "",
) -> Listing:
    """Heads are keys of the section's texts, rows an address and as many cells."""
    labels = tuple(say(f"{page}.{head}") for head in heads)
    made = tuple(
        Row(href, tuple(_cell(c, label) for c, label in zip(cells, labels, strict=True)))
        for href, cells in rows
    )
    return Listing(title or say(f"{page}.title"), labels, made, empty or say(f"{page}.empty"))


def _cell(given: str | Cell, label: str) -> Cell:
    return replace(given, label=label) if isinstance(given, Cell) else Cell(given, label=label)


def draw_list(
    request: HttpRequest,
    page: str,
    found: Listing,
    *,
    actions: Sequence[tuple[str, str]] = (),
    beside: Sequence[Listing] = (),
    searched: bool = False,
    what: str | None = None,
    **more: Any,
) -> HttpResponse:
    """A section's first page, kept to the words of `?q=` (already, when `searched`)."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    rows = found.rows
    if words and not searched:
        rows = tuple(row for row in rows if all(w in row.folded for w in words.casefold().split()))
    first = _first(request.GET.get("from", ""), len(rows))
    context = {
        "title": found.title,
        "what": say(f"{page}.what") if what is None else what,
        "list": replace(found, rows=rows[first : first + A_PAGE]),
        "beside": beside,
        "words": "",
        "kept": words,
        "count": len(rows),
        "earlier": max(first - A_PAGE, 0) if first else None,
        "later": first + A_PAGE if first + A_PAGE < len(rows) else None,
        "actions": actions,
        **more,
    }
    return show(request, "list.html", context, at=page.removeprefix("admin-"))


def _first(given: str, count: int) -> int:
    first = int(given) if given.isdecimal() and len(given) < 9 else 0
    return first if first < count else 0


def draw_thing(request: HttpRequest, page: str, thing: Thing) -> HttpResponse:
    """A thing's page."""
    back = f"/office/admin/{page.removeprefix('admin-')}/"
    context = {"thing": thing, "back": back, "back_to": say(f"{page}.title")}
    return show(request, "thing.html", context, at=page.removeprefix("admin-"))
