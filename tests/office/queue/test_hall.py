"""The queue by its pages: a number given and printed, called, served, and what an act limits (M262 §8, §10)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from qyzmet.cases.acts import queue
from qyzmet.cases.models import Case, Ticket, Window
from qyzmet.config import clock
from tests.cases.town import Town
from tests.office.desk import Desk
from tests.office.test_intake import ADDRESS, take

pytestmark = pytest.mark.django_db

HALL = "/office/queue/"


@pytest.fixture
def desk(housing: Town, monday: datetime) -> Desk:
    return Desk(housing.actor("counter")).open(HALL)


def served(desk: Desk, minutes: int) -> Ticket:
    """Give a number, call it and begin, then look again so many minutes later."""
    desk.send("do/issue", service="housing-assistance", purpose="apply")
    desk.open(HALL).send("do/open", number="3")
    desk.send("do/call")
    desk.send("do/begin")
    with clock.hold(clock.now() + timedelta(minutes=minutes)):
        desk.open(HALL)
    return Ticket.objects.get()


def test_a_number_is_given_and_its_slip_printed(desk: Desk) -> None:
    desk.send("do/issue", service="housing-assistance", purpose="apply")
    ticket = Ticket.objects.get()
    assert desk.path == f"/office/queue/slips/{ticket.pk}"
    assert "001" in desk.main
    assert "0 people are before you" in desk.main
    assert "Being served takes at most 15 minutes" in desk.main
    assert "001" in desk.open(HALL).main


def test_called_served_and_taken_in_and_the_number_ends_with_its_case(desk: Desk) -> None:
    ticket = served(desk, 5)
    assert (ticket.state, ticket.window.number) == ("serving", 3)
    assert "5 of 15 min" in desk.main
    take(desk.open(ADDRESS))
    assert "End ticket 001 with this case" in desk.main
    desk.send("do/end")
    ticket.refresh_from_db()
    assert (ticket.state, ticket.case) == ("served", Case.objects.get())


@pytest.mark.parametrize(("minutes", "said"), [(9, ""), (10, "near the limit"), (16, "over the limit")])
def test_a_limit_that_is_near_or_passed_is_said_in_words(desk: Desk, minutes: int, said: str) -> None:
    served(desk, minutes)
    assert [each for each in ("near the limit", "over the limit") if each in desk.main] == [said] * bool(said)


def test_what_cannot_be_done_is_said_beside_its_field(desk: Desk, housing: Town) -> None:
    desk.send("do/open", number="0")
    assert (desk.status, desk.links("#number")) == (422, ["#number"])
    neighbour = housing.official("counter", housing.bodies["state-corporation"])
    queue.open_window(neighbour, 1, now=clock.now())
    desk.open(HALL).send("do/open", number="1")
    assert "sits at window 1" in desk.errors
    assert Window.objects.count() == 1


def test_a_ticket_another_window_called_is_gone(desk: Desk, housing: Town) -> None:
    neighbour = housing.official("counter", housing.bodies["state-corporation"])
    now = clock.now()
    ticket = queue.issue_ticket(neighbour, neighbour.organisation, "housing-assistance", now=now)
    desk.open(HALL).send("do/open", number="2")
    queue.open_window(neighbour, 1, now=now)
    queue.call_ticket(neighbour, now=now)
    desk.send_to("/office/queue/do/call", ticket=str(ticket.pk))
    assert desk.status == 409
    assert "Window 1 has called ticket 001 already" in desk.main


def test_sent_on_with_a_reason(desk: Desk, housing: Town) -> None:
    neighbour = housing.official("counter", housing.bodies["state-corporation"])
    queue.open_window(neighbour, 9, now=clock.now())
    served(desk, 1)
    desk.send("do/transfer", window="9")
    assert (desk.status, desk.links("#reason")) == (422, ["#reason"])
    desk.send("do/transfer", window="9", reason="It is there")
    assert "Ticket 001 is sent on" in desk.main
    assert list(Ticket.objects.order_by("turn").values_list("state", "for_window")) == [
        ("transferred", None),
        ("waiting", 9),
    ]


def test_only_who_takes_people_in_sees_the_hall(housing: Town, monday: datetime) -> None:
    stranger = Desk(housing.actor("head"))
    assert stranger.client.get(HALL).status_code == 403
    assert stranger.client.post("/office/queue/do/open", {"number": "1"}).status_code == 403
    ticket = queue.issue_ticket(
        housing.actor("counter"), housing.actor("counter").organisation, "housing-assistance", now=monday
    )
    far = Desk(housing.official("counter", housing.body("far", "state-corporation")))
    assert far.client.get(f"/office/queue/slips/{ticket.pk}").status_code == 404
    assert far.client.get("/office/queue/do/call").status_code == 303
    assert far.client.post("/office/queue/do/dance").status_code == 404


@pytest.mark.parametrize("value", ["", "'", "😀", "<b>x</b>", "9" * 400, "-1", "٣"])
def test_rubbish_is_answered_in_words(desk: Desk, value: str) -> None:
    junk = {"number": value, "service": value, "purpose": value, "ticket": value, "window": value}
    for verb in ("open", "issue", "call", "begin", "end", "no-show", "transfer"):
        answer = desk.client.post(f"/office/queue/do/{verb}", junk | {"reason": value, "services": value})
        assert answer.status_code in (409, 422), verb
        assert b"<b>x</b>" not in answer.content
