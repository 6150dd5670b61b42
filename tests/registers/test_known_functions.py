"""The functions the checker lets a package name are those that are registered."""

from __future__ import annotations

from qyzmet.cases.steps import functions
from qyzmet.regulation.known_names import known_names


def test_every_known_function_is_registered_and_no_other() -> None:
    ours = {name for name, given in functions._registered.items() if given.__module__.startswith("qyzmet.")}
    assert set(known_names().functions) == ours
