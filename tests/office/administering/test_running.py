"""Accounts, deliveries, maintenance and seals: what keeps the platform running."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from qyzmet.cases.acts import administering as acts
from qyzmet.cases.acts.seal import seal
from qyzmet.cases.deployment import windows
from qyzmet.cases.models import Deadline, Entry, Maintenance, Outbox, Seal
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.people.models import Account
from tests.cases.test_housing_assistance import application
from tests.cases.town import citizen, file, moment
from tests.office.administering.conftest import Platform
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db
ACCOUNTS = "/office/admin/accounts/"
TEXT = {"kk": "Жүйе жаңартылады", "ru": "Система обновляется", "en": "The system is being renewed"}


def head_of(platform: Platform) -> Account:
    return Account.objects.get(pk=platform.town.actors["head"].account)


def test_an_account_is_found_by_number_and_name_and_never_unasked(
    platform: Platform, monday: datetime
) -> None:
    row = head_of(platform)
    desk = Desk(platform.first)
    assert row.number not in desk.open(ACCOUNTS).main
    assert row.number in desk.open(f"{ACCOUNTS}?q={row.number[:8]}").main
    Account.objects.filter(pk=row.pk).update(surname="Әбенова", given_name="Гүлназ")
    assert row.number in desk.open(f"{ACCOUNTS}?q=әбенова гүл").main
    assert "Nothing was found" in desk.open(f"{ACCOUNTS}?q=%3Cscript%3E").main


def test_a_blocked_account_is_out_at_once_and_comes_back(platform: Platform, monday: datetime) -> None:
    row = head_of(platform)
    head = Desk(platform.town.actors["head"])
    assert head.open("/office/").status == 200
    admin = Desk(platform.first).open(f"{ACCOUNTS}{row.pk}/block").send(".act", reason="Order 11")
    assert "Blocked" in admin.main
    assert "Order 11" in admin.main
    assert head.open("/office/").path.startswith("/sign-in")
    assert admin.open(f"{ACCOUNTS}{row.pk}/block").send(".act", reason="Order 11").status == 409
    admin.open(f"{ACCOUNTS}{row.pk}/unblock").send(".act", reason="Order 12")
    row.refresh_from_db()
    assert row.is_active


def test_sessions_end_for_that_account_alone(platform: Platform, monday: datetime) -> None:
    row = head_of(platform)
    row.set_password("a long password 12")
    row.save()
    phones = [Client(), Client()]
    for phone in phones:
        phone.post("/sign-in", {"number": row.number, "password": "a long password 12"})
    other = Desk(platform.second)
    assert Session.objects.count() == 3
    assert acts.end_sessions(platform.first, row.pk, reason="A lost phone", now=monday) == 2
    assert {phone.get("/office/").status_code for phone in phones} == {302}
    assert other.open("/office/admin/").status == 200


def test_a_lost_second_factor_is_reset_by_another(platform: Platform, monday: datetime) -> None:
    row = head_of(platform)
    TOTPDevice.objects.create(user=row, name="phone")
    desk = Desk(platform.first).open(f"{ACCOUNTS}{row.pk}/reset-factor")
    desk.send(".act", reason="Seen in person")
    assert desk.status == 422
    desk.send(".act", reason="Seen in person", sure="yes")
    assert not TOTPDevice.objects.exists()
    with pytest.raises(ActRefused, match="no-second-factor"):
        acts.reset_second_factor(platform.first, row.pk, reason="x", now=monday)
    with pytest.raises(ActRefused, match="account-own"):
        acts.reset_second_factor(platform.first, platform.first.account or 0, reason="x", now=monday)


def test_nobody_blocks_oneself(platform: Platform, monday: datetime) -> None:
    with pytest.raises(ActRefused, match="account-own"):
        acts.block_account(platform.first, platform.first.account or 0, reason="x", now=monday)


def test_a_parked_delivery_says_why_and_is_taken_up_again(platform: Platform, monday: datetime) -> None:
    row = Outbox.objects.create(destination="mail", stream="case:1", seq=1, kind="case.received", next_at=monday,
                                state="parked", attempts=30, last_error="<b>550</b> no such mailbox")  # fmt: skip
    desk = Desk(platform.first).open("/office/admin/parked/")
    assert "<b>550</b> no such mailbox" in desk.main
    other = Desk(platform.second).open(f"/office/admin/parked/{row.pk}")
    desk.open(f"/office/admin/parked/{row.pk}").send(".act", reason="The mailbox is there again")
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)
    assert "The mailbox is there again" in desk.main
    assert other.send(".act", reason="Mine too").status == 409


def test_maintenance_is_told_on_every_page_and_stops_no_clock(platform: Platform, monday: datetime) -> None:
    before = file(citizen(), application(), now=monday)
    desk = Desk(platform.first).open("/office/admin/maintenance/new")
    desk.send(".act", since="03.06.2019 09:00", until="03.06.2019 20:00", text_kk=TEXT["kk"], text_ru=TEXT["ru"],
              text_en=TEXT["en"], reason="Order 20")  # fmt: skip
    assert "The maintenance is announced" in desk.text
    for language, words in TEXT.items():
        client = Client(HTTP_ACCEPT_LANGUAGE=language)
        client.cookies["django_language"] = language
        assert words in client.get("/").content.decode()
    during = file(citizen(), application(), now=monday)
    due = {Deadline.objects.get(case=case, duty="term").due for case in (before, during)}
    assert len(due) == 1
    assert during.registered_at == monday
    with clock.hold(moment("2019-06-03 20:01")):
        windows.forget()
        assert TEXT["kk"] not in Client().get("/").content.decode()


UNFIT_WORKS = [
    ("until", "01.06.2019 10:00", "before it begins"), ("until", "20.06.2019 10:00", "for a week at most"),
    ("since", "now", "cannot be read"), ("text_kk", "Maintenance", "in the letters"), ("text_ru", "", "is empty"),
    ("text_en", "a" * 301, "too long"), ("text_en", "<h1>Off</h1>", "signs no official"),
]  # fmt: skip


def test_maintenance_that_cannot_be(platform: Platform, monday: datetime) -> None:
    for field, value, says in UNFIT_WORKS:
        given = {"since": "03.06.2019 22:00", "until": "03.06.2019 23:00", "reason": "Order 20"}
        given |= {f"text_{language}": words for language, words in TEXT.items()}
        desk = (
            Desk(platform.first).open("/office/admin/maintenance/new").send(".act", **{**given, field: value})
        )
        assert desk.status == 422
        assert says in desk.errors


def test_maintenance_in_the_past_or_twice_at_a_time(platform: Platform, monday: datetime) -> None:
    since, until = monday + timedelta(hours=1), monday + timedelta(hours=2)
    with pytest.raises(ActRefused, match="dates-past"):
        acts.announce_maintenance(platform.first, TEXT, since=monday - timedelta(hours=2),
                                  until=monday - timedelta(hours=1), reason="x", now=monday)  # fmt: skip
    row = acts.announce_maintenance(platform.first, TEXT, since=since, until=until, reason="x", now=monday)
    with pytest.raises(ActRefused, match="maintenance-overlaps"):
        acts.announce_maintenance(platform.second, TEXT, since=since, until=until, reason="x", now=monday)
    acts.cancel_maintenance(platform.second, row.pk, reason="x", now=monday)
    assert windows.near(monday) == []
    with pytest.raises(ActRefused, match="maintenance-over"):
        acts.cancel_maintenance(platform.first, row.pk, reason="x", now=monday)
    assert Maintenance.objects.count() == 1


def test_the_journal_is_sealed_now_and_read_through(platform: Platform, monday: datetime) -> None:
    file(citizen(), application(), now=monday)
    desk = Desk(platform.first).open("/office/admin/seals/now").send(".act", reason="Before the audit")
    assert Seal.objects.count() == 1
    assert "Before the audit" in desk.main
    assert "The journal is whole" in desk.open("/office/admin/seals/?check=yes").main


def test_a_journal_that_was_touched_is_not_whole(platform: Platform, monday: datetime) -> None:
    seal(platform.first, reason="Order 1", now=monday)
    path = next(Path(Seal.objects.get().kept_at).parent.glob("*.seal"))
    path.write_bytes(path.read_bytes().replace(b'"v":1', b'"v":2'))
    desk = Desk(platform.first).open("/office/admin/seals/?check=yes")
    assert "tell the security service" in desk.main


def test_every_act_of_the_administrator_carries_its_reason(platform: Platform, monday: datetime) -> None:
    head = platform.town.actors["head"]
    for reason in ("", "   "):
        with pytest.raises(ActRefused, match="act-reason-needed"):
            acts.block_account(platform.first, head.account or 0, reason=reason, now=monday)
    with pytest.raises(ActRefused, match="not-your-act"):
        seal(head, now=monday, reason="Order 1")
    assert not Entry.objects.filter(act="account.blocked").exists()
