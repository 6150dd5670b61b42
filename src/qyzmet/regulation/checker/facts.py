"""Conditions: each can be read, asks for facts that exist, compares them with values they can have."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from qyzmet.regulation.checker.subject import Subject
from qyzmet.regulation.conditions import Condition, ConditionError, parse
from qyzmet.regulation.findings import Finding, Place, suggest
from qyzmet.regulation.model import Field, Package
from qyzmet.regulation.places import Path

__all__ = ["look"]

Values = Collection[str] | None
"""The words a fact can be; None when it can be anything."""


def look(subject: Subject) -> Iterator[Finding]:
    """What is wrong with each `only`."""
    known = _facts(subject.package)
    for path, part in subject.parts:
        only = getattr(part, "only", None)
        if only is None:
            continue
        at: Path = (*path, "only")
        try:
            condition = parse(only)
        except ConditionError as problem:
            place = subject.places.inside(at, problem.column)
            yield subject.error("condition", at, str(problem), place)
            continue
        yield from _misspelt(subject, at, only, condition, known)


def _misspelt(
    subject: Subject, at: Path, only: object, condition: Condition, known: dict[str, Values]
) -> Iterator[Finding]:
    for fact in sorted(condition.facts - known.keys()):
        hint = suggest(fact, known) or f"; if it is a value, write '{fact}' in quotes"
        yield subject.error(
            "unknown-fact", at, f"there is no fact `{fact}`{hint}", _place(subject, at, only, fact)
        )
    for fact, word in sorted(condition.compared):
        values = known.get(fact)
        if values is not None and word not in values:
            hint = suggest(word, values) or f"; it can be {', '.join(values) or 'true or false'}"
            message = f"`{fact}` is never `{word}`{hint}"
            yield subject.error("unknown-value", at, message, _place(subject, at, only, fact))


def _place(subject: Subject, at: Path, only: object, fact: str) -> Place:
    if isinstance(only, str):
        return subject.places.inside(at, max(only.find(fact), 0) + 1)
    return subject.places.key((*at, fact))


def _facts(package: Package) -> dict[str, Values]:
    facts: dict[str, Values] = {
        "channel": None if package.attach else list(package.channels),
        "recipient": ["individual", "legal-entity"],
        "exit": list(package.exits),
        "visit": [],
        **{dimension: list(options) for dimension, options in package.variants.items()},
    }
    for section in package.form.values():
        facts |= {f"form.{name}": _values(field) for name, field in section.fields.items()}
    for key, step in package.steps.items():
        facts |= {f"output.{key}.{name}": _values(field) for name, field in step.output.items()}
    return facts


def _values(field: Field) -> Values:
    if field.type in {"yes-no", "consent"}:
        return []
    return list(field.choices) if field.choices else None
