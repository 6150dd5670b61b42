"""Waits at windows as the supervisor counts them: half an hour to wait and half an hour to be served (M262 §10),
the same figures from the table and from the journal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qyzmet.cases.acts import queue
from qyzmet.cases.models import Ticket
from qyzmet.cases.queries import figures
from qyzmet.cases.queries.figures import Period, Reach, Spread
from qyzmet.people.actor import Actor
from tests.cases.town import Town, moment
from tests.office.conftest import land

__all__ = ["land"]

pytestmark = pytest.mark.django_db

NOW = moment("2012-09-03 09:30")
SEPTEMBER = Period(date(2012, 9, 1), date(2012, 9, 30))
PLOT = "land-private-ownership"


@pytest.fixture
def inspector(land: Town) -> Actor:
    return land.actor("centre-inspector")


def crowd(inspector: Actor) -> None:
    """A morning: waits of 10, 30, 31 and 40 minutes; services of 5, 30 and 31; one did not come, one was sent
    on, one left."""
    tickets = [queue.issue_ticket(inspector, inspector.organisation or 0, PLOT, now=NOW) for _ in range(6)]
    queue.open_window(inspector, 1, now=NOW)
    for ticket, begin, minutes in zip(tickets, (10, 30, 61), (5, 30, 31), strict=False):
        serve(inspector, ticket, NOW + timedelta(minutes=begin), minutes)
    later = NOW + timedelta(minutes=100)
    queue.call_ticket(inspector, tickets[3].pk, now=later)
    queue.mark_no_show(inspector, tickets[3].pk, now=later)
    queue.call_ticket(inspector, tickets[4].pk, now=later)
    sent = queue.transfer_ticket(inspector, tickets[4].pk, service=PLOT, reason="Copies first", now=later)
    serve(inspector, sent, later + timedelta(minutes=40), 1)


def serve(inspector: Actor, ticket: Ticket, begin: object, minutes: int) -> None:
    queue.call_ticket(inspector, ticket.pk, now=begin)
    queue.begin_serving(inspector, ticket.pk, now=begin)
    queue.end_serving(inspector, ticket.pk, now=begin + timedelta(minutes=minutes))


@pytest.fixture
def reach(land: Town, inspector: Actor) -> Reach:
    crowd(inspector)
    return Reach(land.official("supervisor", land.above))


def test_averages_medians_and_what_kept_to_the_limit(reach: Reach, inspector: Actor) -> None:
    turns = figures.turns(reach, SEPTEMBER, NOW + timedelta(days=1))
    (of,) = figures.by_group(turns, "body").values()
    assert (of.tickets, of.served, of.not_come, of.left) == (7, 4, 1, 1)
    # 10, 30, 61 and 40 minutes: two kept to the half hour, for the last minute still is within it.
    assert of.wait == Spread(4, 35.2, 35.0, 2, 4)
    assert of.service == Spread(4, 16.8, 17.5, 3, 4)
    assert (of.wait.share, of.wait.over) == (0.5, 2)
    assert {key[0] for key in figures.by_group(turns, "hour")} == {9, 11}
    assert set(figures.by_group(turns, "window")) == {
        (inspector.organisation, 1),
        (inspector.organisation, None),
    }


@pytest.mark.parametrize("days", [0, 1])
def test_the_journal_alone_comes_to_the_same(reach: Reach, days: int) -> None:
    now = NOW + timedelta(days=days, hours=4)
    counted, told = figures.summary(reach, SEPTEMBER, now), figures.recount(reach, SEPTEMBER, now)
    assert counted.waits
    assert figures.differing(counted, told) == []
    Ticket.objects.filter(state="served").update(started_at=NOW)
    (difference,) = figures.differing(figures.summary(reach, SEPTEMBER, now), told)
    assert difference.figure == "waits"


def test_a_supervisor_of_another_body_counts_none_of_them(land: Town, reach: Reach) -> None:
    far = land.official("supervisor", land.body("far", "higher-body"))
    now = NOW + timedelta(hours=4)
    assert figures.turns(Reach(far), SEPTEMBER, now) == []
    assert figures.recount(Reach(far), SEPTEMBER, now).waits == {}
    assert figures.turns(Reach(reach.actor, service="other"), SEPTEMBER, now) == []
