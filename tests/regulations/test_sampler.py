"""The sampler uses every construct of the package language, checks clean and can end in each of its ways."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from qyzmet.regulation.checker.report import check_files
from qyzmet.regulation.checker.subject import parts
from qyzmet.regulation.engine import compile_package, find_path
from qyzmet.regulation.loader import load_package, load_tree
from qyzmet.regulation.model import Attach, Package, StepKind
from qyzmet.regulation.model import form as form_parts
from qyzmet.regulation.model import package as package_parts
from qyzmet.regulation.model import steps as step_parts
from qyzmet.regulation.model.form import FieldType
from qyzmet.regulation.model.steps import ExitKind
from qyzmet.regulation.sharing import SHIPPED

ROOT = Path(__file__).parent / "sampler"
FIRST = ROOT / "2024-01-10-n1" / "service.yaml"
TRIAL = ROOT / "flight-trial" / "2024-01-10-n1" / "service.yaml"
SECOND = FIRST.with_name("service.revision-2.yaml")
NOW = datetime(2024, 5, 3, 5, 0, tzinfo=UTC)
FACTS = {"licence": "first", "altitude": "low", "form.wings": 2, "output.vet-check.wingspan": 9}

ELSEWHERE = {
    (Package, "attach"),
    (Package, "abstract"),
    (package_parts.InForce, "to"),
    *((Attach, name) for name in Attach.model_fields),
}
"""General law, a base of others, and an order nobody has repealed are other files."""


def load(path: Path) -> Package:
    package = load_package(path).package
    assert package is not None
    return package


def paths_of(path: Path, channel: str, exit_: str, licence: str = "first") -> list[str]:
    """The steps of the first way to an exit, with the general law that is published."""
    general = [one.package for one in load_tree(SHIPPED / "general").values() if one.package is not None]
    facts = {**FACTS, "channel": channel, "licence": licence}
    return [choice.step for choice in find_path(compile_package(load(path), general), facts, exit_, NOW)]


def test_every_key_of_every_part_of_a_package_is_used() -> None:
    used = ELSEWHERE | {
        (type(part), name)
        for file in (FIRST, TRIAL)
        for _, part in parts(load(file))
        for name in part.model_fields_set
    }
    models = {
        model
        for module in (package_parts, step_parts, form_parts)
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, BaseModel) and model.__module__ == module.__name__
    }
    unused = {(model, name) for model in models for name in model.model_fields} - used
    assert {f"{model.__name__}.{name}" for model, name in unused} == set()


def test_every_kind_of_step_exit_and_field_is_used() -> None:
    package = load(FIRST)
    assert {step.kind for step in package.steps.values()} == set(get_args(StepKind))
    assert {exit_.kind for exit_ in package.exits.values()} == set(get_args(ExitKind))
    fields = {f.type for section in package.form.values() for f in section.fields.values()}
    assert fields == set(get_args(FieldType))
    assert {step.late for step in package.steps.values() if step.kind == "await"} == {
        "refused",
        "recorded",
        "accepted",
    }


def test_every_way_of_counting_a_limit_is_used() -> None:
    limits = [limit for step in load(FIRST).steps.values() for limit in step.within]
    assert {"opening", "receipt", "council"} <= {limit.from_ for limit in limits}
    for way in ("term", "pick_up", "not_set", "before_term_end"):
        assert any(getattr(limit, way) for limit in limits), way


@pytest.mark.parametrize("path", [FIRST, SECOND], ids=["revision 1", "revision 2"])
def test_both_revisions_check_clean(path: Path) -> None:
    assert not check_files([path]).failed


@pytest.mark.parametrize("channel", ["portal", "counter", "visit"])
@pytest.mark.parametrize("exit_", ["licensed", "advised", "refused", "incomplete", "suspended"])
def test_a_first_licence_can_end_in_each_way_at_each_door(channel: str, exit_: str) -> None:
    assert paths_of(FIRST, channel, exit_)


def test_an_eaten_licence_is_given_again_without_the_elders() -> None:
    assert "council" not in paths_of(FIRST, "counter", "duplicate-given", licence="duplicate")


def test_a_refusal_waits_for_the_hearing_and_missing_papers_do_not() -> None:
    assert "hearing:hold" in paths_of(FIRST, "portal", "refused")
    assert "hearing:hold" not in paths_of(FIRST, "portal", "incomplete")


def test_revision_2_lengthens_a_limit_and_inserts_a_step_and_changes_nothing_else() -> None:
    before, after = load(FIRST), load(SECOND)
    assert before.steps["vet-check"].within[0].term == "2 working days"
    assert after.steps["vet-check"].within[0].term == "3 working days"
    way = paths_of(SECOND, "counter", "licensed")
    assert way[way.index("neighbours") + 1 :][:2] == ["elder-visit", "council"]
    changed = {key for key, step in after.steps.items() if before.steps.get(key) != step}
    assert changed == {"vet-check", "neighbours", "elder-visit"}
    own_to_the_file = {"steps": before.steps, "extends": before.extends, "drop": before.drop}
    assert after.model_copy(update=own_to_the_file) == before
