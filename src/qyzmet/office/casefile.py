"""The file of a case: what was applied for, with which papers, what was recorded and issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qyzmet.cases.models import SignatureRecord
from qyzmet.cases.queries import CasePage
from qyzmet.documents.models import Document
from qyzmet.office.names import choice_name, ground_name, issued_name, step_name
from qyzmet.pages import forms
from qyzmet.pages.words import current_language, say
from qyzmet.regulation.model import Field

__all__ = [
    "Answer",
    "Paper",
    "Part",
    "Recorded",
    "application",
    "file_of",
    "findings",
    "issued",
    "papers",
    "recorded",
    "waiting",
]


@dataclass(frozen=True, slots=True)
class Answer:
    name: str
    said: forms.Shown


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the form with its answers."""

    name: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the application; each file's `place` is its address; on paper it has no `sha256`."""

    key: str
    name: str
    cite: str
    files: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a step recorded: its outcome, answers and grounds with their reasons."""

    step: str
    outcome: str
    answers: tuple[Answer, ...]
    grounds: tuple[tuple[str, str, str], ...]


def application(page: CasePage) -> list[Part]:
    """The answers by page of the form; empty for who does not see them."""
    form = page.shown.get("form") or {}
    parts = [
        Part(section.name.in_language(current_language()), _answers(section.fields, form))
        for section in page.law.package.form.values()
    ]
    return [part for part in parts if part.answers]


def papers(page: CasePage) -> list[Paper]:
    """The documents given, in the order of the law."""
    given, known = page.shown.get("documents") or {}, page.law.package.documents
    language = current_language()
    order = [*(key for key in known if key in given), *(key for key in given if key not in known)]
    return [
        Paper(
            key,
            known[key].name.in_language(language) if key in known else key,
            known[key].cite if key in known else "",
            tuple({**each, "place": n} for n, each in enumerate(given[key])),
        )
        for key in order
    ]


def file_of(page: CasePage, document: str, place: int) -> dict[str, Any] | None:
    """One file of a document the actor sees."""
    files = (page.shown.get("documents") or {}).get(document) or ()
    return files[place] if 0 <= place < len(files) and files[place].get("sha256") else None


def recorded(page: CasePage) -> list[Recorded]:
    """What completed steps recorded, in order; only for who sees the file."""
    if "outputs" not in page.shown:
        return []
    found = [_recorded(page, token) for token in page.tokens if token.closed_at and not token.cancelled]
    return [each for each in found if each.answers or each.grounds]


def findings(page: CasePage) -> list[str]:
    """What automatic checks found wrong, each as a sentence; of a check made again its last word."""
    last = {found["function"]: found for found in page.shown.get("findings", ()) if found["items"]}
    passed = {f["function"] for f in page.shown.get("findings", ()) if f["outcome"] == "passed"}
    said = [_found(page, item) for key, found in last.items() if key not in passed for item in found["items"]]
    return [each for each in dict.fromkeys(said) if each]


def _found(page: CasePage, item: Mapping[str, Any]) -> str:
    language, package = current_language(), page.law.package
    if item.get("document") in package.documents:
        name = package.documents[item["document"]].name.in_language(language)
        return say("casefile.finding-document", name=name)
    if item.get("service"):
        return say("casefile.finding-service", name=item["service"])
    return say("casefile.finding-plot", name=item["plot"]) if item.get("plot") else str(item.get("fault", ""))


def issued(page: CasePage) -> list[Document]:
    """The documents issued in the case. A window sees what the recipient is told, not the minutes."""
    if "documents" not in page.shown:
        return []
    found = Document.objects.filter(case=page.case).order_by("id")
    if "form" not in page.shown:
        found = found.exclude(issued__in=page.law.minutes)
    return list(found)


def waiting(page: CasePage) -> list[str]:
    """The documents that are issued once a signature is confirmed, by name."""
    if "documents" not in page.shown:
        return []
    held = SignatureRecord.objects.filter(case=page.case, outcome="pending").order_by("id")
    asked = [each for row in held for each in row.waiting]
    return [issued_name(page.law, ref) for destination, kind, _, ref in asked if destination == "documents"]


def _recorded(page: CasePage, token: Any) -> Recorded:
    step = page.law.step(token.step)
    several = len(step.then) > 1 and token.outcome
    return Recorded(
        step_name(page.law, token.step),
        choice_name(page.law, token.step, token.outcome) if several else "",
        _answers(step.output, token.output),
        tuple((*ground_name(page.law, each["ground"]), each["reason"]) for each in token.grounds),
    )


def _answers(fields: Mapping[str, Field], given: Mapping[str, Any]) -> tuple[Answer, ...]:
    said = (
        Answer(asked.name.in_language(current_language()), forms.shown(asked, given[key]))
        for key, asked in fields.items()
        if key in given
    )
    return tuple(each for each in said if not each.said.empty)
