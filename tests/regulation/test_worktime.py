"""Working time without a calendar agrees with the clock on a week that has no days off but Saturday and Sunday."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from qyzmet.clock import ALMATY, Calendar, Hours, OpenDay, due
from qyzmet.regulation.checker.worktime import DAY, START, Moment, after, spoken

PLAIN = Calendar([2023], [])
DOOR = Hours("eight hours", "five", (OpenDay(time(9), time(17)),) * 5 + (None, None), "a test")
MONDAY = date(2023, 1, 2)

terms = st.one_of(
    st.integers(1, 12).map(lambda n: f"{n} working days"),
    st.integers(1, 1500).map(lambda n: f"{n} minutes"),
    st.integers(1, 30).map(lambda n: f"{n} hours"),
)


def on_the_clock(moment: Moment) -> datetime:
    """The moment of a case registered on Monday 2 January 2023 at 9:00."""
    weeks, weekday = divmod(moment.day, 5)
    day = MONDAY + timedelta(days=7 * weeks + weekday)
    return datetime.combine(day, time(9), ALMATY) + timedelta(minutes=moment.minute)


@given(st.lists(terms, min_size=1, max_size=6))
def test_one_limit_after_another_ends_when_the_clock_says(limits: list[str]) -> None:
    reached, clock = START, on_the_clock(START)
    for limit in limits:
        reached, clock = after(reached, limit), due(limit, clock, DOOR, PLAIN).moment
    assert on_the_clock(reached) == clock


def test_land_drawn_up_at_all_its_limits() -> None:
    reached = START
    for limit in ["30 minutes", "30 minutes", "30 minutes", "1 hour", "30 minutes", "2 working days",
                  "30 minutes", "30 minutes", "30 minutes", "1 working day", "30 minutes", "1 working day",
                  "30 minutes"]:  # fmt: skip
        reached = after(reached, limit)
    assert spoken(reached) == "day 7, 0:30 after opening"


def test_a_pick_up_is_waited_for_at_most_until_the_next_of_the_day() -> None:
    assert after(START, "pick-up at 10:00", 3) == (0, DAY // 3)
    assert after(Moment(0, DAY), "pick-up at 10:00", 2) == (1, DAY // 2)
