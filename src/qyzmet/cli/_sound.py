"""Packages with errors go no further than the check: one sentence with what it found first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qyzmet.cli import UsageError

if TYPE_CHECKING:
    from qyzmet.regulation.findings import Finding

__all__ = ["demand_clean", "demand_sound"]

_TOLD = 3


def demand_sound(paths: Sequence[Path], given: str) -> None:
    """Raise UsageError when the check finds an error in these packages; `given` is what was asked for."""
    _demand((finding for finding in _findings(paths) if finding.level == "error"), given)


def demand_clean(paths: Sequence[Path], given: str) -> None:
    """Raise UsageError when the check finds an error or a notice nobody acknowledged."""
    _demand((finding for finding in _findings(paths) if not finding.acknowledged), given)


def _findings(paths: Sequence[Path]) -> tuple[Finding, ...]:
    from qyzmet.regulation.checker.report import check_files

    try:
        return check_files(paths).findings
    except OSError as problem:
        message = (
            f"{problem.filename} cannot be read ({problem.strerror}); check the file and its permissions"
        )
        raise UsageError(message) from problem


def _demand(findings: Iterable[Finding], given: str) -> None:
    found = [str(finding) for finding in findings]
    if found:
        more = f" and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
        raise UsageError(f"{'; '.join(found[:_TOLD])}{more} (qyzmet check {given} lists everything)")
