"""Data of state databases on the official's page of a case: dated, with their source, to be asked for again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qyzmet.cases.models import Case
from qyzmet.config import clock
from qyzmet.demo.standins import StandIns
from qyzmet.demo.standins.gateway import Mood
from qyzmet.gateway.models import StateQuestion
from tests.cases.conftest import housing
from tests.cases.town import Town, citizen, complete, open_step
from tests.gateway.connected import connected, deliver
from tests.gateway.test_state_data import MONDAY, at_the_counter
from tests.office.desk import Desk

__all__ = ["housing"]


@pytest.fixture
def gateway(db: None) -> Iterator[StandIns]:
    with clock.hold(MONDAY), connected(clock.now) as found:
        yield found


@pytest.fixture
def case(housing: Town, gateway: StandIns) -> Case:
    """At the specialist's, taken in at the window; the database of work found nothing."""
    gateway.table.gateway.wish("employment", Mood("not-found"))
    case = at_the_counter(housing)
    deliver(MONDAY)
    complete(housing.actor("counter"), case.ref, open_step(case, "intake").no, now=MONDAY)
    return case


def test_the_official_sees_the_data_with_their_date_source_and_consent(housing: Town, case: Case) -> None:
    page = Desk(housing.actor("responsible-specialist"), "kk").case(case.ref)
    row = StateQuestion.objects.filter(case=case).earliest("pk")
    amount = row.data["months"][0]["amount"].split(".")[0]
    said = page.main.replace("\u00a0", " ")
    assert "Жеке тұлғалардың кірістері туралы мәліметтер" in said
    assert f"{int(amount):,}".replace(",", " ") in said
    assert "Мәліметтің күні: 2019 ж. 3 маусым, 10:00" in said
    assert "ШЭП" in said
    assert "Дерекқорда мәлімет жоқ." in said


def test_the_official_asks_again_and_the_page_says_it_waits(
    housing: Town, case: Case, gateway: StandIns
) -> None:
    gateway.table.gateway.wish("employment", Mood())
    page = Desk(housing.actor("responsible-specialist"), "kk").case(case.ref)
    last = StateQuestion.objects.filter(case=case).latest("pk")
    page.send_to(f"/office/cases/{case.ref}/state-data", again=str(last.pk))
    said = page.case(case.ref).main
    assert "Жауап әлі келген жоқ. Бұл құжат өтініш берушіден талап етілмейді." in said
    deliver(MONDAY)
    assert "Жауап әлі келген жоқ" not in page.case(case.ref).main
    assert StateQuestion.objects.filter(case=case, state="answered").count() == 3


def test_the_counter_sees_no_data_and_a_citizen_comes_to_no_such_page(housing: Town, case: Case) -> None:
    assert "Жеке тұлғалардың кірістері" not in Desk(housing.actor("counter"), "kk").case(case.ref).main
    client = Desk(citizen(), "kk").client
    client.post(f"/office/cases/{case.ref}/state-data", {"again": "1"})
    assert StateQuestion.objects.filter(case=case).count() == 3
