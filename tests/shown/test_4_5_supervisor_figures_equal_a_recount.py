"""What the supervisor's pages count is what the journal, read alone, comes to; and where a row was changed behind
its back, the recount says which figure no longer holds."""

from __future__ import annotations

from datetime import date

import pytest

from qyzmet.cases.models import Case
from qyzmet.cases.queries import figures
from qyzmet.cases.queries.figures import Period, Reach
from tests.cases.bustle import END, bustle, supervisor, tick, turned_away
from tests.cases.conftest import emptying, parameters, samruk, stalls
from tests.cases.town import Town

__all__ = ["emptying", "parameters", "samruk", "stalls"]

pytestmark = pytest.mark.django_db

SEPTEMBER = Period(date(2024, 9, 1), date(2024, 9, 30))


def test_the_figures_of_a_made_world_equal_a_recount_of_its_journal(samruk: Town) -> None:
    bustle(samruk)
    turned_away(samruk)
    tick(END)
    reach = Reach(supervisor(samruk))
    counted = figures.summary(reach, SEPTEMBER, END)
    recounted = figures.recount(reach, SEPTEMBER, END)
    assert figures.differing(counted, recounted) == []
    # The world has something of everything, so that equal is not the equality of nothing.
    for figure in ("standing", "taken", "times", "breaches", "refusals", "window"):
        assert getattr(counted, figure), figure
    # Five applications, and the trial flight of one of them, a case of its own.
    assert sum(each.count for each in counted.times.values()) == 6


def test_a_row_changed_behind_the_journal_is_a_difference(samruk: Town) -> None:
    cases = bustle(samruk)
    reach = Reach(supervisor(samruk))
    Case.objects.filter(pk=cases["resumed"].pk).update(ended_at=cases["resumed"].due)
    found = figures.differing(figures.summary(reach, SEPTEMBER, END), figures.recount(reach, SEPTEMBER, END))
    assert {each.figure for each in found} == {"times"}
    (difference,) = found
    assert difference.counted.late + 1 == difference.recounted.late
