"""Whoever asks, whichever way: list, count, search, export, page by id and download by id give one set of cases, and
none of another's. Somebody else's thing and a thing that is not there are answered the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from qyzmet.cases import laws
from qyzmet.cases.dates import calendars
from qyzmet.cases.models import Case
from qyzmet.config import clock
from qyzmet.people import directory
from tests.cases.conftest import emptying, parameters
from tests.fence.answers import same_shape
from tests.fence.crowd import Crowd, Seat, gather
from tests.fence.known import Door, doors, plain, unknown
from tests.fence.ways import hidden, lists_of, marks, others, pages, reads, tasks_of, ways_of
from tests.office.keys import answering

__all__ = ["emptying", "parameters"]

pytestmark = pytest.mark.django_db

FEW = ("visitor", "stranger", "east vet", "east supervisor", "administrator")
"""Who comes in the quick run; in the long one everybody does, with everybody else's ids."""
SHARE = 6
WHOLE = [False, pytest.param(True, marks=pytest.mark.full)]
LISTS = {"cabinet", "supervision-cases", "audit"}
NO_ID = ("sign-out", "set_language", "clock-next", "my-data-copy")
"""Pages that read no id; those of an account read none either, and no two of their answers are the same."""


@pytest.fixture(scope="module")
def crowd(django_db_setup: None, django_db_blocker: DjangoDbBlocker, parameters: None) -> Iterator[Crowd]:
    """Made once for all addresses; everything is undone afterwards."""
    from qyzmet.cases.steps import functions
    from qyzmet.cases.steps.functions import Verdict

    before = dict(functions._registered)
    functions._registered["samruk.note_stall"] = lambda call: Verdict("done")
    whole = transaction.atomic()
    whole._from_testcase = True  # the tests are transactions within this one
    with django_db_blocker.unblock(), answering(), whole:
        made = gather()
        with clock.hold(made.now):
            for seat in made.seats.values():
                seat.stay()
            yield made
        transaction.set_rollback(True)
    functions._registered.clear()
    functions._registered.update(before)
    for kept in (calendars, laws, directory):
        kept.forget()


def seats(crowd: Crowd, whole: bool, door: Door | None = None) -> list[Seat]:
    """Who comes: a few, or everybody; to a door, in the long run, every sixth, others to each door."""
    everybody = list(crowd.seats.values())
    if not whole:
        return [seat for name, seat in crowd.seats.items() if name in FEW]
    return everybody[crc32(door.name.encode()) % SHARE :: SHARE] if door else everybody


def test_every_address_is_known() -> None:
    assert [each.route for each in unknown()] == [], "say in tests/fence/known.py whose things these show"


@pytest.mark.parametrize("whole", WHOLE)
@pytest.mark.parametrize("door", doors(), ids=lambda door: door.name)
def test_what_is_not_yours_is_as_if_it_were_not_there(crowd: Crowd, door: Door, whole: bool) -> None:
    things = list(door.things(crowd))
    for number, seat in enumerate(seats(crowd, whole, door)):
        browser = seat.client()
        foreign = [thing for thing in things if not thing.theirs(seat)]
        for thing in _one(foreign, number):
            for method in ("GET", "POST"):
                hidden(browser, method, door, seat, thing)


def _spread(things: list[Any], most: int) -> list[Any]:
    """So many of them, from the last to the first."""
    return things[:: -max(1, len(things) // most)][:most]


def _one(things: list[Any], number: int) -> list[Any]:
    """One of them, if there are any: another for each seat."""
    return [things[-1 - number % len(things)]] if things else []


@pytest.mark.parametrize("whole", WHOLE)
@pytest.mark.parametrize("door", plain(), ids=lambda door: door.name)
def test_no_page_names_what_is_not_yours(crowd: Crowd, door: Door, whole: bool) -> None:
    given_away = marks()
    for seat in seats(crowd, whole, door):
        browser, seen = seat.client(), {case.pk for case in seat.cases()}
        said = "\n".join(pages(browser, reverse(door.name)))
        shown = {pk for mark, pk in given_away.items() if mark in said}
        assert shown <= seen, (seat, door.name, shown - seen)
        if door.name in LISTS and reads(seat, door.name):
            assert shown == seen, (seat, door.name, seen - shown)
        for mark in others(seat):
            assert mark not in said, (seat, door.name, mark)


@pytest.mark.parametrize("whole", WHOLE)
def test_every_way_of_asking_gives_one_set(crowd: Crowd, whole: bool) -> None:
    everything = list(Case.objects.select_related("filing").order_by("id"))
    for seat in seats(crowd, whole):
        if seat.actor is None or not seat.actor.confirmed:
            continue
        own, foreign = [c for c in everything if seat.sees(c)], [c for c in everything if not seat.sees(c)]
        asked = everything if whole else [*_spread(own, 3), *_spread(foreign, 3)]
        seen = {case.ref for case in asked} & {case.ref for case in own}
        for way, found in ways_of(seat, asked):
            assert found == seen, (seat, way, found ^ seen)
        for way, found in lists_of(seat):
            assert found == {case.ref for case in own}, (seat, way, found)


@pytest.mark.parametrize("whole", WHOLE)
def test_my_tasks_are_the_open_steps_of_the_post(crowd: Crowd, whole: bool) -> None:
    for seat in seats(crowd, whole):
        tasks_of(seat)


@pytest.mark.parametrize("whole", WHOLE)
@pytest.mark.parametrize("door", plain(), ids=lambda door: door.name)
def test_an_id_in_what_is_sent_tells_no_more_than_one_in_the_address(
    crowd: Crowd, door: Door, whole: bool
) -> None:
    """`take=<case>.<step>`, `pick=…`, `typed=<token>`: somebody else's is as if it were not there."""
    if door.name in NO_ID or door.name.startswith("account"):
        return
    for number, seat in enumerate(seats(crowd, whole, door)):
        foreign = [case for case in Case.objects.select_related("filing") if not seat.sees(case)]
        for case in _one(foreign, number):
            shapes = [_sent(seat, door, ref) for ref in (case.ref, "Z" * len(case.ref))]
            assert shapes[0] == shapes[1], (seat, door.name, case.ref)


def _sent(seat: Seat, door: Door, ref: str) -> list[Any]:
    step = f"{ref}.1"
    data = {
        "take": step,
        "give-back": step,
        "pick": step,
        "ref": ref,
        "case": ref,
        "about": ref,
        "cases": ref,
    }
    browser, path = seat.client(), reverse(door.name)
    with transaction.atomic():
        posted = browser.post(path, data, follow=True)
        asked = browser.get(path, {"q": ref, "case": ref, "ref": ref, "typed": ref}, follow=True)
        transaction.set_rollback(True)
    return [same_shape(each, ref) for each in (posted, asked)]
