"""A due date in working days with the explanation off, beside workalendar and businesstimedelta."""

from __future__ import annotations

import datetime as dt
from datetime import UTC, date, datetime

import businesstimedelta
import pytz
from workalendar.asia import Kazakhstan

from bench.harness import Row, rates_side_by_side
from qyzmet import clock

START = datetime(2024, 5, 3, 5, 0, tzinfo=UTC)
DAYS = 8


def rows(_size: str) -> list[Row]:
    door = clock.schedule("system", clock.national_calendar())
    term = clock.parse_term(f"{DAYS} working days")

    def ours() -> object:
        return clock.due_on(door, term, START)

    return [
        _against(name, ours, peer)
        for name, peer in (("workalendar", _workalendar()), ("businesstimedelta", _business()))
    ]


def _against(name, ours, peer) -> Row:
    mine, theirs, ratio = rates_side_by_side(ours, peer, 20_000, 50)
    micro = mine * 1e6
    return Row(
        what=f"due date, {DAYS} working days ({name})",
        ours=f"{micro:.2f} µs",
        peer=f"{theirs * 1e6:.0f} µs",
        ratio=f"{ratio:.0f} x",
        bar=">= 20 x and <= 3 µs",
        reached=min(ratio / 20, 3 / micro),
        wanted=1,
    )


def _workalendar():
    calendar = Kazakhstan()
    return lambda: calendar.add_working_days(date(2024, 5, 3), DAYS)


def _business():
    """Their working day is given our hours; holidays of the year as plain dates."""
    zone = pytz.timezone("Asia/Almaty")
    morning = businesstimedelta.WorkDayRule(
        dt.time(9), dt.time(18, 30), working_days=[0, 1, 2, 3, 4], tz=zone
    )
    lunch = businesstimedelta.LunchTimeRule(
        dt.time(13), dt.time(14, 30), working_days=[0, 1, 2, 3, 4], tz=zone
    )
    rules = businesstimedelta.Rules([morning, lunch])
    start = START.astimezone(zone)
    length = businesstimedelta.BusinessTimeDelta(rules, hours=8 * DAYS)
    return lambda: start + length
