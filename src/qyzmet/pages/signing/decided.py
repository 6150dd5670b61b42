"""A decision in words: of which case and step, how it comes out, what it records, grounds and documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qyzmet.cases.laws import Law, law_of
from qyzmet.cases.words.lookup import by_ref
from qyzmet.pages.forms import Shown, shown
from qyzmet.pages.signing.told import Fact, Line, Part, Told, when
from qyzmet.pages.words import current_language, say
from qyzmet.regulation.clause_words import clause_in_words
from qyzmet.regulation.model import Field
from qyzmet.regulation.printing.phrases import outcome_words

__all__ = ["correction", "decision", "paper"]


def decision(said: Mapping[str, Any]) -> Told | None:
    """The signed bytes of a decision; None for a case there is not."""
    case = by_ref(str(said["case"]))
    if case is None:
        return None
    law, language = law_of(case.edition_id), current_language()
    step = str(said["step"])
    title = law.step(step).name.in_language(language)
    return Told(title, tuple(_decided(law, said, step)), tuple(_recorded(law, said, step)))


def correction(said: Mapping[str, Any]) -> Told | None:
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
    papers = tuple(paper(law, key, each) for key, each in said["documents"].items())
    facts = (
        Fact(
            say("signing.case"), str(said["number"] or said["case"]), law.package.name.in_language(language)
        ),
        Fact(say("signing.reason"), str(said["reason"])),
        Fact(say("signing.official"), said["official"]["name"], said["official"]["iin"]),
        *when(said),
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
    yield Fact(say("signing.decision"), words, clause_in_words(law.step(step).cite, language))
    yield Fact(say("signing.official"), said["official"]["name"], said["official"]["iin"])
    yield from when(said)


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
    papers = tuple(paper(law, key, each) for key, each in said["documents"].items())
    if papers:
        yield Part(say("signing.documents"), papers)


def _ground(law: Law, said: Mapping[str, Any]) -> Line:
    key = str(said["ground"])
    found = law.package.grounds.get(key) or law.package.suspensions.get(key)
    language = current_language()
    name = f"{found.name.in_language(language)} ({clause_in_words(found.cite, language)})" if found else key
    return Line(name, Shown(str(said["reason"])))


def paper(law: Law, key: str, said: Mapping[str, Any]) -> Line:
    """An issued document by its name, with its number and the code people check it by."""
    issued = next((p.issued[key] for p in (law.package, *law.general) if key in p.issued), None)
    name = issued.name.in_language(current_language()) if issued else key
    return Line(name, Shown(f"№ {said['number']} · {said['code']}"))
