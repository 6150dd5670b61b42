"""Everything said and attached, page by page, with the way back to each and what is still wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from qyzmet.cases.laws import holds
from qyzmet.pages import forms
from qyzmet.pages.dimensions import dimension_name
from qyzmet.pages.forms import Fault, Shown
from qyzmet.pages.words import current_language, say
from qyzmet.people.directory import body
from qyzmet.portal.drafting import Drafted

__all__ = ["Line", "Part", "Review", "review"]


@dataclass(frozen=True, slots=True)
class Line:
    """One question with its answer; `error` when it stops the filing."""

    id: str
    name: str
    shown: Shown
    error: str = ""
    files: tuple[dict[str, Any], ...] = ()

    @property
    def key(self) -> str:
        """The field or document it is about."""
        return self.id.removeprefix("line-")


@dataclass(frozen=True, slots=True)
class Part:
    """One page: its heading, where it is changed, its lines."""

    key: str
    name: str
    change: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Review:
    parts: tuple[Part, ...]
    chosen: tuple[tuple[str, str], ...] = field(default=())

    @property
    def errors(self) -> list[Fault]:
        """What has to be put right before filing, each leading to its line."""
        return [Fault(line.id, line.error) for part in self.parts for line in part.lines if line.error]


def review(found: Drafted) -> Review:
    """A draft as its writer checks it."""
    parts = [_part(found, key) for key in found.sections]
    if found.documents:
        parts.append(_documents(found))
    return Review(tuple(parts), tuple(_chosen(found)))


def _part(found: Drafted, key: str) -> Part:
    section, language, facts = found.sections[key], current_language(), found.facts
    faults = found.answers(key).faults
    lines = []
    for name, asked in section.fields.items():
        if not holds(asked.only, facts):
            continue
        wrong = next((place for place in faults if place == name or place.startswith(f"{name}[")), None)
        value = found.draft.form.get(name)
        error = _error(asked, wrong, faults, value, name) if wrong else ""
        lines.append(Line(f"line-{name}", asked.name.in_language(language), forms.shown(asked, value), error))
    change = f"/drafts/{found.draft.ref}/part/{key}?back=check"
    return Part(key, section.name.in_language(language), change, tuple(lines))


def _error(asked: Any, wrong: str, faults: dict[str, str], value: Any, name: str) -> str:
    if wrong == name:
        return forms.sentence(asked, faults[wrong], value)
    inner, row = wrong.rpartition(".")[2], int(wrong[len(name) + 1 :].partition("]")[0])
    return forms.sentence(asked.of[inner], faults[wrong], value[row].get(inner))


def _documents(found: Drafted) -> Part:
    language, missing = current_language(), found.stopped_by
    lines = []
    for key, document in found.documents.items():
        files = tuple(found.draft.documents.get(key, ()))
        name = document.name.in_language(language)
        error = say("uploads.missing", name=name) if key in missing else ""
        words = "" if files else say("uploads.database") if document.unless else ""
        lines.append(Line(f"line-{key}", name, Shown(words), error, files))
    return Part("documents", say("uploads.title"), f"/drafts/{found.draft.ref}/documents", tuple(lines))


def _chosen(found: Drafted) -> Iterator[tuple[str, str]]:
    """What was chosen before the form."""
    language = current_language()
    for dimension, option in found.draft.variant.items():
        options = found.law.package.variants.get(dimension, {})
        if option in options:
            yield (
                dimension_name(dimension) or say("apply.variant"),
                options[option].name.in_language(language),
            )
    for role, chosen in found.draft.orgs.items():
        if role in found.law.package.organisations:
            yield (
                found.law.package.organisations[role].name.in_language(language),
                body(int(chosen)).names[language],
            )
