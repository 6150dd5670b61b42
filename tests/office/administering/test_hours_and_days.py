"""Office hours and days change: the preview says which open dates move, the act moves them, both sides are told."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml

from qyzmet.cases.acts import administering as acts
from qyzmet.cases.acts.substitute import substitute
from qyzmet.cases.dates import calendars, recompute
from qyzmet.cases.models import CalendarAct, Case, Deadline, Entry, HoursAct, Outbox, Payload
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.sweep import sweep
from qyzmet.clock import ALMATY
from qyzmet.config import clock
from qyzmet.people.models import Organisation
from tests.cases.test_housing_assistance import application
from tests.cases.town import citizen, file, moment
from tests.office.administering.conftest import Platform
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db
HOURS = "/office/admin/hours/provider/change"
EARLY = {"mon-fri": {"opens": "09:00", "closes": "17:00", "break": ["13:00", "14:00"]}}
ENTRY = {"week": "five", "days": EARLY, "cite": "Order 7"}


def filed(now: datetime) -> Case:
    case = file(citizen(), application(), now=now)
    case.refresh_from_db()
    return case


def early(platform: Platform, now: datetime, **more: object) -> HoursAct:
    return acts.change_hours(platform.first, "provider", ENTRY, reason="Order 7", now=now, **more)  # type: ignore[arg-type]


def test_hours_that_close_earlier_move_open_dates_and_both_sides_are_told(
    platform: Platform, monday: datetime, own_folder: Path
) -> None:
    case = filed(monday)
    assert case.due == moment("2019-06-13 18:30")
    change = early(platform, monday)
    assert recompute.run(change, now=monday) >= 1
    case.refresh_from_db()
    assert case.due == moment("2019-06-13 17:00")
    term = Deadline.objects.get(case=case, duty="term")
    assert term.basis["hours_hash"] == calendars.current().hours["provider"].hash
    entry = Entry.objects.filter(stream=case.stream, act="deadline.moved").first()
    assert entry is not None
    said = json.loads(Payload.objects.get(stream=case.stream, seq=entry.seq).data or "")
    assert (said["old"], said["new"]) == ("2019-06-13 12:30:00+00:00", "2019-06-13 11:00:00+00:00")
    assert (said["act"], said["hours"]) == ("Order 7", "provider")
    told = Outbox.objects.filter(destination="mail", kind="deadline.moved", stream=case.stream, seq=entry.seq)
    assert sorted(told.values_list("ref", flat=True)) == ["holder", "party"]
    assert yaml.safe_load((own_folder / "hours.yaml").read_text())["provider"]["cite"] == "Order 7"


def test_the_ticker_carries_it_out_and_once(platform: Platform, monday: datetime) -> None:
    filed(monday)
    early(platform, monday)
    assert recompute.unfinished() is not None
    assert sweep(monday + timedelta(seconds=30))["recomputed"] == 0
    assert sweep(monday + timedelta(minutes=2))["recomputed"] >= 1
    assert recompute.unfinished() is None
    assert Entry.objects.filter(stream="system", act="hours.recomputed").count() == 1


def test_no_date_moves_into_the_past(platform: Platform, monday: datetime) -> None:
    case = filed(monday)
    evening = moment("2019-06-13 17:30")
    assert recompute.run(early(platform, evening), now=evening) == 0
    case.refresh_from_db()
    assert case.due == moment("2019-06-13 18:30")


def test_a_body_that_keeps_other_hours_takes_its_dates_along(platform: Platform, monday: datetime) -> None:
    case = filed(monday)
    change = acts.give_hours(
        platform.first, case.provider_id, "authorised-body", reason="Order 8", now=monday
    )
    assert recompute.run(change, now=monday) >= 1
    case.refresh_from_db()
    assert case.due == moment("2019-06-13 18:00")
    assert Deadline.objects.get(case=case, duty="term").basis["hours"] == "authorised-body"


def test_the_page_shows_what_moves_before_it_is_done(platform: Platform, monday: datetime) -> None:
    case = filed(monday)
    desk = Desk(platform.first).open(HOURS)
    days = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00–13:00, 14:00–17:00")
    desk.send(".act", **days, cite="Order 7", reason="Order 7")
    assert (case.number or case.ref) in desk.main
    assert "will move" in desk.main
    assert not HoursAct.objects.exists()
    desk.send(".act", ("apply", "1"))
    assert "The office hours are changed" in desk.text
    assert HoursAct.objects.get().after["days"]["mon"] == EARLY["mon-fri"]
    assert "Order 7" in desk.main


UNFIT_HOURS = ["18:00–09:00", "9 to 5", "09:00–25:00", "09:00–13:00, 12:00–18:00", "😀", "<b>"]


def test_hours_that_cannot_be(platform: Platform, monday: datetime) -> None:
    for typed in UNFIT_HOURS:
        desk = Desk(platform.first).open(HOURS).send(".act", mon=typed, reason="Order 7")
        assert desk.status == 422
        assert "The hours of this day cannot be read" in desk.errors


def test_two_administrators_change_hours_and_the_second_is_told(platform: Platform, monday: datetime) -> None:
    slow, quick = (Desk(each).open(HOURS) for each in (platform.first, platform.second))
    for desk in (quick, slow):
        desk.send(".act", fri="09:00–13:00", reason="Order 7")
    quick.send(".act", ("apply", "1"))
    slow.send(".act", ("apply", "1"))
    assert slow.status == 409
    assert "Another administrator" in slow.errors
    assert HoursAct.objects.count() == 1


def test_the_file_goes_back_when_the_act_is_not_committed(
    platform: Platform, monday: datetime, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("qyzmet.cases.transaction.Act.write", broken)
    with pytest.raises(OSError, match="disk"):
        early(platform, monday)
    assert not (own_folder / "hours.yaml").exists()
    assert not HoursAct.objects.exists()


def test_hours_under_a_new_name_move_nothing(platform: Platform, monday: datetime) -> None:
    filed(monday)
    acts.change_hours(platform.first, "night-shift", ENTRY, reason="Order 9", now=monday)
    assert "night-shift" in calendars.current().hours
    change = HoursAct.objects.get()
    assert recompute.run(change, now=monday) == 0


def test_a_calendar_act_is_previewed_and_applied(platform: Platform, monday: datetime) -> None:
    filed(monday)
    desk = Desk(platform.first).open("/office/admin/calendar/new")
    desk.send(".act", **{"name": "Decree 1", "days[0].day": "06.06.2019", "days[0].kind": "off",
                            "days[0].week": "both", "reason": "Decree 1"})  # fmt: skip
    assert "will move" in desk.main
    assert not CalendarAct.objects.exists()
    desk.send(".act", ("apply", "1"))
    assert "The act is applied" in desk.text
    assert recompute.run(CalendarAct.objects.get(), now=monday) == 1


def test_a_year_ahead_without_a_calendar_is_said_in_time(platform: Platform, monday: datetime) -> None:
    assert "known to the end of" in Desk(platform.first).open("/office/admin/calendar/").main
    last = calendars.current().years[-1]
    with clock.hold(datetime(last, 1, 4, 11, 0, tzinfo=ALMATY)):
        for page in ("/office/admin/", "/office/admin/calendar/"):
            assert f"There is no calendar for {last + 1}" in Desk(platform.first).open(page).main
    with clock.hold(datetime(last - 1, 12, 20, 11, 0, tzinfo=ALMATY)):
        assert "There is no calendar" not in Desk(platform.first).open("/office/admin/").main


UNFIT_DAYS = [
    ({"days[0].day": "31.05.2019"}, "has gone by"), ({"days[0].kind": "works"}, "instead of which day"),
    ({"days[0].day": "31.02.2019"}, "no such day"), ({"days[0].kind": "holiday"}, "no such answer"),
    ({"days[0].day": "01.01.2099"}, "2099"),
]  # fmt: skip


def test_days_that_cannot_be(platform: Platform, monday: datetime) -> None:
    for row, says in UNFIT_DAYS:
        given = {
            "name": "Decree 1",
            "days[0].day": "06.06.2019",
            "days[0].kind": "off",
            "days[0].week": "both",
        }
        desk = Desk(platform.first).open("/office/admin/calendar/new")
        desk.send(".act", **{**given, **row, "reason": "Decree 1"})
        assert desk.status == 422
        assert says in desk.errors


def test_a_head_still_orders_a_substitute_but_no_hours(platform: Platform, monday: datetime) -> None:
    head = platform.town.actors["head"]
    with pytest.raises(ActRefused, match="not-your-act"):
        acts.change_hours(head, "provider", ENTRY, reason="Order 7", now=monday)
    assert substitute.__module__ == "qyzmet.cases.acts.substitute"
    assert Organisation.objects.filter(hours="provider").exists()
