"""A good package with anything in it put out of place still gets an answer: findings, never an exception."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qyzmet.regulation.acts import load_acts
from qyzmet.regulation.checker import check
from qyzmet.regulation.loader import load_package, load_tree
from qyzmet.regulation.parameters import load_parameters
from qyzmet.regulation.places import plain
from qyzmet.regulation.sharing import SHIPPED
from qyzmet.regulation.yaml_source import read_file

HERE = Path(__file__).parent
GENERAL = load_tree(SHIPPED / "general")
JUNK: list[Any] = [
    None, "", {}, [], 0, -1, 1.5, True, "end", "return", "decide", "notify", "$x", "$", "form.income > 1", "len(x)",
    {"channel": "portal"}, {"exit": "given"}, {"channel": []}, ["a"], [{}], [[]], {"go": "end"}, {"": ""}, "all-of",
    "sub-case", "timer", "await", "0 days", "9999999999 working days", "hearing", "A120 §4; ", "ә" * 400,
]  # fmt: skip


def whole(path: Path) -> dict[str, Any]:
    root, _ = read_file(path)
    found: dict[str, Any] = json.loads(json.dumps(plain(root), default=str))
    return found


KINDS = whole(HERE / "good" / "kinds.yaml")["steps"]
ALL_OF = whole(HERE / "good" / "all-of.yaml")["steps"]
EXAMPLE = whole(HERE / "example" / "2020-01-01-n1" / "service.yaml")
RICH = {**EXAMPLE, "steps": {**KINDS, **EXAMPLE["steps"], **ALL_OF, "register": EXAMPLE["steps"]["register"]}}


def places(part: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path of a tree but the root's."""
    items = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [found for key, inner in items for found in [(*path, key), *places(inner, (*path, key))]]


PLACES = places(RICH)
CHANGES = st.lists(
    st.tuples(st.sampled_from(PLACES), st.sampled_from([*JUNK, "remove"])), min_size=1, max_size=4
)


def mangled(changes: list[tuple[tuple[Any, ...], Any]]) -> dict[str, Any]:
    """The package with parts replaced or removed; a place that an earlier change took away is passed over."""
    tree = copy.deepcopy(RICH)
    for (*parents, last), junk in changes:
        inside: Any = tree
        for key in parents:
            inside = inside.get(key) if isinstance(inside, dict) else None
        if isinstance(inside, dict) and last in inside:
            inside.pop(last) if junk == "remove" else inside.update({last: junk})
    return tree


@pytest.mark.parametrize("key", sorted(RICH))
@pytest.mark.parametrize("junk", [None, {}, [], "", 0], ids=repr)
def test_any_top_part_may_be_junk(key: str, junk: Any, tmp_path: Path) -> None:
    assert answered(tmp_path, mangled([((key,), junk)])) is not None


@given(CHANGES)
@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
def test_any_part_may_be_junk(tmp_path: Path, changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    for finding in answered(tmp_path, mangled(changes)):
        assert finding.startswith(str(tmp_path))


def answered(folder: Path, tree: dict[str, Any]) -> list[str]:
    path = folder / "service.yaml"
    path.write_text(json.dumps(tree, ensure_ascii=False, indent=1), encoding="utf-8")
    return [str(finding) for finding in check(load_package(path), load_acts(), load_parameters(), GENERAL)]
