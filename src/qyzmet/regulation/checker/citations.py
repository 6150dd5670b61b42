"""Citations: every one finds its clause in `regulations/acts`."""

from __future__ import annotations

from collections.abc import Iterator

from qyzmet.regulation.checker.subject import Subject
from qyzmet.regulation.findings import Finding, suggest
from qyzmet.regulation.model import Fee
from qyzmet.regulation.places import Path

__all__ = ["cites", "look"]

_KEYS = {
    "cite": "cite",
    "not_set": "not-set",
    "hearing_not_required": "hearing-not-required",
    "signed": "signed",
}


def look(subject: Subject) -> Iterator[Finding]:
    """Citations no act has a clause for, and sources that are no act."""
    for path, cite in cites(subject):
        try:
            subject.acts.resolve(cite)
        except LookupError as problem:
            yield subject.error("unknown-clause", path, _sentence(problem))
    for index, source in enumerate(subject.package.sources):
        if source.act not in subject.acts:
            message = f"there is no act `{source.act}` in regulations/acts{suggest(source.act, subject.acts)}"
            yield subject.error("unknown-act", ("sources", index, "act"), message)


def cites(subject: Subject) -> Iterator[tuple[Path, str]]:
    """Every citation of the package with its path."""
    for path, part in subject.parts:
        for name, key in _KEYS.items():
            if isinstance(cite := getattr(part, name, None), str):
                yield (*path, key), cite
        if isinstance(part, Fee) and part.none is not None:
            yield (*path, "none"), part.none


def _sentence(problem: LookupError) -> str:
    said = str(problem)
    return said[:1].lower() + said[1:]
