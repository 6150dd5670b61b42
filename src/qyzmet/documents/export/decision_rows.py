"""The rows of a decision's receipt, as escaped HTML by language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from html import escape
from typing import Any

from qyzmet.documents.export.words import say
from qyzmet.evidence.refusals import check_name
from qyzmet.identity import written_moment
from qyzmet.regulation.clause_words import clause_in_words
from qyzmet.regulation.printing.words import has_words
from qyzmet.regulation.printing.words import say as fixed

__all__ = ["rows_of"]

Said = Mapping[str, Any]
MARKS: dict[Any, str] = {True: "✓", False: "✗"}


def rows_of(said: Said, language: str) -> Iterator[tuple[str, str]]:
    """(key of the label, value) in the order they are read; an empty value has nothing to show."""
    for key, shown in _ROWS.items():
        yield f"decision.{key}", shown(said, language)


def _case(said: Said, language: str) -> str:
    return escape(said["case"]["number"] or said["case"]["ref"])


def _step(said: Said, language: str) -> str:
    return f"{escape(said['step']['name'][language])} ({escape(_clause(said['step']['clause'], language))})"


def _outcome(said: Said, language: str) -> str:
    made = said["decision"]
    return f"<b>{escape(_in_words(made['outcome'], made['name'], language))}</b>"


def _grounds(said: Said, language: str) -> str:
    return _lines(
        f"{each['name'][language] if each['name'] else each['ground']} ({_clause(each['clause'], language)}):"
        f" {each['reason']}"
        for each in said["grounds"]
    )


def _official(said: Said, language: str) -> str:
    who = said["official"]
    if who is None:
        return ""
    return _lines([who["name"], who["post_name"][language], who["organisation_name"][language]])


def _authority(said: Said, language: str) -> str:
    may = (said["official"] or {}).get("authority")
    if may is None:
        return ""
    if may["kind"] == "holding":
        text = say("decision.holding", since=_moment(may["since"], language))
    else:
        text = say("decision.substitution", name=may["instead_of"], order=may["order"])
    return escape(text[language])


def _closed(said: Said, language: str) -> str:
    return escape(_moment(said["step"]["closed_at"], language))


def _votes(said: Said, language: str) -> str:
    recused = say("decision.recused")[language]
    return _lines(
        f"{each['name']}: "
        + (recused if each["recused"] else _in_words(each["outcome"], each["choice"], language))
        for each in said["votes"]
    )


def _checks(said: Said, language: str) -> str:
    return _lines(
        f"{each['name'][language]}: {_in_words(each['outcome'], None, language)}" for each in said["checks"]
    )


def _signature(said: Said, language: str) -> str:
    found = said["signature"]
    if found is None:
        return ""
    marks = [
        f"{MARKS.get(each['passed'], '?')} {check_name(each['check'])[language]}" for each in found["checks"]
    ]
    judged = say("decision." + found["outcome"])[language]
    return _lines([f"{found['name']}: {judged}", *marks])


def _parameters(said: Said, language: str) -> str:
    return _lines(
        f"{each['name'][language]}: {each['value']} ({each['reference']})" for each in said["parameters"]
    )


def _documents(said: Said, language: str) -> str:
    return _lines(
        f"{each['name'].get(language) or each['document']}, № {each['number']}" for each in said["documents"]
    )


def _hash(part: str) -> Callable[[Said, str], str]:
    return lambda said, language: f"<code>{escape(said['law'][part])}</code>"


def _law(said: Said, language: str) -> str:
    editions = [said["law"]["edition"], *(each["edition"] for each in said["law"]["general"])]
    return _lines([said["law"]["name"][language], *editions])


def _journal(said: Said, language: str) -> str:
    found = said["journal"]
    return f"{escape(found['stream'])} № {found['seq']}<br><code>{found['hash']}</code>" if found else ""


_ROWS: dict[str, Callable[[Said, str], str]] = {
    "case": _case,
    "step": _step,
    "outcome": _outcome,
    "grounds": _grounds,
    "official": _official,
    "authority": _authority,
    "moment": _closed,
    "votes": _votes,
    "checks": _checks,
    "signature": _signature,
    "parameters": _parameters,
    "documents": _documents,
    "law": _law,
    "law-hash": _hash("law"),
    "texts-hash": _hash("texts"),
    "journal": _journal,
}


def _in_words(outcome: str, name: Mapping[str, str] | None, language: Any) -> str:
    """How something came out: as the package names it, else in the fixed words, else by its id."""
    if name:
        return name[language]
    return fixed(outcome, language) if has_words(outcome) else outcome


def _clause(cite: str | None, language: Any) -> str:
    return clause_in_words(cite or "", language)


def _lines(parts: Iterable[str]) -> str:
    return "<br>".join(escape(each) for each in parts)


def _moment(words: str | None, language: Any) -> str:
    return written_moment(datetime.fromisoformat(words), language) if words else ""
