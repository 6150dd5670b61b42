"""What each kind of step needs, and what it has no use for (the table of docs/language.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qyzmet.regulation.checker.subject import Subject
from qyzmet.regulation.findings import Finding, suggest
from qyzmet.regulation.model import Field, Step
from qyzmet.regulation.model.steps import DONE
from qyzmet.regulation.places import Path

__all__ = ["look"]


@dataclass(frozen=True)
class Kind:
    """Keys a kind needs and may have besides those of every step; the outcomes it must and may have.

    `outcomes` empty means: as written.
    """

    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


KINDS = {
    "task": Kind(needs=("by",)),
    "batch": Kind(needs=("by", "batch")),
    "collegial": Kind(needs=("by", "votes")),
    "check": Kind(needs=("function",), may=("with",), outcomes=("passed", "failed")),
    "effect": Kind(needs=("function",), may=("with",), outcomes=(DONE,), optional=("refused",)),
    "await": Kind(needs=("event",), may=("from", "late")),
    "timer": Kind(needs=("within",), outcomes=(DONE,)),
    "all-of": Kind(needs=("branches",), outcomes=(DONE,)),
    "sub-case": Kind(needs=("service",), may=("variant",)),
}
_OF_KINDS = ("votes", "function", "with", "event", "from", "late", "batch", "branches", "service", "variant")


def look(subject: Subject) -> Iterator[Finding]:
    """Keys a step lacks or cannot use, outcomes it lacks or never has, fields without their options."""
    for key, step in subject.package.steps.items():
        path: Path = ("steps", key)
        yield from _keys(subject, path, step)
        yield from _outcomes(subject, path, step)
        for name, field in step.output.items():
            yield from _field(subject, (*path, "output", name), field)
    for section, content in subject.package.form.items():
        for name, field in content.fields.items():
            yield from _field(subject, ("form", section, "fields", name), field)


def _keys(subject: Subject, path: Path, step: Step) -> Iterator[Finding]:
    kind = KINDS[step.kind]
    written = {
        info.alias or name for name, info in Step.model_fields.items() if name in step.model_fields_set
    }
    for key in kind.needs:
        if key not in written:
            message = f"a step of kind `{step.kind}` needs `{key}`; add it"
            yield subject.error("missing-key", path, message, subject.places.key(path))
    for key in _OF_KINDS:
        if key in written and key not in kind.needs + kind.may:
            at: Path = (*path, key)
            message = f"`{key}` says nothing on a step of kind `{step.kind}`; remove it, or change the kind"
            yield subject.error("useless-key", at, message, subject.places.key(at))


def _outcomes(subject: Subject, path: Path, step: Step) -> Iterator[Finding]:
    at: Path = (*path, "then")
    needed, allowed = _expected(subject, step)
    for outcome in needed:
        if outcome not in step.then:
            message = f"a step of kind `{step.kind}` can end in `{outcome}`, and `then` leads nowhere for it"
            yield subject.error("missing-outcome", at, message)
    for outcome in step.then:
        if allowed is not None and outcome not in allowed:
            hint = suggest(outcome, allowed) or f"; it ends in {', '.join(allowed)}"
            message = f"a step of kind `{step.kind}` never ends in `{outcome}`{hint}"
            yield subject.error(
                "unknown-outcome", (*at, outcome), message, subject.places.key((*at, outcome))
            )


def _expected(subject: Subject, step: Step) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    """The outcomes that must be led on, and all there can be (None: as written)."""
    kind = KINDS[step.kind]
    if kind.outcomes:
        return kind.outcomes, kind.outcomes + kind.optional
    if step.kind == "await":
        return (("timeout",), None) if step.within and _ends(step) else ((), None)
    other = subject.package_of(step.service) if step.service else None
    if step.kind == "sub-case" and other is not None:
        ends = tuple(
            key for key, exit_ in other.exits.items() if exit_.kind not in {"suspension", "not-accepted"}
        )
        return ends, ends
    return (), None


def _ends(step: Step) -> bool:
    return any(limit.not_set is None for limit in step.within)


def _field(subject: Subject, path: Path, field: Field) -> Iterator[Finding]:
    place = subject.places.key(path)
    if (field.type in {"choice", "choices"}) != bool(field.choices):
        message = "a field has `choices` if, and only if, its type is choice or choices"
        yield subject.error("field-choices", path, message, place)
    if (field.type == "rows") != bool(field.of):
        yield subject.error(
            "field-rows", path, "a field has columns (`of`) if, and only if, its type is rows", place
        )
    if field.min is not None and field.max is not None and field.min > field.max:
        yield subject.error("field-bounds", path, f"`min` {field.min} is over `max` {field.max}", place)
    for name, column in (field.of or {}).items():
        yield from _field(subject, (*path, "of", name), column)
