"""What a package says of other services: sub-cases, needs, duties, general law, and variants of them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from qyzmet.regulation.checker.subject import Subject
from qyzmet.regulation.findings import Finding, suggest
from qyzmet.regulation.model import Package
from qyzmet.regulation.places import Path

__all__ = ["look"]


class Mention(NamedTuple):
    """A service at a path, with the exit and the variant named of it."""

    path: Path
    service: str
    exit: str | None
    variant: Mapping[str, str]


def look(subject: Subject) -> Iterator[Finding]:
    """Services, exits and variants that do not exist."""
    for mention in _mentions(subject.package):
        yield from _mention(subject, mention)
    general = {name: one.package.attach for (name, _), one in subject.others.items() if one.package}
    for index, hook in enumerate(subject.package.hooks):
        if general.get(hook) is None:
            known = [name for name, attach in general.items() if attach]
            message = f"there is no general law `{hook}`{suggest(hook, known)}"
            yield subject.error("unknown-general-law", ("hooks", index), message)
    for key, table in subject.package.tables.items():
        yield from _variant(subject, ("tables", key), subject.package, table.variant)


def _mentions(package: Package) -> Iterator[Mention]:
    for key, step in package.steps.items():
        if step.service:
            yield Mention(("steps", key), step.service, None, step.variant)
    for index, need in enumerate(package.needs):
        yield Mention(("needs", index), need.service, need.exit, need.variant)
    for key, duty in package.duties.items():
        if (met := duty.fulfilled_by) is not None:
            yield Mention(("duties", key, "fulfilled-by"), met.service, met.exit, met.variant)


def _mention(subject: Subject, mention: Mention) -> Iterator[Finding]:
    other = subject.package_of(mention.service)
    if other is None:
        known = {name for name, _ in subject.others}
        message = f"there is no service `{mention.service}`{suggest(mention.service, known)}"
        yield subject.error("unknown-service", (*mention.path, "service"), message)
        return
    if mention.exit is not None and mention.exit not in other.exits:
        hint = suggest(mention.exit, other.exits)
        message = f"`{mention.service}` has no exit `{mention.exit}`{hint}"
        yield subject.error("unknown-exit", (*mention.path, "exit"), message)
    yield from _variant(subject, mention.path, other, mention.variant)


def _variant(subject: Subject, path: Path, of: Package, variant: Mapping[str, str]) -> Iterator[Finding]:
    for dimension, option in variant.items():
        at: Path = (*path, "variant", dimension)
        options = of.variants.get(dimension)
        if options is None:
            message = f"`{of.service}` has no variants by `{dimension}`{suggest(dimension, of.variants)}"
            yield subject.error("unknown-variant", at, message)
        elif option not in options:
            message = f"`{dimension}` has no variant `{option}`{suggest(option, options)}"
            yield subject.error("unknown-variant", at, message)
