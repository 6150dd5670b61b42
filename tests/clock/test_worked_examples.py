"""The clock by examples a lawyer can sign: every day is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from qyzmet import clock
from qyzmet.clock import Calendar, Suspension
from tests.clock.days import on


def test_three_working_days_over_the_may_holidays_of_2024(calendar: Calendar) -> None:
    """Design: filed Friday 3 May 10:00; Saturday works (moved), 7 and 9 are holidays, 8 is moved."""
    answer = clock.due("3 working days", on("Friday 2024-05-03 10:00"), "system", calendar, explain=True)
    assert answer.moment == on("Friday 2024-05-10 18:30")
    assert [(f"{day.date:%A %d}", day.counted, day.code) for day in answer.days] == [
        ("Saturday 04", True, "works-as"),
        ("Sunday 05", False, "weekend"),
        ("Monday 06", True, "counted"),
        ("Tuesday 07", False, "holiday"),
        ("Wednesday 08", False, "exchanged"),
        ("Thursday 09", False, "holiday"),
        ("Friday 10", True, "counted"),
    ]


@pytest.mark.parametrize(
    ("term", "start", "due"),
    [
        ("20 minutes", "Monday 2024-05-06 12:50", "Monday 2024-05-06 14:40"),  # over the break
        ("20 minutes", "Monday 2024-05-06 12:40", "Monday 2024-05-06 13:00"),  # the earliest instant
        ("20 minutes", "Monday 2024-05-06 13:10", "Monday 2024-05-06 14:50"),  # opened in the break
        (
            "20 minutes",
            "Monday 2024-05-06 18:20",
            "Friday 2024-05-10 09:10",
        ),  # over the night and the holidays
        ("8 hours", "Monday 2024-05-06 09:00", "Monday 2024-05-06 18:30"),  # a whole day is 8 hours
        (
            "9 hours",
            "Saturday 2024-05-04 09:00",
            "Monday 2024-05-06 10:00",
        ),  # a make-up Saturday has full hours
        ("1 working day", "Monday 2024-05-06 18:30", "Friday 2024-05-10 18:30"),
        ("8 working days", "Thursday 2019-06-27 09:00", "Wednesday 2019-07-10 18:30"),  # 8 July is moved
    ],
)
def test_terms_of_the_provider(calendar: Calendar, term: str, start: str, due: str) -> None:
    assert clock.due(term, on(start), "provider", calendar).moment == on(due)


@pytest.mark.parametrize(
    ("hours", "received", "registered"),
    [
        ("system", "Friday 2024-05-03 08:10", "Friday 2024-05-03 09:00"),  # before opening
        ("system", "Friday 2024-05-03 13:30", "Friday 2024-05-03 13:30"),  # the break is inside hours
        ("system", "Friday 2024-05-03 18:30", "Friday 2024-05-03 18:30"),  # so is the closing minute
        ("system", "Friday 2024-05-03 18:31", "Saturday 2024-05-04 09:00"),  # the Saturday works
        ("system", "Saturday 2024-05-04 17:00", "Saturday 2024-05-04 17:00"),  # with a Wednesday's hours
        ("system", "Tuesday 2024-05-07 12:00", "Friday 2024-05-10 09:00"),  # a holiday
        ("state-corporation", "Friday 2024-05-10 18:01", "Monday 2024-05-13 09:00"),
        ("duty-department", "Saturday 2024-05-11 12:59", "Saturday 2024-05-11 12:59"),
        ("duty-department", "Saturday 2024-05-11 13:01", "Monday 2024-05-13 09:00"),
        ("centre", "Saturday 2012-06-02 18:59", "Saturday 2012-06-02 18:59"),
        ("authorised-body", "Friday 2012-06-01 18:10", "Monday 2012-06-04 09:00"),
    ],
)
def test_received_and_registered(calendar: Calendar, hours: str, received: str, registered: str) -> None:
    assert clock.registered_at(on(received), hours, calendar) == on(registered)


def test_the_whole_closing_minute_is_inside_hours(calendar: Calendar) -> None:
    last = on("Friday 2024-05-10 18:30") + timedelta(seconds=59)
    assert clock.registered_at(last, "system", calendar) == last


def test_a_sunday_that_works_has_the_hours_of_the_day_it_replaces(calendar: Calendar) -> None:
    """Sunday 5 January 2025 was worked for Friday 3 January, at the Centre too."""
    assert clock.due("1 working day", on("Tuesday 2024-12-31 10:00"), "system", calendar).moment == on(
        "Sunday 2025-01-05 18:30"
    )
    assert clock.due(
        "1 working day", on("Tuesday 2024-12-31 10:00"), "duty-department", calendar
    ).moment == on("Saturday 2025-01-04 13:00")
    assert clock.due(
        "2 working days", on("Tuesday 2024-12-31 10:00"), "duty-department", calendar
    ).moment == on("Sunday 2025-01-05 20:00")


def test_the_centre_works_six_days(calendar: Calendar) -> None:
    """M262 §8: Saturday counts; the exchange of Saturday 28 April 2012 is none in a six-day week."""
    assert clock.due("1 working day", on("Friday 2012-06-01 10:00"), "centre", calendar).moment == on(
        "Saturday 2012-06-02 19:00"
    )
    assert clock.due("2 working days", on("Friday 2012-04-27 10:00"), "centre", calendar).moment == on(
        "Monday 2012-04-30 19:00"
    )
    assert clock.due(
        "2 working days", on("Friday 2012-04-27 10:00"), "authorised-body", calendar
    ).moment == on("Wednesday 2012-05-02 18:00")


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("Monday 2024-05-13 09:30", "Monday 2024-05-13 10:00"),
        ("Monday 2024-05-13 10:00", "Monday 2024-05-13 10:00"),
        ("Monday 2024-05-13 10:01", "Monday 2024-05-13 15:00"),
        ("Friday 2024-05-17 15:01", "Monday 2024-05-20 10:00"),
        ("Saturday 2024-05-18 09:00", "Monday 2024-05-20 10:00"),
    ],
)
def test_pick_ups(calendar: Calendar, start: str, due: str) -> None:
    assert clock.due("pick-up at 15:00, 10:00", on(start), "provider", calendar).moment == on(due)


def test_a_pick_up_after_closing_on_a_short_saturday_waits(calendar: Calendar) -> None:
    answer = clock.due(
        "pick-up at 15:00", on("Saturday 2024-05-18 10:00"), "duty-department", calendar, explain=True
    )
    assert answer.moment == on("Monday 2024-05-20 15:00")
    assert [day.code for day in answer.days] == ["no-pick-up", "weekend", "pick-up"]


def test_a_moment_that_comes_in_utc_is_judged_in_almaty(calendar: Calendar) -> None:
    """20:00 UTC on Thursday is 01:00 on Friday."""
    thursday_evening = datetime(2024, 5, 16, 20, tzinfo=UTC)
    assert clock.registered_at(thursday_evening, "system", calendar) == on("Friday 2024-05-17 09:00")


def test_the_change_of_offset_in_march_2024_moves_no_office_hour(calendar: Calendar) -> None:
    answer = clock.due("60 minutes", on("Thursday 2024-02-29 18:00"), "system", calendar)
    assert answer.moment == on("Friday 2024-03-01 09:30")
    assert answer.moment.utcoffset() == timedelta(hours=5)
    spent = clock.time_spent(
        clock.schedule("system", calendar), on("Thursday 2024-02-29 18:00"), on("Friday 2024-03-01 09:30")
    )
    assert (spent.working, spent.gross) == (
        timedelta(hours=1),
        timedelta(hours=16, minutes=30),
    )  # one hour came back


def test_time_left_turns_negative_when_late(calendar: Calendar) -> None:
    door = clock.schedule("provider", calendar)
    left = clock.time_spent(door, on("Monday 2024-05-13 10:00"), on("Friday 2024-05-10 18:30"))
    assert (left.working, left.working_days) == (-timedelta(hours=1), -1)


def test_time_spent_leaves_out_the_suspension(calendar: Calendar) -> None:
    stop = Suspension(on("Tuesday 2024-05-14 12:00"), on("Wednesday 2024-05-15 12:00"), "court")
    spent = clock.time_spent(
        clock.schedule("provider", calendar),
        on("Monday 2024-05-13 09:00"),
        on("Thursday 2024-05-16 18:30"),
        [stop],
    )
    assert (spent.working, spent.working_days) == (timedelta(hours=24), 2)
