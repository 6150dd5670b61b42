"""My tasks: counters that count what their list shows, paging that loses nothing, work taken and given back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from qyzmet.cases import acts
from qyzmet.cases.models import Case, Token
from qyzmet.config import clock
from qyzmet.office.views import tasks
from tests.cases import town
from tests.cases.test_housing_assistance import CALCULATION, Walk, application
from tests.cases.town import Town, citizen, open_step
from tests.office.desk import Desk

pytestmark = pytest.mark.django_db


def file(now: datetime, count: int = 1) -> list[Case]:
    return [town.file(citizen(), application(), now=now + timedelta(seconds=n)) for n in range(count)]


def shown(desk: Desk) -> list[str]:
    """The references listed, in order."""
    return [href.rsplit("/", 1)[1] for href in desk.links("/office/cases/")]


def counter(desk: Desk, kind: str) -> int:
    (link,) = desk.page.xpath(f"//ul[@class='counters']//a[@class='{kind}']/b")
    return int(link.text)


def test_an_empty_desk_says_what_will_come(housing: Town, monday: datetime) -> None:
    desk = Desk(housing.actor("responsible-specialist")).open("/office/")
    assert "Nothing waits for you now" in desk.main
    assert "registered" in desk.main
    counter_desk = Desk(housing.actor("counter")).open("/office/")
    assert counter_desk.links("/office/intake/")


def test_every_counter_counts_its_own_list(housing: Town, monday: datetime) -> None:
    first, second, third, _ = file(monday, 4)
    desk = Desk(housing.actor("responsible-specialist"))
    acts.take(housing.actor("responsible-specialist"), second.ref, 1, now=monday)
    Token.objects.filter(case=third).update(suspended=True)
    with clock.hold(monday + timedelta(minutes=15)):
        desk.open("/office/")
        assert [counter(desk, kind) for kind in ("late", "today", "waiting", "unassigned")] == [0, 3, 1, 3]
    with clock.hold(monday + timedelta(hours=1)):
        for kind in ("late", "today", "waiting", "unassigned"):
            desk.open(f"/office/?show={kind}")
            assert counter(desk, kind) == len(shown(desk)), kind
        assert shown(desk.open("/office/?show=mine")) == [second.ref]
        assert first.ref in shown(desk.open("/office/?show=late"))
        assert "the time passed today" in desk.main


def test_the_soonest_is_first_and_no_page_loses_or_repeats_a_task(
    housing: Town, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "A_PAGE", 3)
    cases = file(monday, 7)
    desk = Desk(housing.actor("responsible-specialist")).open("/office/")
    seen = shown(desk)
    while desk.links("after="):
        desk.open(desk.links("after=")[0])
        seen += shown(desk)
    assert seen == [case.ref for case in cases]


def test_a_task_is_taken_and_given_back_from_the_list(housing: Town, monday: datetime) -> None:
    (case,) = file(monday)
    actor = housing.actor("responsible-specialist")
    desk = Desk(actor).open("/office/?show=unassigned")
    desk.send("/hand", ("take", f"{case.ref}.1"))
    assert Token.objects.get(case=case).assignee_id == actor.account
    assert desk.path == "/office/?show=unassigned"
    desk.open("/office/").send("/hand", ("give-back", f"{case.ref}.1"))
    assert Token.objects.get(case=case).assignee_id is None


def test_a_task_somebody_else_has_just_taken_is_not_taken_twice(housing: Town, monday: datetime) -> None:
    (case,) = file(monday)
    colleague = housing.official("responsible-specialist", housing.bodies["social-department"])
    desk = Desk(housing.actor("responsible-specialist")).open("/office/")
    acts.take(colleague, case.ref, 1, now=monday)
    desk.send("/hand", ("take", f"{case.ref}.1"))
    assert "has taken this task" in desk.main


def test_rows_are_walked_by_j_and_k(housing: Town, monday: datetime) -> None:
    file(monday, 2)
    desk = Desk(housing.actor("responsible-specialist")).open("/office/")
    rows = desk.page.xpath("//*[@data-row]")
    assert len(rows) == 2
    assert all(len(row.xpath(".//a")) == 1 for row in rows)


def test_a_list_is_filtered_by_service(housing: Town, monday: datetime) -> None:
    file(monday)
    desk = Desk(housing.actor("responsible-specialist"))
    assert len(shown(desk.open("/office/?service=housing-assistance"))) == 1
    assert shown(desk.open("/office/?service=land-paid-use")) == []
    assert "No tasks under this filter" in desk.main


@pytest.mark.parametrize("words", ["after=x", "after=2019-06-03~y", "show=sideways", "service=%00", "do=9"])
def test_an_address_nobody_gave_is_no_trouble(housing: Town, monday: datetime, words: str) -> None:
    assert Desk(housing.actor("head")).open(f"/office/?{words}").status == 200


def test_the_agenda_lists_the_files_before_the_commission(housing: Town, monday: datetime) -> None:
    (case,) = file(monday)
    desk = Desk(housing.actor("commission")).open("/office/agenda")
    assert "No file is before the commission" in desk.main
    walk = Walk(housing, case, monday)
    walk.do("register", "responsible-specialist")
    walk.do("resolve", "head")
    walk.do("to-commission", "responsible-specialist", output=CALCULATION)
    with clock.hold(walk.now):
        desk.open("/office/agenda")
        assert shown(desk) == [case.ref]
        assert "1 file waits for your vote" in desk.main
        desk.send("/agenda/votes")
        assert "No vote is marked" in desk.main
        desk.open("/office/agenda").send(
            "/agenda/votes", **{f"vote.{case.ref}.{open_step(case, 'decide').no}": "assign"}
        )
        assert "1 of your votes is counted" in desk.main
        assert "waits for your vote" not in desk.main
