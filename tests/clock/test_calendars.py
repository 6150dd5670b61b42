"""The calendars: every day with its basis, checked against the rule of the law and against a public package."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from qyzmet import clock
from qyzmet.clock import Calendar, CalendarInvalid, CalendarMissing, DayRule
from qyzmet.clock.hours import WEEKS, Week
from qyzmet.clock.national import act_names, day_names

YEARS = range(2012, 2028)

# Days on which our five-day week and the `holidays` package disagree, and why we keep ours.
KURBAN_AIT_MONDAY = date(2024, 6, 17)
DIFFERENCES = {
    KURBAN_AIT_MONDAY: "off after Kurban Ait on a Sunday by the year's production calendar; kept as unconfirmed",
}


def _days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_the_five_day_week_agrees_with_the_holidays_package(calendar: Calendar, year: int) -> None:
    package = holidays.country_holidays("KZ", years=range(year - 1, year + 2))
    # 28 December 2013 was worked for 3 January 2014: the package knows it only when 2014 is loaded.
    other = {day for day in _days(year) if package.is_working_day(day) != calendar.is_working(day)}
    assert other == {day for day in DIFFERENCES if day.year == year}


def test_the_day_off_after_kurban_ait_2024_is_ours_alone_and_says_why(calendar: Calendar) -> None:
    rule = calendar.rule(date(2024, 6, 17), "five")
    assert rule is not None
    assert "Ministry of Labour" in rule.unconfirmed
    assert holidays.country_holidays("KZ", years=2024).is_working_day(date(2024, 6, 17))


@pytest.mark.parametrize("week", WEEKS)
@pytest.mark.parametrize("year", YEARS)
def test_a_holiday_on_a_weekly_day_off_gives_the_next_working_day(
    calendar: Calendar, year: int, week: Week
) -> None:
    """The rule walked afresh from the bare holidays; exchanged days have acts of their own."""
    rules = [rule for day in _days(year) if (rule := calendar.rule(day, week))]
    bare = {rule.day for rule in rules if rule.kind == "off" and not rule.other}
    moving = {rule.day for rule in rules if rule.day in bare and day_names()[rule.name]["kind"] == "holiday"}
    exchanged = {rule.other for rule in rules if rule.name == "exchanged"}
    expected: dict[date, date] = {}
    for day in sorted(moving):
        if day.weekday() >= (5 if week == "five" else 6):
            free = day + timedelta(days=1)
            while free in bare or free in expected or free.weekday() >= (5 if week == "five" else 6):
                free += timedelta(days=1)
            expected[free] = day
    held = {
        rule.day: rule.other
        for rule in rules
        if rule.kind == "off" and rule.other and rule.name != "exchanged"
    }
    assert held == {day: source for day, source in expected.items() if day not in exchanged}


def test_every_exchange_has_both_its_days(calendar: Calendar) -> None:
    rules = calendar.rules()
    off = {(rule.day, rule.other, rule.weeks, rule.basis) for rule in rules if rule.name == "exchanged"}
    worked = {(rule.other, rule.day, rule.weeks, rule.basis) for rule in rules if rule.kind == "works"}
    assert off == worked
    assert len(off) == 27 + 6  # 27 exchanges, six of them on Sundays and so for the six-day week as well


def test_every_day_names_an_act_and_a_name_in_three_languages(calendar: Calendar) -> None:
    for rule in calendar.rules():
        assert {"kk", "ru", "en"} <= act_names()[rule.basis].keys()
        assert rule.kind == "works" or {"kk", "ru", "en"} <= day_names()[rule.name].keys()


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 8, 31), True),  # 30 August is no holiday since the Constitution of 2026
        (date(2025, 9, 1), False),  # 30 August 2025 was a Saturday holiday
        (date(2020, 5, 11), True),  # its day off, moved from Saturday 9 May, was given on Friday 8 May
        (date(2027, 3, 15), False),  # Constitution Day from 2027
        (date(2022, 12, 2), True),  # First President Day is gone
        (date(2022, 10, 24), False),  # before the first Republic Day
        (date(2012, 12, 18), False),  # 16 December on a Sunday, 17 a holiday itself
        (date(2013, 12, 28), True),  # paid for 3 January of the next year
        (date(2019, 8, 12), True),  # Kurban Ait on a Sunday is not moved
    ],
)
def test_days_that_are_easily_wrong(calendar: Calendar, day: date, working: bool) -> None:
    assert calendar.is_working(day) is working


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2021, 7, 5), True),  # its Saturday is worked anyway: no exchange
        (date(2022, 7, 9), False),  # Kurban Ait on a Saturday
        (date(2024, 3, 23), False),  # a holiday on a Saturday...
        (date(2024, 3, 25), True),  # ...is no weekly day off, so nothing moves
        (date(2025, 1, 3), False),  # exchanged with a Sunday
    ],
)
def test_the_six_day_week(calendar: Calendar, day: date, working: bool) -> None:
    assert calendar.is_working(day, "six") is working


def test_the_calendars_reach_a_year_ahead_of_today(calendar: Calendar) -> None:
    """Fails while there is still time to read the next order and add the next year."""
    today = date.today()  # noqa: DTZ011 - the one place that asks the real date
    ahead = (today + timedelta(days=365)).year
    assert calendar.years[-1] >= ahead, f"add calendars/{ahead}.yaml; its README.md says how"


@pytest.mark.parametrize("year", [2011, 2028])
def test_no_year_no_answer(calendar: Calendar, year: int) -> None:
    with pytest.raises(CalendarMissing, match=str(year)):
        calendar.is_working(date(year, 6, 1))


def test_the_hash_follows_the_content(calendar: Calendar) -> None:
    rule = DayRule(date(2026, 12, 31), "off", "an order")
    assert calendar.amended([]).hash == calendar.hash
    assert calendar.amended([rule]).hash != calendar.hash
    assert calendar.amended([rule]).hash == calendar.amended([rule]).hash


def test_a_deployments_own_days_are_read_from_a_file(calendar: Calendar, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text('days:\n  - {date: 2026-12-31, rest: exchanged, basis: "an akim\'s decision"}\n', "utf-8")
    newer = calendar.amended(clock.read_rules(own))
    assert not newer.is_working(date(2026, 12, 31))
    assert calendar.is_working(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("days:\n  - {date: 2026-12-31, rest: new-year}\n", "a basis"),
        ("days:\n  - {date: 2026-12-31, off: new-year, basis: x}\n", "needs one of"),
        ("days:\n  - {date: 31 Dec, rest: new-year, basis: x}\n", "needs a date"),
        ("days:\n  - {date: 2026-12-31, rest: a, basis: x, weeks: [seven]}\n", "five, six"),
        ("days: []\ndays: []\n", "own.yaml:2:1: 'days' stands here twice"),
        ("days: [\n", "own.yaml:"),
    ],
)
def test_a_calendar_file_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, says: str) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(text, "utf-8")
    with pytest.raises(CalendarInvalid) as refusal:
        clock.read_rules(own)
    assert says in str(refusal.value)


def test_two_rules_for_one_day_are_refused() -> None:
    day = DayRule(date(2026, 12, 31), "off", "one order")
    with pytest.raises(CalendarInvalid, match="two rules"):
        Calendar([2026], [day, DayRule(date(2026, 12, 31), "off", "another order")])


def test_hours_a_deployment_writes_take_the_place_of_the_acts(tmp_path: Path, calendar: Calendar) -> None:
    own = tmp_path / "hours.yaml"
    own.write_text(
        'provider: {week: five, cite: our order 7, days: {mon-fri: {opens: "08:30", closes: "17:30"}}}\n',
        "utf-8",
    )
    book = clock.hours_book().overlaid(own)
    door = clock.schedule(book["provider"], calendar)
    assert f"{door.closing(0):%H:%M}" == "17:30"
    assert book["centre"] == clock.hours_book()["centre"]
    ours = calendar.with_hours(book)
    assert (ours.hash, f"{clock.schedule('provider', ours).closing(0):%H:%M}") == (calendar.hash, "17:30")
    assert f"{clock.schedule('provider', ours.amended(())).closing(0):%H:%M}" == "17:30"


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ("{mon-fri: {opens: 13:00, closes: 18:00}}", "in quotes"),
        ('{mon-fri: {opens: "18:00", closes: "09:00"}}', "follow one another"),
        ('{mon-fry: {opens: "09:00", closes: "18:00"}}', "not a weekday"),
    ],
)
def test_hours_that_cannot_be_meant_are_refused(tmp_path: Path, days: str, says: str) -> None:
    own = tmp_path / "hours.yaml"
    own.write_text(f"provider: {{week: five, cite: x, days: {days}}}\n", "utf-8")
    with pytest.raises(CalendarInvalid, match=says):
        clock.hours_book().overlaid(own)
