"""The letter of the day: one to each official with what is near and late, however often time is looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from qyzmet.cases import acts
from qyzmet.cases.delivery.outbox import deliver_due
from qyzmet.cases.models import Case, Deadline, Entry, Outbox, Token
from qyzmet.cases.sweep import sweep
from qyzmet.gateway import cabinet
from qyzmet.gateway.mail import delivery
from qyzmet.gateway.mail import letters as written
from qyzmet.gateway.models import Notice
from qyzmet.people.models import Account
from tests.cases.test_housing_assistance import application
from tests.cases.town import Town, citizen, file, moment
from tests.gateway.conftest import MailServer

MONDAY = moment("2019-06-03 10:00")
NEXT = moment("2019-06-04 09:00")
CODE = "deadlines.told"


@pytest.fixture(autouse=True)
def seals(tmp_path: Path, settings: Settings) -> None:
    settings.QYZMET_SEALS = str(tmp_path / "seals")


def tick(at: datetime) -> None:
    sweep(at)
    while deliver_due(at, only=["mail"]):
        pass


def filed(count: int) -> list[Case]:
    return [file(citizen(), application(), now=MONDAY) for _ in range(count)]


def told(number: str) -> list[Notice]:
    return list(Notice.objects.filter(person=number, code=CODE).order_by("id"))


def test_three_cases_left_alone_are_one_letter_the_next_morning(housing: Town) -> None:
    cases, clerk = filed(3), housing.actor("responsible-specialist")
    tick(MONDAY)  # nothing is near yet: a registration has twenty minutes
    tick(moment("2019-06-03 18:31"))
    assert told(clerk.person) == []
    for at in (moment("2019-06-04 08:59"), NEXT, NEXT, moment("2019-06-04 17:00")):
        tick(at)
    (letter,) = told(clerk.person)
    assert letter.subject == "Мерзімдер: өтіп кеткені – 3, жақындағаны – 0"
    lines = [line for line in letter.letter if line.startswith("№")]
    assert len(lines) == 3
    for case in cases:
        case.refresh_from_db()
        assert any(str(case.number) in line and f"/office/cases/{case.ref}" in line for line in lines)
    assert not Notice.objects.filter(person=citizen().person, code=CODE).exists()


def test_a_day_with_nothing_new_has_no_letter_and_a_new_one_says_all_that_stands(housing: Town) -> None:
    filed(1)
    clerk = housing.actor("responsible-specialist")
    for at in (NEXT, moment("2019-06-05 09:00"), moment("2019-06-08 10:00"), moment("2019-06-12 09:00")):
        tick(at)
    first, second = told(clerk.person)
    assert (first.made_at, second.made_at) == (NEXT, moment("2019-06-12 09:00"))
    assert second.subject == "Мерзімдер: өтіп кеткені – 1, жақындағаны – 1"  # the term is warned of


def test_what_is_done_or_suspended_by_the_morning_is_no_line(housing: Town) -> None:
    done, frozen, left = filed(3)
    for at in (MONDAY, moment("2019-06-03 18:31")):
        tick(at)
    clerk = housing.actor("responsible-specialist")
    acts.complete(
        clerk, done.ref, Token.objects.get(case=done, step="register").no, now=moment("2019-06-03 18:40")
    )
    Deadline.objects.filter(case=frozen).update(due=None)
    tick(NEXT)
    (letter,) = told(clerk.person)
    assert [left.ref in line for line in letter.letter if line.startswith("№")] == [True]


def test_another_official_who_took_the_task_is_told_alone(housing: Town) -> None:
    (case,) = filed(1)
    clerk = housing.actor("responsible-specialist")
    other = housing.official("responsible-specialist", housing.bodies["social-department"])
    acts.take(other, case.ref, Token.objects.get(case=case).no, now=MONDAY)
    tick(NEXT)
    assert (len(told(clerk.person)), len(told(other.person))) == (0, 1)


def test_the_body_above_reads_of_it_with_the_body_named(housing: Town) -> None:
    filed(2)
    supervisor = housing.official("supervisor", housing.above)
    tick(NEXT)
    (letter,) = told(supervisor.person)
    assert letter.subject == "Қарамағыңыздағы органдардың мерзімдері: 2"
    assert sum("social-department" in line for line in letter.letter) == 2


def test_killed_in_the_middle_it_is_written_when_the_worker_comes_again(
    housing: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed(2)
    housing.official("responsible-specialist", housing.bodies["social-department"])
    real: Callable[..., Notice] = delivery._kept
    calls: list[int] = []

    def killed(*args: object) -> Notice:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(delivery, "_kept", killed)
    sweep(NEXT)
    with pytest.raises(KeyboardInterrupt):
        deliver_due(NEXT, only=["mail"])
    monkeypatch.setattr(delivery, "_kept", real)
    Outbox.objects.update(lease=None)
    tick(moment("2019-06-04 09:10"))
    assert [Notice.objects.filter(code=CODE).count(), Entry.objects.filter(act=CODE).count()] == [
        2,
        2,
    ]  # two officials; their body and the one above
    assert not Outbox.objects.filter(destination="mail").exclude(state="sent").exists()


def test_it_goes_out_by_e_mail_once_and_is_read_without_a_case(
    housing: Town, mail_server: MailServer
) -> None:
    filed(1)
    clerk = housing.actor("responsible-specialist")
    Account.objects.filter(pk=clerk.account).update(email="clerk@example.kz")
    tick(NEXT)
    Outbox.objects.filter(destination="mail").update(state="waiting", lease=None)
    tick(NEXT)
    assert [str(m["To"]) for m in mail_server.letters].count("clerk@example.kz") == 1
    (letter,) = cabinet.letters(clerk)
    assert cabinet.opened(clerk, letter.pk, now=NEXT).read_at == NEXT
    assert Entry.objects.filter(stream=f"account:{clerk.account}", act="notice.read").exists()
    browser = Client()
    browser.force_login(Account.objects.get(pk=clerk.account))
    browser.post("/roles", {"role": f"post:{clerk.post}:{clerk.organisation}::"})
    page = browser.get(f"/office/letters/{letter.pk}").content.decode()
    assert f"/office/cases/{Case.objects.get().ref}" in page


def test_its_parts_are_there_in_three_languages() -> None:
    said = written.texts(CODE)
    parts = [said["subject"], said["subject-below"], *said["letter"].values(), said["line"], said["line-below"],
             said["more"], said["term"]]  # fmt: skip
    assert all(set(each) == {"kk", "ru", "en"} for each in parts)
