"""The sheet of main requirements as a fragment of HTML and as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap
from xml.etree.ElementTree import Element

from qyzmet.regulation.clause_words import clause_in_words
from qyzmet.regulation.printing.markup import element, html
from qyzmet.regulation.printing.sheet import Item, Sheet, SheetRow

__all__ = ["sheet_html", "sheet_text"]


def sheet_html(sheet: Sheet) -> str:
    """A table of three columns: number, heading, what the service requires."""
    rows = element("tbody", (_row(row, sheet.language) for row in sheet.rows))
    return html(
        element(
            "table",
            element("caption", f"{sheet.title}: {sheet.name}"),
            rows,
            class_="sheet",
            lang=sheet.language,
            data_service=sheet.service,
            data_edition=sheet.edition,
        )
    )


def _row(row: SheetRow, language: str) -> Element:
    return element(
        "tr",
        element("td", str(row.number), class_="sheet-number"),
        element("th", row.name, scope="row"),
        element("td", _items(row.items, language)),
        id=f"sheet-{row.key}",
    )


def _items(items: tuple[Item, ...], language: str) -> list[Element]:
    """One thing said is a paragraph; several are a list."""
    if len(items) == 1 and not items[0].items:
        return [element("p", *_words(items[0], language))]
    listed = (element("li", *_words(item, language), _items(item.items, language)) for item in items)
    return [element("ul", listed)] if items else []


def _words(item: Item, language: str) -> Iterator[str | Element]:
    """What is said, with its clause in the words of the law; the id itself stands in the title."""
    yield item.text
    if item.cite is not None:
        yield " "
        yield element("cite", clause_in_words(item.cite, language), title=item.cite)


def sheet_text(sheet: Sheet) -> str:
    """Markdown that reads as plain text: the ten rows numbered, what they say in lists."""
    lines = [f"# {sheet.title}", f"## {sheet.name}", f"{sheet.service} {sheet.edition}", ""]
    for row in sheet.rows:
        lines += [f"{row.number}. **{row.name}**", *_listed(row.items, 1), ""]
    return "\n".join(lines)


def _listed(items: Iterable[Item], depth: int) -> Iterator[str]:
    pad = "   " * depth
    for item in items:
        words = f"{item.text} [{item.cite}]" if item.cite else item.text
        first, *more = wrap(words, 100, break_long_words=False) or [""]
        yield f"{pad}- {first}"
        yield from (f"{pad}  {line}" for line in more)
        yield from _listed(item.items, depth + 1)
