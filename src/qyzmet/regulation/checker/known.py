"""`known`: notices the act itself causes, acknowledged by the package with their clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from qyzmet.regulation.checker.subject import Subject
from qyzmet.regulation.findings import Finding
from qyzmet.regulation.model import Known

__all__ = ["acknowledged"]


def acknowledged(subject: Subject, findings: Iterable[Finding], whole: bool) -> Iterator[Finding]:
    """The findings, those a `known` speaks of marked; an error for each `known` that fits nothing.

    `whole`: every look has been taken, so a notice that is not there is none.
    """
    used: set[int] = set()
    for finding in findings:
        fitting = [i for i, known in enumerate(subject.package.known) if _fits(known, finding)]
        used.update(fitting)
        yield replace(finding, acknowledged=True) if fitting else finding
    for index, known in enumerate(subject.package.known):
        if whole and index not in used:
            where = f" at `{known.at}`" if known.at else ""
            message = f"there is no notice `{known.notice}`{where}; remove this `known`, or correct it"
            yield subject.error("known-fits-nothing", ("known", index), message)


def _fits(known: Known, finding: Finding) -> bool:
    """`at` names a notice's place, or the beginning of several (`steps`, `centre`)."""
    if finding.level != "notice" or known.notice != finding.code:
        return False
    at = known.at or ""
    return not at or finding.at == at or finding.at.startswith((f"{at}.", f"{at}/"))
