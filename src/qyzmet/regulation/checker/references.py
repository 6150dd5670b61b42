"""Every id a package names exists: steps, posts, organisations, fields, documents, grounds, exits…"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from qyzmet.clock import hours_book
from qyzmet.regulation.checker.subject import Subject
from qyzmet.regulation.findings import Finding, suggest
from qyzmet.regulation.known_names import FILE as OWN_FUNCTIONS
from qyzmet.regulation.known_names import known_names
from qyzmet.regulation.model import Package, Step
from qyzmet.regulation.model.steps import END, RETURN
from qyzmet.regulation.places import Path

__all__ = ["form_fields", "look"]

_FUNCTION = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+", re.ASCII)
_MOMENTS = ("opening", "registration", "receipt")


class Ref(NamedTuple):
    """A word at a path that has to be one of the known ones."""

    path: Path
    word: str | None
    what: str
    known: Collection[str]


def look(subject: Subject) -> Iterator[Finding]:
    """Ids that nothing carries, with the nearest that something does."""
    package = subject.package
    for ref in _refs(package):
        if ref.word is not None and ref.word not in ref.known:
            message = f"there is no {ref.what} `{ref.word}`{suggest(ref.word, ref.known) or _few(ref.known)}"
            code = ref.what.partition(",")[0].replace(" ", "-")
            yield subject.error(f"unknown-{code}", ref.path, message)
    yield from _parameters(subject)
    yield from _functions(subject)
    yield from _fields_twice(subject)


def _few(known: Collection[str]) -> str:
    return f"; there is {', '.join(known)}" if 0 < len(known) <= 6 else ""


def form_fields(package: Package) -> dict[str, Path]:
    """The fields of the form with their paths."""
    return {
        field: ("form", section, "fields", field)
        for section, content in package.form.items()
        for field in content.fields
    }


def _refs(package: Package) -> Iterator[Ref]:
    known = _Known(package)
    for key, step in package.steps.items():
        yield from _step(known, ("steps", key), step)
        yield from _moves(known, ("steps", key, "then"), step)
    yield from _exits(package)
    yield from _people(package)
    yield from _rest(package)


class _Known:
    """What a step can name, gathered once for all steps."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.posts = _posts(package)
        self.senders = _words(package.parties, package.organisations, ["outside"])
        self.moments = _words(package.steps, _MOMENTS)
        self.signed = _words(package.issued, ["decision", "application"])
        self.targets = _words(package.steps, [END], [RETURN] if package.attach else [])


def _words(*several: Iterable[str]) -> dict[str, None]:
    return {word: None for words in several for word in words}


def _posts(package: Package) -> dict[str, None]:
    return _words(package.posts, ["decider"] if package.attach else [])


def _step(known: _Known, path: Path, step: Step) -> Iterator[Ref]:
    package = known.package
    yield Ref((*path, "by"), step.by, "post", known.posts)
    yield Ref((*path, "org"), step.org, "organisation", package.organisations)
    yield Ref((*path, "from"), step.from_, "sender", known.senders)
    yield from _each((*path, "issues"), step.issues, "issued document", package.issued)
    yield from _each((*path, "grounds"), step.grounds or (), "ground", package.grounds)
    yield from _each((*path, "branches"), step.branches, "step", package.steps)
    for index, signing in enumerate(step.sign):
        yield Ref((*path, "sign", index, "document"), signing.document, "document to sign", known.signed)
        yield Ref((*path, "sign", index, "by"), signing.by, "post", known.posts)
    for index, limit in enumerate(step.within):
        yield Ref((*path, "within", index, "from"), limit.from_, "step", known.moments)
    if step.votes:
        yield Ref((*path, "votes", "minutes"), step.votes.minutes, "issued document", package.issued)


def _moves(known: _Known, path: Path, step: Step) -> Iterator[Ref]:
    for outcome, moves in step.then.items():
        for index, move in enumerate(moves):
            yield Ref((*path, outcome, index, "go"), move.go, "step", known.targets)
            yield Ref((*path, outcome, index, "exit"), move.exit, "exit", known.package.exits)


def _exits(package: Package) -> Iterator[Ref]:
    for key, exit_ in package.exits.items():
        path: Path = ("exits", key)
        grounds = package.suspensions if exit_.kind == "suspension" else package.grounds
        what = "suspension ground" if exit_.kind == "suspension" else "ground"
        yield from _each((*path, "grounds"), exit_.grounds, what, grounds)
        yield Ref((*path, "issues"), exit_.issues, "issued document", package.issued)
        yield Ref((*path, "effective"), exit_.effective, "step", package.steps)
        yield Ref((*path, "resume"), exit_.resume, "step", package.steps)
    for key, ground in package.suspensions.items():
        yield from _each(("suspensions", key, "by"), ground.by, "post", package.posts)
        yield from _each(("suspensions", key, "runs-on"), ground.runs_on, "step", package.steps)


