"""Documents: each is asked of somebody and read by somebody; each issued one is issued."""

from __future__ import annotations

from collections.abc import Iterator

from qyzmet.regulation.checker.situations import decide
from qyzmet.regulation.checker.subject import Subject
from qyzmet.regulation.findings import Finding
from qyzmet.regulation.model import Package, Step

__all__ = ["look"]

_PEOPLE = {"task", "collegial", "batch"}


def look(subject: Subject) -> Iterator[Finding]:
    """Documents nobody gives, reads or issues."""
    package = subject.package
    if package.documents:
        yield from _asked(subject)
    issued = _issued(package)
    for key in package.issued:
        if key not in issued:
            message = (
                f"no step, exit, signature or sitting makes `{key}`; name it where it is issued, or drop it"
            )
            yield subject.notice("never-issued", ("issued", key), message)


def _asked(subject: Subject) -> Iterator[Finding]:
    readers = [(situation, _readers(subject.package, graph.opened)) for situation, graph in subject.graphs]
    for key, document in subject.package.documents.items():
        asked = [(s, read) for s, read in readers if decide(document.only, s.facts) is not False]
        if not asked:
            message = (
                f"nobody is ever asked for `{key}`: its condition holds in no case; correct it, or drop it"
            )
            yield subject.notice("document-never-asked", ("documents", key), message)
        unread = next((s for s, read in asked if not read), None)
        if unread is not None:
            message = (
                f"nobody reads `{key}` ({unread.spoken}): no official and no `documents.…` check is on "
                "the way; add one, or drop the document"
            )
            yield subject.notice("document-unread", ("documents", key), message)


def _readers(package: Package, opened: set[str]) -> bool:
    return any(_reads(package.steps[key]) for key in opened)


def _reads(step: Step) -> bool:
    return step.kind in _PEOPLE or (step.function or "").startswith("documents.")


def _issued(package: Package) -> set[str | None]:
    steps = package.steps.values()
    return {
        *(key for step in steps for key in step.issues),
        *(signing.document for step in steps for signing in step.sign),
        *(step.votes.minutes for step in steps if step.votes),
        *(exit_.issues for exit_ in package.exits.values()),
    }
