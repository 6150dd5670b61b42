"""A calendar act turns a working day into a day off: open future deadlines move, and both sides are told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from qyzmet import clock
from qyzmet.cases.acts.change_calendar import change_calendar
from qyzmet.cases.dates import calendars, recompute
from qyzmet.cases.models import CalendarAct, Case, Deadline, Entry, Outbox, Payload, Token
from qyzmet.cases.refusals import ActRefused
from qyzmet.cli import main
from qyzmet.people.actor import SYSTEM
from tests.cases.test_housing_assistance import application
from tests.cases.town import Town, citizen, file, moment, open_step

pytestmark = pytest.mark.django_db

MONDAY = moment("2019-06-03 10:00")
TUESDAY = moment("2019-06-04 10:00")
DAY_OFF = clock.DayRule(day=date(2019, 6, 6), kind="off", basis="Decree 1", name="exchanged")


@pytest.fixture(autouse=True)
def own_calendar() -> Iterator[None]:
    calendars.forget()
    yield
    calendars.forget()


def filed() -> Case:
    case = file(citizen(), application(), now=MONDAY)
    case.refresh_from_db()
    return case


def decreed(*rules: clock.DayRule) -> CalendarAct:
    return change_calendar(SYSTEM, "Decree 1", rules or (DAY_OFF,), now=TUESDAY)


def test_the_term_moves_by_the_day_and_keeps_why(housing: Town) -> None:
    case = filed()
    change = decreed()
    assert recompute.run(change, now=TUESDAY) == 1
    case.refresh_from_db()
    term = Deadline.objects.get(case=case, duty="term")
    assert case.due == term.due == moment("2019-06-14 18:30")
    assert {"2019-06-06"} <= {day["date"] for day in term.basis["days"]}
    assert term.basis["calendar"] == change.after


def test_old_and_new_are_journaled_and_both_sides_told(housing: Town) -> None:
    case = filed()
    recompute.run(decreed(), now=TUESDAY)
    entry = Entry.objects.get(stream=case.stream, act="deadline.moved")
    said = json.loads(Payload.objects.get(stream=case.stream, seq=entry.seq).data)
    assert (said["old"], said["new"]) == ("2019-06-13 12:30:00+00:00", "2019-06-14 12:30:00+00:00")
    assert (said["because"], said["act"]) == (["2019-06-06"], "Decree 1")
    told = Outbox.objects.filter(destination="mail", kind="deadline.moved").values_list("ref", flat=True)
    assert sorted(told) == ["holder", "party"]


def test_a_limit_in_minutes_none_of_whose_days_changed_stays(housing: Town) -> None:
    case = filed()
    before = open_step(case, "register")
    soon = MONDAY + timedelta(minutes=1)
    assert before.due is not None
    assert recompute.run(change_calendar(SYSTEM, "Decree 1", (DAY_OFF,), now=soon), now=soon) == 1
    after = open_step(case, "register")
    assert (after.due, after.queue_at) == (before.due, before.queue_at)
    assert (
        Deadline.objects.get(case=case, duty="register").basis["calendar"] == clock.national_calendar().hash
    )


def test_what_is_opened_afterwards_is_judged_by_the_new_calendar(housing: Town) -> None:
    decreed()
    case = file(citizen(), application(), now=TUESDAY)
    assert case.due == moment("2019-06-17 18:30")


def test_a_deadline_that_has_passed_is_not_touched(housing: Town) -> None:
    case = filed()
    change = change_calendar(SYSTEM, "Decree 1", (DAY_OFF,), now=moment("2019-06-20 10:00"))
    assert recompute.run(change, now=moment("2019-06-20 10:00")) == 0
    case.refresh_from_db()
    assert case.due == moment("2019-06-13 18:30")


def test_a_run_that_was_cut_off_is_taken_up_where_it_stopped(
    housing: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recompute, "CHUNK", 2)
    cases = [filed() for _ in range(5)]
    change = decreed()
    assert recompute.run(change, now=TUESDAY, chunks=1) == 2
    again = recompute.unfinished()
    assert again is not None
    assert recompute.run(again, now=TUESDAY) == 3
    assert recompute.unfinished() is None
    assert Entry.objects.filter(act="deadline.moved").count() == len(cases)
    assert CalendarAct.objects.get().moved == 5


def test_an_act_undone_by_another_moves_everything_back(housing: Town) -> None:
    case = filed()
    recompute.run(decreed(), now=TUESDAY)
    undo = clock.DayRule(day=date(2019, 6, 6), kind="ordinary", basis="Decree 2")
    recompute.run(change_calendar(SYSTEM, "Decree 2", (undo,), now=TUESDAY), now=TUESDAY)
    case.refresh_from_db()
    assert case.due == moment("2019-06-13 18:30")


def test_the_same_act_twice_is_one_act(housing: Town) -> None:
    assert decreed().no == decreed().no == 1


def test_rules_that_cannot_stand_together_are_refused_and_nothing_changes() -> None:
    with pytest.raises(ActRefused, match="calendar-faulty"):
        decreed(DAY_OFF, clock.DayRule(day=date(2019, 6, 6), kind="ordinary", basis="Decree 1"))
    assert calendars.current().hash == clock.national_calendar().hash


def test_the_command_says_what_would_move_and_changes_nothing(
    housing: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from qyzmet.config.clock import hold

    case = filed()
    file = tmp_path / "decree.yaml"
    file.write_text("days:\n  - {date: 2019-06-06, rest: exchanged, basis: Decree 1}\n")
    with hold(TUESDAY):
        assert main(["calendar", "apply", str(file), "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert f"case:{case.pk} term: 2019-06-13 18:30 -> 2019-06-14 18:30" in out
    assert CalendarAct.objects.count() == 0


def test_an_unreadable_file_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calendar", "apply", str(tmp_path / "none.yaml")]) == 2
    assert "cannot be read as a calendar act" in capsys.readouterr().err


def test_steps_and_duties_follow_their_deadlines(housing: Town) -> None:
    case = filed()
    Token.objects.filter(case=case).update(step="register")
    token = open_step(case, "register")
    basis = Deadline.objects.get(case=case, duty="term").basis
    due = moment("2019-06-13 18:30")
    Deadline.objects.filter(subject=f"token:{case.pk}.{token.no}").delete()
    Deadline.objects.create(
        subject=f"token:{case.pk}.{token.no}", case=case, duty="register", due=due, basis=basis
    )
    recompute.run(decreed(), now=TUESDAY)
    moved = open_step(case, "register")
    assert moved.due == moved.queue_at == due + timedelta(days=1)


def test_the_hours_a_deployment_keeps_are_those_its_dates_are_judged_by(
    housing: Town, settings: Settings, tmp_path: Path
) -> None:
    settings.QYZMET_DATA = tmp_path
    days = '{mon-fri: {opens: "08:00", closes: "17:00", break: ["12:00", "13:00"]}}'
    (tmp_path / "hours.yaml").write_text(f"provider: {{week: five, cite: our order 7, days: {days}}}\n")
    assert filed().due == moment("2019-06-13 17:00")