def _people(package: Package) -> Iterator[Ref]:
    hours = list(hours_book())
    for key, organisation in package.organisations.items():
        yield Ref(("organisations", key, "hours"), organisation.hours, "schedule", hours)
    for key, post in package.posts.items():
        yield Ref(("posts", key, "org"), post.org, "organisation", package.organisations)
    for key, channel in package.channels.items():
        yield Ref(("channels", key, "hours"), channel.hours, "schedule", hours)
        yield Ref(("channels", key, "by"), channel.by, "post", package.posts)
    for key, party in package.parties.items():
        yield Ref(("parties", key, "identified-by"), party.identified_by, "field", form_fields(package))
    for key, issued in package.issued.items():
        yield Ref(("issued", key, "signed-by"), issued.signed_by, "post", _posts(package))
        yield Ref(("issued", key, "template"), issued.template, "template", known_names().templates)
    people = _words(package.parties, package.organisations, package.posts)
    for key, duty in package.duties.items():
        yield Ref(("duties", key, "who"), duty.who, "party, organisation or post", people)
        if not duty.from_.startswith("event:"):
            yield Ref(("duties", key, "from"), duty.from_, "start", _starts(package))


def _starts(package: Package) -> list[str]:
    """What a duty can start from; an outside event may have any name."""
    days = [
        name
        for section in package.form.values()
        for name, field in section.fields.items()
        if field.type in {"date", "moment"}
    ]
    return [
        *(f"exit:{name}" for name in package.exits),
        *(f"step:{name}" for name in package.steps),
        *(f"form:{name}" for name in days),
    ]


def _rest(package: Package) -> Iterator[Ref]:
    facts = [f"form.{name}" for name in form_fields(package)]
    yield Ref(("fee", "payer"), package.fee.payer, "field", facts)
    yield Ref(("fee", "measure"), package.fee.measure, "field", facts)
    for key, table in package.tables.items():
        path: Path = ("tables", key)
        yield Ref((*path, "channel"), table.channel, "channel", package.channels)
        yield Ref((*path, "exit"), table.exit, "exit", package.exits)
        for group, content in enumerate(table.groups):
            for row, line in enumerate(content.rows):
                at: Path = (*path, "groups", group, "rows", row, "steps")
                yield from _each(at, line.steps, "step", package.steps)


def _each(path: Path, words: Iterable[str], what: str, known: Collection[str]) -> Iterator[Ref]:
    return (Ref((*path, index), word, what, known) for index, word in enumerate(words))


def _parameters(subject: Subject) -> Iterator[Finding]:
    for key, step in subject.package.steps.items():
        names: list[tuple[Path, str | None]] = [
            (("steps", key, "within", index, "pick-up"), limit.pick_up)
            for index, limit in enumerate(step.within)
        ]
        if step.votes:
            names.append((("steps", key, "votes", "quorum"), step.votes.quorum))
        for path, name in names:
            if name is not None and name not in subject.parameters:
                known = subject.parameters if isinstance(subject.parameters, Iterable) else ()
                message = f"there is no parameter `{name}`{suggest(name, known)}"
                yield subject.error("unknown-parameter", path, message)


def _functions(subject: Subject) -> Iterator[Finding]:
    known = (*known_names().functions, *subject.own_functions)
    for key, step in subject.package.steps.items():
        if step.function is not None and not _FUNCTION.fullmatch(step.function):
            message = f"`{step.function}` does not name a function; write it as `documents.complete`"
            yield subject.error("function-name", ("steps", key, "function"), message)
        elif step.function is not None and step.function not in known:
            hint = suggest(step.function, known) or f"; one of your own stands in {OWN_FUNCTIONS}"
            message = f"there is no function `{step.function}`{hint}"
            yield subject.error("unknown-function", ("steps", key, "function"), message)


def _fields_twice(subject: Subject) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for section, content in subject.package.form.items():
        for field in content.fields:
            if field in seen:
                message = f"section `{seen[field]}` has a field `{field}` too; one name, one field"
                path: Path = ("form", section, "fields", field)
                yield subject.error("field-twice", path, message, subject.places.key(path))
            seen.setdefault(field, section)
