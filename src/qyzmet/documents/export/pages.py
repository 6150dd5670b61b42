"""Pages of an exported case, each whole in one file and in three languages: index, dates, decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from qyzmet.cases.models import Case
from qyzmet.documents.export.decision_rows import rows_of
from qyzmet.documents.export.words import LANGUAGES, say
from qyzmet.identity import written_moment

__all__ = ["dates_page", "decision_rows", "decisions_page", "index_page"]

NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
STYLE = (
    "body{font:16px/1.5 'Noto Sans',system-ui,sans-serif;color:#14212b;background:#fff;max-width:60rem;"
    "margin:2rem auto;padding:0 1rem}a{color:#00606e}table{border-collapse:collapse;width:100%}"
    "td,th{border-bottom:1px solid #c9d3d8;padding:.25rem .5rem;text-align:left;vertical-align:top}"
    "code{font-size:.8rem;overflow-wrap:anywhere}.num{text-align:right;font-variant-numeric:tabular-nums}"
    "section+section{margin-top:3rem;border-top:2px solid #00606e}.sample{border:2px solid #b35900;"
    "padding:.5rem}@media print{nav{display:none}section{break-before:page}}"
)


def index_page(index: Mapping[str, Any]) -> bytes:
    """Everything in the ZIP, by part, each file with its size and SHA-256."""
    number = index["case"]["number"] or index["case"]["ref"]
    title = say("index.title", number=number)
    return _page(title, {language: _index_in(index, title, language) for language in LANGUAGES})


def _index_in(index: Mapping[str, Any], title: Mapping[str, str], language: str) -> str:
    case = index["case"]
    rows = [
        ("index.service", case["name"][language]),
        ("index.edition", case["edition"]),
        *(
            (f"index.{key}", _moment(case[f"{key}_at"], language))
            for key in ("received", "registered", "ended")
        ),
        ("index.due", _moment(case["due"], language)),
        ("index.made", _moment(index["made_at"], language)),
    ]
    parts = [f"<h1>{escape(title[language])}</h1>"]
    if index["sample"]:
        parts.append(f'<p class="sample">{_say("index.sample", language)}</p>')
    parts.append(f"<p>{_say('index.about', language)}</p><p>{_say('index.how', language)}</p>")
    parts.append("<pre><code>python3 -I verifier/verify.py</code></pre>")
    parts.append(_table([(_say(key, language), escape(value)) for key, value in rows if value]))
    for group, names in index["groups"].items():
        files = [each for each in index["files"] if each["group"] == group]
        if files:
            parts.append(f"<h2>{escape(names[language])}</h2>{_files(files, language)}")
    return "".join(parts)


def _files(files: Iterable[Mapping[str, Any]], language: str) -> str:
    names = [_say("index.file", language), _say("index.size", language), "SHA-256"]
    head = "<tr>" + "".join(f"<th>{each}</th>" for each in names) + "</tr>"
    lines = []
    for each in files:
        title = each["title"] if isinstance(each["title"], str) else each["title"].get(language, "")
        name = escape(each["name"])
        said = f"<br>{escape(title)}" if title and title != each["name"] else ""
        lines.append(
            f'<tr><td><a href="{name}">{name}</a>{said}</td><td class="num">{each["size"]}</td>'
            f"<td><code>{each['sha256']}</code></td></tr>"
        )
    return f"<table>{head}{''.join(lines)}</table>"


def dates_page(case: Case, deadlines: Iterable[Mapping[str, Any]]) -> bytes:
    """Every date with each day counted or skipped, and the act behind it."""
    told = list(deadlines)
    title = say("dates.title", number=case.number or case.ref)
    body = {
        language: f"<h1>{escape(title[language])}</h1>" + "".join(_date(each, language) for each in told)
        for language in LANGUAGES
    }
    return _page(title, body)


def _date(each: Mapping[str, Any], language: str) -> str:
    basis = each["basis"]
    if each["duty"] == "term":
        name = _say("dates.term", language)
    else:
        name = escape(say("dates.step", duty=each["duty"])[language])
    due = _moment(each["due"], language) or say("dates.none")[language]
    length = str(basis.get("term") or basis.get("before_term_end") or "")
    rows = [
        (_say("dates.due", language), f"<b>{escape(due)}</b>"),
        (_say("dates.length", language), escape(length)),
        (_say("dates.from", language), escape(_moment(basis.get("start"), language))),
        (_say("dates.clause", language), escape(str(basis.get("cite", "")))),
        (_say("dates.calendar", language), f"<code>{escape(str(basis.get('calendar') or ''))}</code>"),
    ]
    days = [
        f"<tr><td>{day['date']}</td><td>{_say('dates.yes' if day['counted'] else 'dates.no', language)}</td>"
        f"<td>{escape(why[language])}</td></tr>"
        for day, why in zip(basis.get("days", ()), each["why"], strict=True)
    ]
    head = "".join(f"<th>{_say(f'dates.{key}', language)}</th>" for key in ("day", "counted", "why"))
    table = f"<table><tr>{head}</tr>{''.join(days)}</table>" if days else ""
    return f"<h2>{name}</h2>{_table(rows)}{table}"


def decision_rows(said: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """What a receipt shows in one language: labels and values, both escaped HTML."""
    return [(_say(key, language), value) for key, value in rows_of(said, language) if value]


def decisions_page(told: Sequence[Mapping[str, Any]]) -> bytes:
    """The receipts of decisions for people, to read and to print."""
    title = say("decision.title")
    none = say("decision.none")
    body = {
        language: f"<h1>{escape(title[language])}</h1>"
        + ("".join(_decision(each, language) for each in told) or f"<p>{escape(none[language])}</p>")
        for language in LANGUAGES
    }
    return _page(title, body)


def _decision(said: Mapping[str, Any], language: str) -> str:
    return f"<h2>{escape(said['step']['name'][language])}</h2>{_table(decision_rows(said, language))}"


def _page(title: Mapping[str, str], sections: Mapping[str, str]) -> bytes:
    links = " · ".join(f'<a href="#{each}">{NAMES[each]}</a>' for each in sections)
    body = "".join(f'<section id="{key}" lang="{key}">{text}</section>' for key, text in sections.items())
    return (
        f'<!doctype html>\n<html lang="kk"><head><meta charset="utf-8"><title>{escape(title["kk"])}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{STYLE}</style></head><body><nav>{links}</nav>{body}</body></html>\n"
    ).encode()


def _table(rows: Iterable[tuple[str, str]]) -> str:
    """Rows of escaped text."""
    return "<table>" + "".join(f"<tr><th>{key}</th><td>{value}</td></tr>" for key, value in rows) + "</table>"


def _say(key: str, language: str) -> str:
    return escape(say(key)[language])


def _moment(words: str | None, language: Any) -> str:
    return written_moment(datetime.fromisoformat(words), language) if words else ""
