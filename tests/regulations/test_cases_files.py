"""Every shipped package checks clean with the examples beside it, and the sampler does."""

from __future__ import annotations

from pathlib import Path

from qyzmet.regulation.cases_file import FILE
from qyzmet.regulation.checker.report import check_files
from qyzmet.regulation.loader import load_tree, package_files
from qyzmet.regulation.sharing import SHIPPED

SAMPLER = Path(__file__).parent / "sampler"


def test_nothing_is_wrong_with_the_shipped_packages_or_their_examples() -> None:
    report = check_files(package_files(SHIPPED))
    assert [str(finding) for finding in report.findings if not finding.acknowledged] == []


def test_nothing_is_wrong_with_the_sampler() -> None:
    report = check_files(package_files(SAMPLER))
    assert [str(finding) for finding in report.findings if not finding.acknowledged] == []


def test_every_package_a_case_can_be_filed_under_has_examples() -> None:
    filed = [one for one in load_tree().values() if one.package and one.package.channels and not one.abstract]
    assert [str(one.path) for one in filed if not (one.path.parent / FILE).is_file()] == []
