"""What one signs, in words: made from the signed bytes themselves, so that what is read is what is signed.

told = tell(content)   # .title, .facts, .parts, .files; None where the bytes are of no kind known here
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.lookup import by_ref
from qyzmet.cases.models import Edition
from qyzmet.cases.prepared import read_prepared
from qyzmet.cases.refusals import ActRefused
from qyzmet.pages.forms import Shown, shown
from qyzmet.pages.templatetags.words import moment
from qyzmet.pages.words import current_language, say
from qyzmet.people.models import Account, Organisation
from qyzmet.regulation.acts import load_acts
from qyzmet.regulation.model import Field
from qyzmet.regulation.printing.phrases import channel_name, outcome_words

__all__ = ["Fact", "File", "Line", "Part", "Told", "tell"]


@dataclass(frozen=True, slots=True)
class File:
    """An attachment named in the signed bytes; `place` counts all of them from 0."""

    place: int
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what is said under it; `small` below, in the quiet voice."""

    name: str
    text: str
    small: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its answer, or a document with its files."""

    name: str
    shown: Shown
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One item in words. `files` are all its attachments in the order of the bytes."""

    title: str
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...] = field(default=())
    files: tuple[File, ...] = field(default=())


def tell(content: bytes) -> Told | None:
    """The item in the language of the page."""
    try:
        said = read_prepared(content)
    except ActRefused:
        return None
    kinds = {"decision": _decision, "correction": _correction}
    return kinds.get(str(said.get("kind")), _application)(said)


def _application(said: Mapping[str, Any]) -> Told | None:
    law = _law(str(said["edition"]))
    if law is None:
        return None
    files = tuple(
        File(place, str(each["name"]), int(each["size"]), str(each["sha256"]))
        for place, each in enumerate(said["attachments"])
    )
    return Told(
        law.package.name.in_language(current_language()),
        tuple(_about(law, said)),
        (*_answers(law, said["form"]), *_attached(law, said, files)),
        files,
    )


def _law(named: str) -> Law | None:
    """The very revision the bytes name (`Law.name`)."""
    service, _, rest = named.rpartition("/")
    name, _, revision = rest.partition("#")
    number = int(revision) if revision.isdecimal() else 1
    row = Edition.objects.filter(service=service, edition=name, revision=number).first()
    return law_of(row.pk) if row else None


def _about(law: Law, said: Mapping[str, Any]) -> Iterator[Fact]:
    language: Any = current_language()
    package = law.package
    act = load_acts().get(package.sources[0].act) if package.sources else None
    status = act.status.in_language(language) if act and act.status else ""
    yield Fact(say("signing.edition"), package.edition, status)
    yield Fact(say("signing.applicant"), *_named(said["applicant"]))
    if said.get("on_behalf_of"):
        yield Fact(say("signing.on-behalf-of"), *_named(said["on_behalf_of"]))
    for dimension, option in said["variant"].items():
        options = package.variants.get(dimension, {})
        if option in options:
            yield Fact(say("signing.variant"), options[option].name.in_language(language))
    yield Fact(say("signing.channel"), channel_name(package, said["channel"], language))
    for role, code in said["organisations"].items():
        where = Organisation.objects.filter(code=code).first()
        if where is not None and role in package.organisations:
            yield Fact(package.organisations[role].name.in_language(language), where.name(language))
    yield from _when(said)


def _named(number: str) -> tuple[str, str]:
    """Whoever has this number, by name where it is known."""
    account = Account.objects.filter(number=number).first()
    return (account.full_name, number) if account else (number, "")


def _when(said: Mapping[str, Any]) -> Iterator[Fact]:
    try:
        at = datetime.fromisoformat(str(said["prepared_at"]))
    except ValueError:
        return
    yield Fact(say("signing.prepared-at"), moment(at))


def _answers(law: Law, form: Mapping[str, Any]) -> Iterator[Part]:
    language = current_language()
    for section in law.package.form.values():
        lines = tuple(
            Line(asked.name.in_language(language), shown(asked, form[name]))
            for name, asked in section.fields.items()
            if name in form
        )
        if lines:
            yield Part(section.name.in_language(language), lines)


