"""A120 §5, §9: who does what, in which order and how fast, through the State Corporation and from the portal."""

from __future__ import annotations

from datetime import datetime

import pytest

from qyzmet import clock
from qyzmet.regulation.engine import compile_package, find_path
from qyzmet.regulation.loader import load_package
from qyzmet.regulation.model import Package
from qyzmet.regulation.sharing import SHIPPED

JUNE = datetime(2019, 6, 3, 10, 0, tzinfo=clock.ALMATY)

INTAKE = (0, "counter", "15 minutes")
WITHIN_THE_PROVIDER = [
    (1, "responsible-specialist", "20 minutes"),
    (2, "head", "30 minutes"),
    (3, "responsible-specialist", "2 working days"),
    (4, "commission", "3 working days"),
    (5, "responsible-specialist", "2 working days"),
]
HAND_OVER = (6, "counter", "15 minutes")


@pytest.fixture
def housing() -> Package:
    package = load_package(SHIPPED / "housing-assistance" / "2019-04-25-n2-261" / "service.yaml").package
    assert package is not None
    return package


def walked(package: Package, channel: str, exit_: str) -> list[tuple[int | None, str | None, str | None]]:
    """The act's own numbered steps on the way to an exit: number, post, limit."""
    path = find_path(compile_package(package), {"channel": channel}, exit_, JUNE)
    steps = [package.steps[choice.step] for choice in path]
    return [(s.number, s.by, s.within[0].term) for s in steps if s.number is not None]


@pytest.mark.parametrize("exit_", ["assigned", "refused"])
def test_through_the_state_corporation_there_are_seven_steps(housing: Package, exit_: str) -> None:
    assert walked(housing, "state-corporation", exit_) == [INTAKE, *WITHIN_THE_PROVIDER, HAND_OVER]


def test_from_the_portal_the_counter_has_no_part(housing: Package) -> None:
    assert walked(housing, "portal", "assigned") == WITHIN_THE_PROVIDER


def test_the_commission_and_the_counter_act_though_the_list_of_units_leaves_them_out(
    housing: Package,
) -> None:
    assert {key for key, post in housing.posts.items() if post.unlisted} == {"counter", "commission"}


def test_faulty_documents_are_a_ground_on_the_portal_only(housing: Package) -> None:
    assert housing.grounds["faulty-documents"].only == {"channel": "portal"}
    assert "faulty-documents" not in (housing.steps["decide"].grounds or ())
