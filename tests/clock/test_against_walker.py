"""The clock against a naive walker, on any door, any day, any suspensions."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from qyzmet import clock
from qyzmet.clock import ALMATY, Suspension
from tests.clock.walker import Walker

CALENDAR = clock.national_calendar()
DOORS = st.sampled_from(list(clock.hours_book().values()))
# To the minute, because the walker steps by minutes; February 2024 has the change of offset in reach.
MOMENTS = st.one_of(
    st.datetimes(datetime(2012, 1, 1), datetime(2027, 6, 30)),  # noqa: DTZ001 - clock faces, zoned below
    st.datetimes(datetime(2024, 2, 20), datetime(2024, 6, 30)),  # noqa: DTZ001
).map(lambda face: face.replace(second=0, microsecond=0, tzinfo=ALMATY, fold=0))


@st.composite
def stops_after(draw: st.DrawFn, start: datetime) -> list[Suspension]:
    stops = []
    for _ in range(draw(st.integers(0, 3))):
        begin = _later(start, draw(st.integers(-3 * 1440, 12 * 1440)))
        stops.append(Suspension(begin, _later(begin, draw(st.integers(0, 6 * 1440)))))
    return stops


def _later(moment: datetime, minutes: int) -> datetime:
    return moment + timedelta(minutes=minutes)


@given(DOORS, MOMENTS)
def test_registration(hours: clock.Hours, received: datetime) -> None:
    assert clock.registered_at(received, hours, CALENDAR) == Walker(CALENDAR, hours).registered(received)


@given(DOORS, MOMENTS, st.integers(1, 40), st.data())
def test_working_days(hours: clock.Hours, start: datetime, count: int, data: st.DataObject) -> None:
    stops = data.draw(stops_after(start))
    found = clock.due(f"{count} working days", start, hours, CALENDAR, stops, explain=True)
    assert found.moment == Walker(CALENDAR, hours).day_due(count, start, stops)
    assert sum(day.counted for day in found.days) == count
    assert [day.date for day in found.days] == _every_day(start.date(), found.moment.date())


@settings(max_examples=60)
@given(DOORS, MOMENTS, st.integers(1, 1500), st.data())
def test_minutes(hours: clock.Hours, start: datetime, minutes: int, data: st.DataObject) -> None:
    stops = data.draw(stops_after(start))
    found = clock.due(f"{minutes} minutes", start, hours, CALENDAR, stops, explain=True)
    assert found.moment == Walker(CALENDAR, hours).minute_due(minutes, start, stops)
    assert sum(day.facts.get("minutes", 0) for day in found.days) == minutes


@settings(max_examples=40)
@given(DOORS, MOMENTS, st.integers(0, 6 * 1440))
def test_working_time_between(hours: clock.Hours, begin: datetime, length: int) -> None:
    end = _later(begin, length)
    spent = clock.time_spent(clock.schedule(hours, CALENDAR), begin, end)
    assert spent.working == timedelta(minutes=Walker(CALENDAR, hours).minutes_between(begin, end))


@given(DOORS, MOMENTS, st.integers(1, 20))
def test_a_longer_term_is_never_due_earlier(hours: clock.Hours, start: datetime, count: int) -> None:
    door = clock.schedule(hours, CALENDAR)
    assert door.days_after(start, count) < door.days_after(start, count + 1)
    assert start < door.days_after(start, count)


def _every_day(after: date, last: date) -> list[date]:
    return [after + timedelta(days=number) for number in range(1, (last - after).days + 1)]
