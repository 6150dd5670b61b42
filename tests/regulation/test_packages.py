"""`bad/` and `good/`: one thing wrong or right per file, with the words the checker finds for it beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qyzmet.regulation.acts import load_acts
from qyzmet.regulation.checker import check
from qyzmet.regulation.findings import Finding
from qyzmet.regulation.loader import load_package, load_tree
from qyzmet.regulation.parameters import load_parameters
from qyzmet.regulation.sharing import SHIPPED

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("*.yaml"))
GOOD = sorted((HERE / "good").glob("*.yaml"))


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)


def findings(path: Path) -> tuple[Finding, ...]:
    """What is found in a file, with its path as someone standing in this folder would give it."""
    others = load_tree(SHIPPED / "general")
    return check(load_package(path.relative_to(HERE)), load_acts(), load_parameters(), others)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_package_is_told_what_is_wrong_where_it_stands(path: Path) -> None:
    said = "".join(f"{finding}\n" for finding in findings(path))
    assert said == path.with_suffix(".expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_package_has_nothing_to_acknowledge(path: Path) -> None:
    assert [str(finding) for finding in findings(path) if not finding.acknowledged] == []


def test_the_base_of_the_examples_is_good_itself() -> None:
    assert findings(HERE / "example" / "2020-01-01-n1" / "service.yaml") == ()
