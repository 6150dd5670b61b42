"""Checks files the way the command does: with the shipped acts, parameters and packages around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qyzmet.clock import national_calendar
from qyzmet.regulation.act_file import read_acts
from qyzmet.regulation.acts import Acts, load_acts
from qyzmet.regulation.cases_file import FILE as CASES
from qyzmet.regulation.cases_file import check_cases
from qyzmet.regulation.checker import check
from qyzmet.regulation.checker.subject import Others
from qyzmet.regulation.checker.texts import unreviewed
from qyzmet.regulation.datafile import LawDataError
from qyzmet.regulation.findings import Finding, ordered
from qyzmet.regulation.known_names import FILE as OWN_FUNCTIONS
from qyzmet.regulation.known_names import own_functions
from qyzmet.regulation.loader import FILE, Loaded, load_package, load_tree
from qyzmet.regulation.parameter_file import read_parameters
from qyzmet.regulation.parameters import Parameters, load_parameters
from qyzmet.regulation.sharing import SHIPPED

__all__ = ["Report", "check_files"]


@dataclass(frozen=True)
class Report:
    """Findings of all files by place, how many packages were read, how many texts nobody has reviewed."""

    findings: tuple[Finding, ...]
    packages: int
    unreviewed: int

    @property
    def failed(self) -> bool:
        """Whether an error or an unacknowledged notice stands."""
        return any(not finding.acknowledged for finding in self.findings)

    def summary(self) -> str:
        """One line of numbers."""
        errors = sum(f.level == "error" for f in self.findings)
        open_notices = sum(f.level == "notice" and not f.acknowledged for f in self.findings)
        known = sum(f.acknowledged for f in self.findings)
        return (
            f"{self.packages} {'package' if self.packages == 1 else 'packages'}: "
            f"{errors} {'error' if errors == 1 else 'errors'}, "
            f"{open_notices} {'notice' if open_notices == 1 else 'notices'}, "
            f"{known} known, {self.unreviewed} texts not reviewed"
        )


def check_files(files: Iterable[Path]) -> Report:
    """Load and check each file; the shipped packages and the files themselves may be referred to.

    Acts and parameters of their own stand in folders `acts` and `parameters` beside the packages, functions
    in `functions.yaml`; the other packages there may be referred to as well.
    """
    files = list(files)
    loaded = [load_package(path) for path in files]
    others: dict[tuple[str, str], Loaded] = load_tree()
    for folder in _beside(files, "acts"):
        others |= load_tree(folder.parent)
    others |= _by_name(loaded)
    faults: list[Finding] = []
    acts, parameters = _acts(files, faults), _parameters(files, faults)
    functions = _functions(files, faults)
    if faults:
        # Without the acts or parameters nearly every line of a package would be a false alarm.
        return Report(ordered([*faults, *(f for one in loaded for f in one.findings)]), len(loaded), 0)
    found: list[Finding] = []
    for one in loaded:
        findings = check(one, acts, parameters, others, functions)
        found += findings
        # The engine can only walk a package whose ids and conditions are sound.
        if not any(finding.level == "error" for finding in findings):
            found += _examples(one, others)
    counted = sum(unreviewed(one.package) for one in loaded if one.package is not None)
    return Report(ordered(found), len(loaded), counted)


def _acts(files: Iterable[Path], faults: list[Finding]) -> Acts:
    acts = load_acts()
    for folder in _beside(files, "acts"):
        try:
            acts = Acts([*acts.values(), *read_acts(folder)])
        except LawDataError as problem:
            faults += problem.findings
    return acts


def _parameters(files: Iterable[Path], faults: list[Finding]) -> Parameters:
    parameters = load_parameters()
    for folder in _beside(files, "parameters"):
        try:
            parameters = parameters.overlaid(Parameters(read_parameters(folder, parameters)))
        except LawDataError as problem:
            faults += problem.findings
    return parameters


def _functions(files: Iterable[Path], faults: list[Finding]) -> tuple[str, ...]:
    own: list[str] = []
    for path in _beside(files, OWN_FUNCTIONS):
        try:
            own += own_functions(path)
        except LawDataError as problem:
            faults += problem.findings
    return tuple(own)


def _beside(files: Iterable[Path], name: str) -> list[Path]:
    """What has that name in the three folders above each file, the shipped ones left out."""
    above = {parent / name for file in files for parent in list(file.resolve().parents)[:3]}
    return sorted(path for path in above if path.exists() and not path.is_relative_to(SHIPPED))


def _examples(one: Loaded, others: Others) -> tuple[Finding, ...]:
    """What does not hold of the `cases.yaml` beside a package that has one."""
    path = one.path.parent / CASES
    if one.package is None or one.path.name != FILE or not path.is_file():
        return ()
    hooks = one.package.hooks
    general = [other.package for (name, _), other in others.items() if name in hooks and other.package]
    return check_cases(path, one.package, general, national_calendar())


def _by_name(loaded: Iterable[Loaded]) -> Others:
    return {(one.package.service, one.package.edition): one for one in loaded if one.package is not None}
