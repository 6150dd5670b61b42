"""The checker's graph and the engine are two readings of one language: they agree on every exit of every package."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from qyzmet.regulation.acts import load_acts
from qyzmet.regulation.checker.subject import Subject
from qyzmet.regulation.engine import NoPath, Program, compile_package, find_path
from qyzmet.regulation.loader import Loaded, load_tree

NOW = datetime(2024, 6, 7, 12, tzinfo=UTC)
TREE = {**load_tree(), **load_tree(Path(__file__).parent / "sampler")}
GENERAL = [one.package for one in TREE.values() if one.package is not None and one.package.attach is not None]
SERVICES = [
    pytest.param(one, id=service)
    for (service, _), one in sorted(TREE.items())
    if one.package is not None and not one.abstract and one.package.channels
]


def reachable(program: Program, facts: dict[str, object], exit_: str) -> bool:
    try:
        find_path(program, facts, exit_, NOW)
    except NoPath:
        return False
    return True


@pytest.mark.parametrize("loaded", SERVICES)
def test_an_exit_can_be_reached_in_a_situation_for_both_or_for_neither(loaded: Loaded) -> None:
    package = loaded.package
    assert package is not None
    subject = Subject(package, loaded.places, load_acts(), {}, TREE)
    program = compile_package(package, [law for law in GENERAL if law.service in package.hooks])
    for situation, graph in subject.graphs:
        ends = {spot.exit for spot in graph.edges if spot.ended}
        for exit_ in package.exits:
            agreed = reachable(program, dict(situation.facts), exit_) == (exit_ in ends)
            assert agreed, f"{exit_} when {situation.spoken}"
