"""Step tables and the business-process reference as HTML fragments and as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element

from qyzmet.regulation.model import Package
from qyzmet.regulation.printing.markup import element, html
from qyzmet.regulation.printing.reference import Entry, Reference, reference
from qyzmet.regulation.printing.tables import Grouped, StepTable, step_tables
from qyzmet.regulation.printing.words import Language, say

__all__ = ["tables_html", "tables_text"]

_COLUMNS = ("number", "functional-unit", "action", "makes", "limit", "next")


def tables_html(
    package: Package, lang: Language, channel: str | None = None, variant: Mapping[str, str] | None = None
) -> str:
    """Every table the package prints, then the reference, each a `<table>` in its own scrolling frame."""
    parts = [_step_table(table, lang) for table in step_tables(package, lang, channel, variant)]
    parts.append(_reference(reference(package, lang, channel, variant), lang))
    return html(*(element("div", part, class_="table-frame", tabindex="0", lang=lang) for part in parts))


def _step_table(table: StepTable, lang: Language) -> Element:
    head = element("caption", table.name)
    if table.cite:
        head.append(element("cite", table.cite))
    if table.grouped is not None:
        return _table(f"table-{table.id}", head, table.grouped.columns, _grouped_rows(table.grouped, lang))
    rows = (
        element(
            "tr",
            (element("td", cell) for cell in (r.number, r.unit, r.action, r.makes, r.within, r.next)),
            data_step=r.step,
            title=r.cite,
        )
        for r in table.rows
    )
    return _table(f"table-{table.id}", head, [say(key, lang) for key in _COLUMNS], rows)


def _grouped_rows(grouped: Grouped, lang: Language) -> Iterable[Element]:
    for action in grouped.actions:
        cell = element(
            "td",
            element("strong", say("action-number", lang, n=action.number)),
            element("p", action.text),
            *([element("p", action.within, class_="limit")] if action.within else []),
        )
        yield _in_column(cell, action.column, len(grouped.columns))


def _reference(found: Reference, lang: Language) -> Element:
    rows = (_in_column(_entry(entry, lang), entry.column, len(found.actors)) for entry in found.entries)
    return _table("reference-table", element("caption", found.name), found.actors, rows)


def _entry(entry: Entry, lang: Language) -> Element:
    number = f"{entry.row}."
    cell = element("td", element("strong", f"{number} {entry.text}"), class_=f"entry-{entry.kind}")
    if entry.within:
        cell.append(element("p", entry.within, class_="limit"))
    if entry.onward:
        said = (element("li", f"{o.when} → {o.row}" if o.when else f"→ {o.row}") for o in entry.onward)
        cell.append(element("ul", said, class_="onward", aria_label=say("flow", lang)))
    return cell


def _in_column(cell: Element, column: int, columns: int) -> Element:
    return element("tr", (cell if place == column else element("td") for place in range(columns)))


def _table(key: str, caption: Element, columns: Sequence[str], rows: Iterable[Element]) -> Element:
    head = element("thead", element("tr", (element("th", name, scope="col") for name in columns)))
    return element("table", caption, head, element("tbody", rows), id=key, class_="act-table")


def tables_text(
    package: Package, lang: Language, channel: str | None = None, variant: Mapping[str, str] | None = None
) -> str:
    """The same as Markdown tables."""
    parts: list[str] = []
    for table in step_tables(package, lang, channel, variant):
        parts += [f"## {table.name}", f"[{table.cite}]" if table.cite else "", *_lines(table, lang), ""]
    found = reference(package, lang, channel, variant)
    parts += [f"## {found.name}", ""]
    for entry in found.entries:
        onward = ", ".join(f"{o.when} → {o.row}" if o.when else f"→ {o.row}" for o in entry.onward)
        words = [f"{entry.row}. **{found.actors[entry.column]}**: {entry.text}", entry.within, onward]
        parts.append("; ".join(filter(None, words)))
    return "\n".join(parts) + "\n"


def _lines(table: StepTable, lang: Language) -> Iterable[str]:
    if table.grouped is not None:
        for action in table.grouped.actions:
            column = table.grouped.columns[action.column]
            within = f" ({action.within})" if action.within else ""
            yield f"- {say('action-number', lang, n=action.number)} – {column}: {action.text}{within}"
        return
    yield _line([say(key, lang) for key in _COLUMNS])
    yield _line(["---"] * len(_COLUMNS))
    for row in table.rows:
        yield _line([row.number, row.unit, row.action, row.makes, row.within, row.next])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
