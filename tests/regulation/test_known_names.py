"""The names a package may use are those the other rooms have."""

from __future__ import annotations

from pathlib import Path

import pytest

from qyzmet.documents.render import TEMPLATES
from qyzmet.regulation.datafile import LawDataError
from qyzmet.regulation.known_names import known_names, own_functions

OF_THE_HOUSE = {"sheet.typ", "blank.typ"}
"""What no package issues: the sheet of a service and its empty form."""


def test_the_templates_are_those_that_stand_in_documents() -> None:
    assert set(known_names().templates) == {path.name for path in TEMPLATES.glob("*.typ")} - OF_THE_HOUSE


def test_the_functions_of_a_deployment_are_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "functions.yaml"
    path.write_text("functions: [samruk.note_stall]\n", encoding="utf-8")
    assert own_functions(path) == ("samruk.note_stall",)
    path.write_text("function: [samruk.note_stall]\n", encoding="utf-8")
    with pytest.raises(LawDataError, match="has no `functions`"):
        own_functions(path)
