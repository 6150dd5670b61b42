"""My tasks, their counters, and the lists that start from the access index."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qyzmet.cases import acts
from qyzmet.cases.models import Capacity, Token
from qyzmet.cases.queries import counters, my_tasks, visible_cases
from qyzmet.cases.queries.views import VIEWS, fields_seen
from qyzmet.cases.watching import AUDITOR, OVERSEER
from tests.cases.town import OTHER, Town, citizen, licence, moment

pytestmark = pytest.mark.django_db

NOW = moment("2024-09-02 10:00")


def test_work_comes_by_due_moment_page_by_page_without_a_gap(samruk: Town) -> None:
    refs = [acts.submit(citizen(), licence(), now=NOW + timedelta(minutes=n)).ref for n in range(7)]
    registrar, seen, place = samruk.actor("registrar"), [], None
    while True:
        page = my_tasks(registrar, after=place, most=3)
        seen += [task.case.ref for task in page.tasks]
        if (place := page.next) is None:
            break
    assert seen == refs


def test_the_counters_tell_late_today_waiting_and_unassigned(samruk: Town) -> None:
    registrar = samruk.actor("registrar")
    cases = [acts.submit(citizen(), licence(), now=NOW) for _ in range(4)]
    acts.take(registrar, cases[0].ref, 1, now=NOW)
    acts.suspend(registrar, cases[1].ref, "dispute", reason="Order 5.", now=NOW)
    now = counters(registrar, NOW)
    assert (now.total, now.late, now.today, now.waiting, now.unassigned) == (4, 0, 3, 1, 3)
    later = counters(registrar, NOW + timedelta(hours=2))
    assert (later.late, later.today) == (3, 0)
    assert [task.case.ref for task in my_tasks(registrar, mine=True).tasks] == [cases[0].ref]


@pytest.mark.usefixtures("nothing_grows_old")
def test_counters_are_one_query_and_a_page_two(samruk: Town) -> None:
    acts.submit(citizen(), licence(), now=NOW)
    with CaptureQueriesContext(connection) as asked:
        counters(samruk.actor("registrar"), NOW)
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        my_tasks(samruk.actor("registrar"))
    assert len(asked) == 2


def test_a_party_sees_their_own_and_an_office_its_own(samruk: Town) -> None:
    mine = acts.submit(citizen(), licence(), now=NOW)
    other = acts.submit(citizen(OTHER, "Сатпаев"), licence(), now=NOW)
    assert [c.ref for c in visible_cases(citizen())] == [mine.ref]
    assert [c.ref for c in visible_cases(samruk.actor("mayor"))] == [other.ref, mine.ref]
    assert list(visible_cases(samruk.actor("vet"))) == []
    above = samruk.official("inspector", samruk.above)
    assert visible_cases(above, capacities=[Capacity.SUPERVISOR]).count() == 2


def test_an_official_sees_nothing_of_the_office_as_a_private_person(samruk: Town) -> None:
    from qyzmet.people.actor import Actor

    acts.submit(citizen(), licence(), now=NOW)
    registrar = samruk.actor("registrar")
    private = Actor(account=registrar.account, person=registrar.person)
    assert list(visible_cases(private)) == []


def test_each_capacity_has_a_view_of_its_own_and_a_supervisor_sees_no_papers() -> None:
    assert set(VIEWS) == {*Capacity.values, AUDITOR, OVERSEER}
    assert VIEWS[OVERSEER] == VIEWS[Capacity.SUPERVISOR]
    assert not {"form", "documents", "applicant"} & set(VIEWS[Capacity.SUPERVISOR])
    assert not {"outputs", "votes", "people"} & set(VIEWS[Capacity.PARTY])
    both = fields_seen(frozenset({Capacity.PARTY, Capacity.SUPERVISOR}))
    assert set(both) == set(VIEWS[Capacity.PARTY]) | set(VIEWS[Capacity.SUPERVISOR])
    assert len(both) == len(set(both))


def test_open_work_is_found_by_its_index(samruk: Town) -> None:
    if connection.vendor != "sqlite":
        return
    plan = Token.objects.filter(closed_at__isnull=True, organisation_id=1, post="registrar").order_by(
        "queue_at", "id"
    )
    assert "token_work" in plan.explain()
    assert "TEMP B-TREE" not in plan.explain()
