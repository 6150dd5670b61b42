"""The page of the contact sheet: roles, their pages, a row of thumbnails for each, and what axe found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.reach.sheet import Seen

__all__ = ["write"]

LOOK = """
body { font: 15px/1.5 system-ui, "Noto Sans", sans-serif; margin: 0; color: #14212b; }
header, main { padding: 16px 24px; } header { border-top: 4px solid #00606e; border-bottom: 1px solid #c3ced4; }
h1 { font-size: 1.5rem; margin: 0 0 8px; } h2 { margin: 32px 0 8px; } h3 { font-size: 1rem; margin: 24px 0 4px; }
nav a { margin-right: 16px; } a { color: #00606e; }
.row { display: flex; gap: 12px; overflow-x: auto; padding: 4px 0; } figure { margin: 0; flex: none; }
img { display: block; height: 300px; width: auto; max-width: 420px; object-fit: cover; object-position: top left;
  border: 1px solid #c3ced4; }
figcaption { font-size: 0.8rem; color: #4d5b66; }
table { border-collapse: collapse; } td, th { text-align: left; padding: 4px 12px 4px 0; border-bottom: 1px solid #c3ced4; }
.bad { color: #a3231f; font-weight: 600; } .good { color: #1b6035; font-weight: 600; }
"""


def write(path: Path, seen: Sequence[Seen], languages: Sequence[str], widths: Sequence[int]) -> None:
    """Write it beside its pictures."""
    path.write_text("\n".join(_lines(seen, languages, widths)), encoding="utf-8")


def _lines(seen: Sequence[Seen], languages: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    roles = list(dict.fromkeys(one.role for one in seen))
    pictures = sum(len(one.pictures) for one in seen)
    yield f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Qyzmet: contact sheet</title><style>{LOOK}</style></head><body>'
    yield f"<header><h1>Qyzmet: contact sheet</h1><p>{len(seen)} pages of {len(roles)} roles in {', '.join(languages)}"
    yield f" at {' and '.join(map(str, widths))} px: {pictures} pictures, axe on every one.</p>"
    yield "<nav>" + "".join(f'<a href="#{role}">{role}</a>' for role in roles) + "</nav></header><main>"
    yield from _faults(seen)
    for role, pages in groupby(seen, key=lambda one: one.role):
        yield f'<h2 id="{role}">{role}</h2>'
        for one in pages:
            yield f"<h3>{escape(one.name)} <small>{escape(one.path)}</small></h3><div class='row'>"
            for language in languages:
                for width in widths:
                    name = one.pictures[language, width]
                    label = f"{language} {width}"
                    yield f'<figure><a href="{name}"><img src="{name}" alt="{escape(one.name)}, {label}" loading="lazy"></a><figcaption>{label}</figcaption></figure>'
            yield "</div>"
    yield "</main></body></html>"


def _faults(seen: Sequence[Seen]) -> Iterator[str]:
    rows = [(one, language, width, fault) for one in seen for language, width, fault in one.faults]
    rules = sum(not fault.advice for *_, fault in rows)
    kind = "bad" if rules else "good"
    yield f"<h2>axe</h2><p class='{kind}'>{rules} violations of WCAG 2.2 A and AA; {len(rows) - rules} pieces of advice</p>"
    if not rows:
        return
    yield "<table><thead><tr><th>rule</th><th>kind</th><th>role</th><th>page</th><th>where</th><th>says</th></tr></thead><tbody>"
    for one, language, width, fault in rows:
        where = "; ".join(target for target, _, _ in fault.where)
        cells = (
            fault.rule,
            "advice" if fault.advice else "violation",
            one.role,
            f"{one.path} {language} {width}",
            where,
            fault.says,
        )
        yield "<tr>" + "".join(f"<td>{escape(each)}</td>" for each in cells) + "</tr>"
    yield "</tbody></table>"
