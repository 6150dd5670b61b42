"""The queue of a window: at most half an hour's wait and half an hour's service, in order, without appointment
(M262 §8, §10); the State Corporation takes documents in within fifteen minutes (A120 §9(1))."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qyzmet.cases.acts import queue
from qyzmet.cases.hall import queueing
from qyzmet.cases.journal.verify import verify
from qyzmet.cases.models import Entry, Ticket, Window
from qyzmet.cases.refusals import ActRefused
from qyzmet.people.actor import SYSTEM, Actor
from tests.cases.town import Town, moment, publish, shipped

pytestmark = pytest.mark.django_db

NOW = moment("2019-06-03 10:00")
HELP = "housing-assistance"


def after(minutes: int) -> dict[str, object]:
    return {"now": NOW + timedelta(minutes=minutes)}


@pytest.fixture
def counter(housing: Town) -> Actor:
    return housing.actor("counter")


@pytest.fixture
def neighbour(housing: Town, counter: Actor) -> Actor:
    return housing.official("counter", housing.bodies["state-corporation"])


def test_called_in_order_served_and_ended(counter: Actor) -> None:
    where = counter.organisation
    first, second = (queue.issue_ticket(counter, where, HELP, **after(n)) for n in (0, 1))
    assert [first.number, second.number] == ["001", "002"]
    queue.open_window(counter, 4, **after(2))
    called = queue.call_ticket(counter, **after(3))
    assert called.pk == first.pk
    queue.begin_serving(counter, first.pk, **after(4))
    ended = queue.end_serving(counter, first.pk, **after(12))
    assert (ended.state, ended.started_at - ended.issued_at) == ("served", timedelta(minutes=4))
    assert ended.ended_at - ended.started_at == timedelta(minutes=8)
    queue.call_ticket(counter, **after(13))
    queue.mark_no_show(counter, second.pk, **after(15))
    queue.close_window(counter, **after(16))
    codes = Entry.objects.filter(stream=f"queue:{where}").order_by("seq").values_list("act", flat=True)
    assert list(codes) == [
        "ticket.issued", "ticket.issued", "window.opened", "ticket.called", "ticket.begun", "ticket.served",
        "ticket.called", "ticket.not-come", "window.closed",
    ]  # fmt: skip
    assert verify().tamperings == []


def test_limits_are_those_of_the_act(housing: Town) -> None:
    for name in ("land-private-ownership",):
        package = shipped(name)
        housing.settle(package)
        publish(package)
    corporation, centre = housing.actor("counter"), housing.actor("centre-inspector")
    ticket = queue.issue_ticket(corporation, corporation.organisation, HELP, **after(0))
    assert (ticket.wait_limit, ticket.wait_cite) == (None, "")
    assert (ticket.serve_limit, ticket.serve_cite) == (15, "A120 §9(1) intake")
    ticket = queue.issue_ticket(corporation, corporation.organisation, HELP, "collect", **after(0))
    assert (ticket.serve_limit, ticket.serve_cite) == (15, "A120 §5(6)")
    land = queue.issue_ticket(centre, centre.organisation, "land-private-ownership", **after(0))
    assert (land.wait_limit, land.wait_cite) == (30, "M262 private §10(1)")
    assert (land.serve_limit, land.serve_cite) == (30, "M262 private §10(2)")
    assert set(queueing.served(centre.organisation, NOW)) == {"land-private-ownership"}


def test_a_number_sent_on_keeps_its_place_and_waits_anew(counter: Actor, neighbour: Actor) -> None:
    where = counter.organisation
    first = queue.issue_ticket(counter, where, HELP, **after(0))
    other = queue.issue_ticket(counter, where, HELP, **after(1))
    queue.open_window(counter, 1, **after(2))
    queue.open_window(neighbour, 2, **after(2))
    queue.call_ticket(counter, **after(3))
    sent = queue.transfer_ticket(counter, first.pk, window=2, reason="Prints are there", **after(5))
    assert (sent.no, sent.turn, sent.queued_at, sent.issued_at) == (1, 2, NOW, NOW + timedelta(minutes=5))
    assert queue.call_ticket(counter, **after(6)).pk == other.pk
    assert queue.call_ticket(neighbour, **after(6)).pk == sent.pk
    with pytest.raises(ActRefused, match="window-away"):
        queue.transfer_ticket(neighbour, sent.pk, window=7, reason="Elsewhere", **after(7))


def test_a_window_holds_one_official_and_one_number(counter: Actor, neighbour: Actor) -> None:
    where = counter.organisation
    for n in range(2):
        queue.issue_ticket(counter, where, HELP, **after(n))
    with pytest.raises(ActRefused, match="window-none"):
        queue.call_ticket(counter, **after(1))
    queue.open_window(counter, 1, **after(2))
    for who, number, code in ((neighbour, 1, "window-taken"), (counter, 2, "window-other")):
        with pytest.raises(ActRefused, match=code):
            queue.open_window(who, number, **after(2))
    queue.call_ticket(counter, **after(3))
    for ask in (queue.call_ticket, queue.close_window):
        with pytest.raises(ActRefused, match="ticket-in-hand"):
            ask(counter, **after(4))


def test_one_number_at_two_windows_is_called_by_one(counter: Actor, neighbour: Actor) -> None:
    ticket = queue.issue_ticket(counter, counter.organisation, HELP, **after(0))
    queue.open_window(counter, 1, **after(1))
    queue.open_window(neighbour, 2, **after(1))
    queue.call_ticket(counter, ticket.pk, **after(2))
    with pytest.raises(ActRefused, match="ticket-gone"):
        queue.call_ticket(neighbour, ticket.pk, **after(2))
    with pytest.raises(ActRefused, match="queue-empty"):
        queue.call_ticket(neighbour, **after(2))


def test_strangers_to_the_window_do_nothing_there(housing: Town, counter: Actor) -> None:
    head, elsewhere = (
        housing.actor("head"),
        housing.official("counter", housing.body("far", "state-corporation")),
    )
    ticket = queue.issue_ticket(SYSTEM, counter.organisation, HELP, **after(0))
    with pytest.raises(ActRefused, match="not-your-act"):
        queue.open_window(head, 1, **after(1))
    with pytest.raises(ActRefused, match="not-your-act"):
        queue.issue_ticket(elsewhere, counter.organisation, HELP, **after(1))
    queue.open_window(elsewhere, 1, **after(1))
    with pytest.raises(ActRefused, match="ticket-unknown"):
        queue.call_ticket(elsewhere, ticket.pk, **after(2))
    assert Ticket.objects.get().state == "waiting"


def test_sent_twice_it_is_done_once(counter: Actor) -> None:
    where = counter.organisation
    tickets = {queue.issue_ticket(counter, where, HELP, key="t", **after(0)).pk for _ in range(2)}
    windows = {queue.open_window(counter, 3, [HELP], key="w", **after(1)).pk for _ in range(2)}
    called = {queue.call_ticket(counter, key="c", **after(2)).pk for _ in range(2)}
    assert len(tickets) == len(windows) == 1
    assert called == tickets
    assert Window.objects.count() == Ticket.objects.count() == 1
    assert Entry.objects.filter(stream=f"queue:{where}").count() == 3
