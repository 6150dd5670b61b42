"""The history of the demo's region: played by acts, in the order of time, the same for the same seed."""

from __future__ import annotations

import pytest

from qyzmet.cases.models import Case, Entry
from qyzmet.cases.verify import verify
from tests.world import World, small_world

__all__ = ["small_world"]

pytestmark = pytest.mark.django_db


def test_the_journal_is_whole_and_in_the_order_of_time(small_world: World) -> None:
    assert verify().tamperings == []
    written = list(Entry.objects.order_by("id").values_list("recorded_at", flat=True))
    assert written == sorted(written)
    assert written[-1] <= small_world.now


def test_there_are_as_many_cases_as_asked_for(small_world: World) -> None:
    assert Case.objects.count() == small_world.cases