def _attached(law: Law, said: Mapping[str, Any], files: tuple[File, ...]) -> Iterator[Part]:
    language = current_language()
    by_field: dict[str, list[File]] = {}
    for each, file in zip(said["attachments"], files, strict=True):
        by_field.setdefault(str(each["field"]), []).append(file)
    lines = []
    for key, found in by_field.items():
        document = law.package.documents.get(key.removeprefix("documents."))
        name = document.name.in_language(language) if document else key
        lines.append(Line(name, Shown(), tuple(found)))
    if lines:
        yield Part(say("signing.attachments"), tuple(lines))


def _decision(said: Mapping[str, Any]) -> Told | None:
    case = by_ref(str(said["case"]))
    if case is None:
        return None
    law, language = law_of(case.edition_id), current_language()
    step = str(said["step"])
    title = law.step(step).name.in_language(language)
    return Told(title, tuple(_decided(law, said, step)), tuple(_recorded(law, said, step)))


def _correction(said: Mapping[str, Any]) -> Told | None:
    """A document issued again: what is put right, and why."""
    case = by_ref(str(said["case"]))
    if case is None:
        return None
    law, language = law_of(case.edition_id), current_language()
    fields = {key: each for step in law.package.steps.values() for key, each in step.output.items()}
    lines = tuple(
        Line(fields[key].name.in_language(language), shown(fields[key], value))
        for key, value in said["corrections"].items()
        if key in fields
    )
    papers = tuple(_paper(law, key, each) for key, each in said["documents"].items())
    facts = (
        Fact(
            say("signing.case"), str(said["number"] or said["case"]), law.package.name.in_language(language)
        ),
        Fact(say("signing.reason"), str(said["reason"])),
        Fact(say("signing.official"), said["official"]["name"], said["official"]["iin"]),
        *_when(said),
    )
    parts = (Part(say("signing.corrected"), lines), Part(say("signing.documents"), papers))
    return Told(say("signing.correction"), facts, parts)


def _decided(law: Law, said: Mapping[str, Any], step: str) -> Iterator[Fact]:
    language: Any = current_language()
    yield Fact(
        say("signing.case"), str(said["number"] or said["case"]), law.package.name.in_language(language)
    )
    yield Fact(say("signing.edition"), law.package.edition)
    outcome = str(said["decision"])
    moves = law.step(step).then.get(outcome, ())
    named = next((each.name for each in moves if each.name), None)
    words = named.in_language(language) if named else outcome_words(law.package, outcome, None, language)
    yield Fact(say("signing.decision"), words, law.step(step).cite)
    yield Fact(say("signing.official"), said["official"]["name"], said["official"]["iin"])
    yield from _when(said)


def _recorded(law: Law, said: Mapping[str, Any], step: str) -> Iterator[Part]:
    language = current_language()
    fields: Mapping[str, Field] = law.step(step).output
    output = said["output"]
    lines = tuple(
        Line(asked.name.in_language(language), shown(asked, output[name]))
        for name, asked in fields.items()
        if name in output
    )
    if lines:
        yield Part(say("signing.recorded"), lines)
    grounds = tuple(_ground(law, each) for each in said["grounds"])
    if grounds:
        yield Part(say("signing.grounds"), grounds)
    papers = tuple(_paper(law, key, each) for key, each in said["documents"].items())
    if papers:
        yield Part(say("signing.documents"), papers)


def _ground(law: Law, said: Mapping[str, Any]) -> Line:
    key = str(said["ground"])
    found = law.package.grounds.get(key) or law.package.suspensions.get(key)
    name = f"{found.name.in_language(current_language())} ({found.cite})" if found else key
    return Line(name, Shown(str(said["reason"])))


def _paper(law: Law, key: str, said: Mapping[str, Any]) -> Line:
    issued = next((p.issued[key] for p in (law.package, *law.general) if key in p.issued), None)
    name = issued.name.in_language(current_language()) if issued else key
    return Line(name, Shown(f"№ {said['number']} · {said['code']}"))
