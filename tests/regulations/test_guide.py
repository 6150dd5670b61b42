"""The guide's example is a service: it checks clean, its examples hold, and every outcome can be reached."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qyzmet.cli import main
from qyzmet.regulation.engine import compile_package, find_path
from qyzmet.regulation.loader import load_package

GUIDE = Path(__file__).parents[2] / "docs" / "add-a-service.md"
FILE = re.compile(r"^`(?P<path>[\w./-]+\.yaml)`\n\n```yaml\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The guide's files, written where it says."""
    for found in FILE.finditer(GUIDE.read_text(encoding="utf-8")):
        path = tmp_path / found["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found["text"], encoding="utf-8")
    return tmp_path


def test_the_files_of_the_guide_check_clean(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(list(written.rglob("*.yaml"))) == 3
    assert main(["check", str(written)]) == 0
    assert "1 package: 0 errors, 0 notices" in capsys.readouterr().out


@pytest.mark.parametrize("exit_", ["given", "refused"])
def test_every_ending_of_the_guide_is_reached(written: Path, exit_: str) -> None:
    package = load_package(next(written.glob("stall-permit/*/service.yaml"))).package
    assert package is not None
    facts = {"channel": "portal", "recipient": "individual"}
    path = find_path(compile_package(package), facts, exit_, datetime(2024, 6, 7, tzinfo=UTC))
    assert [c.step for c in path] == ["register", "decide", "answer"]
