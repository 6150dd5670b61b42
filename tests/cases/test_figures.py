"""The figures of a supervisor, one by one: what is counted, from which rows, and by which index."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qyzmet.cases import acts
from qyzmet.cases.queries import figures
from qyzmet.cases.queries.figures import Period, Reach
from qyzmet.cases.queries.figures.ended import middle
from tests.cases.bustle import END, MONDAY, resumed, supervisor
from tests.cases.town import Town, citizen, licence, moment

pytestmark = pytest.mark.django_db

SEPTEMBER = Period(date(2024, 9, 1), date(2024, 9, 30))
LAW_AND_PEOPLE = {"cases_edition", "cases_calendaract", "people_account", "people_organisation"}


@pytest.mark.parametrize(
    ("numbers", "median", "ninetieth"),
    [([7], 7, 7), ([1, 2], 1, 2), ([3, 1, 2], 2, 3), (range(1, 11), 5, 9), ([0] * 9 + [40], 0, 0)],
)
def test_the_middle_is_a_number_that_occurred(numbers: list[float], median: float, ninetieth: float) -> None:
    assert middle(numbers) == (median, ninetieth)


def test_a_period_holds_its_first_and_its_last_day_in_almaty() -> None:
    assert SEPTEMBER.holds(moment("2024-09-01 00:00"))
    assert SEPTEMBER.holds(moment("2024-09-30 23:59"))
    assert not SEPTEMBER.holds(moment("2024-10-01 00:00"))


def test_net_time_leaves_out_the_days_after_the_suspension_up_to_its_end(samruk: Town) -> None:
    """Registered Monday 2, suspended Tuesday 3 to Friday 6, withdrawn Thursday 26 September 2024."""
    resumed(samruk)
    reach = Reach(supervisor(samruk))
    (case,) = (each for each in figures.ended(reach, SEPTEMBER) if each.service == "sampler")
    assert (case.gross_days, case.net_days) == (18, 15)
    assert case.in_time is False  # due on the 18th, moved by three days to the 23rd
    assert case.net_hours < case.gross_hours


def test_a_step_is_due_today_then_late_and_never_both(samruk: Town) -> None:
    acts.submit(citizen(), licence(), now=MONDAY)
    reach = Reach(supervisor(samruk))
    (before,) = figures.load(reach, MONDAY)
    (after,) = figures.load(reach, moment("2024-09-02 12:00"))
    assert (before.share.today, before.share.late, before.share.soon) == (1, 0, 0)
    assert (after.share.today, after.share.late) == (0, 1)
    assert figures.late_counts(reach, MONDAY) == (0, 1)
    assert figures.late_counts(reach, moment("2024-09-02 12:00")) == (1, 0)
    assert [each.step for each in figures.pressing(reach, MONDAY)] == ["register"]


def test_a_reach_narrows_to_a_service_and_a_provider(samruk: Town) -> None:
    case = acts.submit(citizen(), licence(), now=MONDAY)
    above = supervisor(samruk)
    assert Reach(above, "sampler", case.provider_id).cases().count() == 1
    assert Reach(above, "flight-trial").cases().count() == 0
    assert Reach(above, "", samruk.above.pk).cases().count() == 0


@pytest.mark.usefixtures("nothing_grows_old")
def test_the_recount_reads_no_row_of_a_case(samruk: Town) -> None:
    resumed(samruk)
    reach = Reach(supervisor(samruk))
    with CaptureQueriesContext(connection) as asked:
        figures.recount(reach, SEPTEMBER, END)
    tables = {name for each in asked for name in re.findall(r'(?:FROM|JOIN) "?(\w+)', each["sql"])}
    assert tables <= LAW_AND_PEOPLE | {"cases_entry", "cases_payload"}
    assert "cases_entry" in tables


def test_what_ended_in_a_period_is_found_by_its_index(samruk: Town) -> None:
    if connection.vendor != "sqlite":
        return
    reach = Reach(supervisor(samruk))
    assert "case_ended" in reach.ended(SEPTEMBER).order_by().explain()
    assert "token_work" in figures.open_steps(reach).explain()
