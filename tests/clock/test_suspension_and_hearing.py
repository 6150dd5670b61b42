"""Suspension, the hearing window, and a due date judged again after a calendar act."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from qyzmet import clock
from qyzmet.clock import Calendar, DayRule, Suspension
from tests.clock.days import on

FILED = on("Friday 2024-05-03 10:00")


def test_each_working_day_after_the_notice_up_to_the_resumption_moves_the_due_day(calendar: Calendar) -> None:
    """Suspended Monday 6 May, resumed Friday 10 May: of 7-10 May only the 10th is a working day."""
    stop = Suspension.of_days(date(2024, 5, 6), date(2024, 5, 10), "documents awaited")
    answer = clock.due("3 working days", FILED, "system", calendar, [stop], explain=True)
    assert answer.moment == on("Monday 2024-05-13 18:30")
    assert [day.date.day for day in answer.days if day.counted] == [4, 6, 13]
    assert [day.date.day for day in answer.days if day.code == "suspended"] == [10]


def test_a_suspension_lifted_the_same_day_moves_no_day(calendar: Calendar) -> None:
    stop = Suspension(on("Monday 2024-05-06 10:00"), on("Monday 2024-05-06 17:00"))
    assert clock.due("3 working days", FILED, "system", calendar, [stop]).moment == on(
        "Friday 2024-05-10 18:30"
    )


def test_overlapping_suspensions_take_a_day_once(calendar: Calendar) -> None:
    stops = [
        Suspension(on("Monday 2024-05-13 10:00"), on("Wednesday 2024-05-15 10:00"), "court"),
        Suspension(on("Tuesday 2024-05-14 10:00"), on("Thursday 2024-05-16 10:00"), "documents"),
    ]
    start = on("Friday 2024-05-10 10:00")
    assert clock.due("2 working days", start, "system", calendar, stops).moment == on(
        "Friday 2024-05-17 18:30"
    )
    (united,) = clock.united(stops)
    assert united.ground == "court; documents"


def test_suspended_on_the_due_day_itself_the_term_ends_with_the_day_of_resumption(calendar: Calendar) -> None:
    stop = Suspension(on("Tuesday 2024-05-14 10:00"), on("Thursday 2024-05-16 15:00"))
    answer = clock.due(
        "2 working days", on("Friday 2024-05-10 10:00"), "system", calendar, [stop], explain=True
    )
    assert answer.moment == on("Thursday 2024-05-16 18:30")
    assert [(day.date.day, day.code) for day in answer.days][-3:] == [
        (14, "counted"),
        (15, "suspended"),
        (16, "resumed"),
    ]


def test_a_suspension_after_the_due_moment_moves_nothing(calendar: Calendar) -> None:
    stop = Suspension(on("Friday 2024-05-10 18:30"), on("Friday 2024-05-17 10:00"))
    assert clock.due("3 working days", FILED, "system", calendar, [stop]).moment == on(
        "Friday 2024-05-10 18:30"
    )


def test_minutes_keep_what_was_left(calendar: Calendar) -> None:
    """Twelve of twenty minutes ran before the stop; eight run on from the resumption."""
    stop = Suspension(on("Monday 2024-05-13 10:12"), on("Tuesday 2024-05-14 16:00"))
    answer = clock.due("20 minutes", on("Monday 2024-05-13 10:00"), "system", calendar, [stop], explain=True)
    assert answer.moment == on("Tuesday 2024-05-14 16:08")
    assert [day.facts["minutes"] for day in answer.days] == [12, 8]


def test_a_pick_up_during_a_suspension_is_missed(calendar: Calendar) -> None:
    stop = Suspension(on("Monday 2024-05-13 09:30"), on("Monday 2024-05-13 12:00"))
    answer = clock.due("pick-up at 10:00, 15:00", on("Monday 2024-05-13 09:00"), "provider", calendar, [stop])
    assert answer.moment == on("Monday 2024-05-13 15:00")


def test_while_it_lasts_the_date_is_that_of_a_resumption_now(calendar: Calendar) -> None:
    open_stop = Suspension(on("Monday 2024-05-13 10:00"))
    start, now = on("Friday 2024-05-10 10:00"), on("Wednesday 2024-05-15 09:00")
    answer = clock.due("2 working days", start, "system", calendar, [open_stop], now=now)
    assert (answer.moment, answer.provisional) == (on("Thursday 2024-05-16 18:30"), True)
    with pytest.raises(clock.ClockError, match="still open"):
        clock.due("2 working days", start, "system", calendar, [open_stop])


def test_a_reversed_suspension_is_refused() -> None:
    with pytest.raises(clock.SuspensionReversed, match="cannot end"):
        Suspension(on("Tuesday 2024-05-14 10:00"), on("Monday 2024-05-13 10:00"))


DUE = on("Friday 2024-05-24 18:30")


def test_the_notice_goes_out_by_the_third_working_day_before_the_due_day(calendar: Calendar) -> None:
    window = clock.hearing_window(
        clock.schedule("provider", calendar), DUE, now=on("Monday 2024-05-20 10:00")
    )
    assert window.latest_notice == on("Tuesday 2024-05-21 18:30")
    assert window.latest_hearing == on("Thursday 2024-05-23 18:30")
    assert not window.breached


def test_the_hearing_is_within_two_working_days_of_the_notice(calendar: Calendar) -> None:
    door = clock.schedule("provider", calendar)
    friday = on("Friday 2024-05-17 11:00")
    window = clock.hearing_window(door, DUE, now=on("Monday 2024-05-20 10:00"), notified=friday)
    assert (window.latest_hearing, window.breached) == (on("Tuesday 2024-05-21 18:30"), False)


@pytest.mark.parametrize("notified", [None, on("Wednesday 2024-05-22 09:00")])
def test_past_the_last_lawful_moment_it_says_so_and_invents_no_time(
    calendar: Calendar, notified: datetime | None
) -> None:
    door = clock.schedule("provider", calendar)
    window = clock.hearing_window(door, DUE, now=on("Wednesday 2024-05-22 09:00"), notified=notified)
    assert window.breached
    assert window.latest_notice == on("Tuesday 2024-05-21 18:30")
    assert window.latest_hearing == on("Friday 2024-05-24 18:30")


def _monday_off(calendar: Calendar) -> Calendar:
    return calendar.amended([DayRule(date(2024, 5, 13), "off", "an order of May 2024", "exchanged")])


def test_a_calendar_act_moves_a_stored_date_and_says_which_day_did_it(calendar: Calendar) -> None:
    newer = _monday_off(calendar)
    changes = clock.differences(calendar, newer)
    assert {(change.day, change.week) for change in changes} == {
        (date(2024, 5, 13), w) for w in ("five", "six")
    }
    facts = clock.deadline("4 working days", FILED, "system", calendar)
    assert facts.due == on("Monday 2024-05-13 18:30")
    again = clock.recompute(facts, newer, changes)
    assert (again.old, again.new, again.moved) == (facts.due, on("Tuesday 2024-05-14 18:30"), True)
    assert [change.day for change in again.because] == [date(2024, 5, 13)]
    assert again.facts.calendar_hash == newer.hash
    assert again.facts.days[-2].why("en") == "day off: exchanged day off (an order of May 2024)"


def test_a_date_the_act_does_not_touch_keeps_its_explanation_under_the_new_hash(calendar: Calendar) -> None:
    newer = _monday_off(calendar)
    facts = clock.deadline("3 working days", FILED, "system", calendar)
    again = clock.recompute(facts, newer, clock.differences(calendar, newer))
    assert not again.moved
    assert again.because == ()
    assert again.facts.days == facts.days
    assert (facts.calendar_hash, again.facts.calendar_hash) == (calendar.hash, newer.hash)


def test_a_withdrawn_day_off_comes_back_as_an_ordinary_day(calendar: Calendar) -> None:
    """17 June 2024 stands as unconfirmed; an overlay can withdraw it, and the explanation keeps the act."""
    withdrawn = calendar.amended([DayRule(date(2024, 6, 17), "ordinary", "statement of 7 June 2024")])
    start = on("Friday 2024-06-14 10:00")
    assert clock.due("1 working day", start, "system", calendar).moment == on("Tuesday 2024-06-18 18:30")
    assert clock.due("1 working day", start, "system", withdrawn).moment == on("Monday 2024-06-17 18:30")


def test_what_is_stored_says_everything_again(calendar: Calendar) -> None:
    stop = Suspension(on("Monday 2024-05-06 10:00"), on("Friday 2024-05-10 10:00"), "documents")
    facts = clock.deadline("3 working days", FILED, "system", calendar, [stop])
    plain = json.loads(json.dumps(facts.stored()))
    assert clock.DeadlineFacts.restored(plain) == facts
    assert (plain["calendar"], plain["due"]) == (calendar.hash, "2024-05-13T13:30:00+00:00")
