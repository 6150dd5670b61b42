"""The same on the demo's whole world: 300 cases of every service, every role of the platform.

The cases are dealt out: every one of them is asked for by its page and its download, every address is tried, and
the lists, counts and exports are taken whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from qyzmet.cases.models import Case
from tests.fence.crowd import Crowd, Seat
from tests.fence.known import Door, Thing, doors, plain
from tests.fence.region import seats
from tests.fence.ways import hidden, lists_of, marks, others, pages, reads, tasks_of, ways_of
from tests.reach.roles import ROLES
from tests.world import World, world

__all__ = ["world"]

pytestmark = [pytest.mark.full, pytest.mark.django_db]

LISTS = ("cabinet", "supervision-cases", "audit")
AT_A_DOOR = 4
"""How many roles try an address: others at each."""
CHANGING = ("sign-out", "set_language", "clock-next")


@pytest.fixture(scope="module")
def everybody(world: World, django_db_blocker: DjangoDbBlocker) -> list[Seat]:
    with django_db_blocker.unblock():
        return seats()


def test_every_role_of_the_platform_is_there_and_sees_something_or_has_nothing_to_see(
    everybody: list[Seat],
) -> None:
    named = {seat.name: seat for seat in everybody}
    assert set(ROLES) < set(named)
    assert Case.objects.count() >= 300
    empty = {name for name, seat in named.items() if not seat.cases()}
    assert empty == {"visitor", "administrator", "contact-centre", "hall supervisor"}


def test_lists_counts_and_exports_are_the_whole_set(everybody: list[Seat]) -> None:
    given_away = marks()
    for seat in everybody:
        own = {case.pk: case.ref for case in seat.cases()}
        for way, found in lists_of(seat):
            assert found == set(own.values()), (seat, way, found ^ set(own.values()))
        for name in LISTS:
            said = "\n".join(pages(seat.client(), reverse(name)))
            shown = {pk for mark, pk in given_away.items() if mark in said}
            assert shown == set(own) if reads(seat, name) else shown <= set(own), (seat, name)
        with transaction.atomic():
            tasks_of(seat)


def test_page_download_and_search_give_each_case_to_whose_it_is(everybody: list[Seat]) -> None:
    everything = list(Case.objects.select_related("filing").order_by("id"))
    asking = [seat for seat in everybody if seat.actor is not None]
    for number, seat in enumerate(asking):
        dealt = everything[number :: len(asking)]
        own = [case for case in everything if seat.sees(case)]
        asked = list({case.pk: case for case in (*dealt, *own[number % 5 :: max(1, len(own) // 3)])}.values())
        seen = {case.ref for case in asked if seat.sees(case)}
        for way, found in ways_of(seat, asked):
            assert found == seen, (seat, way, found ^ seen)


@pytest.mark.parametrize("door", doors(), ids=lambda door: door.name)
def test_what_is_not_yours_is_as_if_it_were_not_there(
    everybody: list[Seat], door: Door, world: World
) -> None:
    crowd = Crowd(None, None, {seat.name: seat for seat in everybody}, world.now)  # type: ignore[arg-type]
    place = doors().index(door)
    for number, seat in enumerate(_at(everybody, place)):
        thing = _somebody_elses(door.things(crowd), seat, place + 40 * number)
        if thing is not None:
            for method in ("GET", "POST"):
                hidden(seat.client(), method, door, seat, thing)


@pytest.mark.parametrize("door", plain(), ids=lambda door: door.name)
def test_no_page_names_what_is_not_yours(everybody: list[Seat], door: Door) -> None:
    if door.name in CHANGING:
        return
    given_away = marks()
    for seat in _at(everybody, plain().index(door)):
        seen = {case.pk for case in seat.cases()}
        said = "\n".join(pages(seat.client(), reverse(door.name)))
        shown = {pk for mark, pk in given_away.items() if mark in said}
        assert shown <= seen, (seat, door.name, shown - seen)
        for mark in others(seat):
            assert mark not in said, (seat, door.name, mark)


def _at(everybody: list[Seat], place: int) -> list[Seat]:
    """Who tries this address."""
    begins = place * AT_A_DOOR
    return [everybody[(begins + step) % len(everybody)] for step in range(AT_A_DOOR)]


def _somebody_elses(things: Iterator[Thing], seat: Seat, skip: int) -> Thing | None:
    """One of those that are not theirs, another for each."""
    foreign = (thing for thing in things if not thing.theirs(seat))
    found = list(islice(foreign, skip % 60 + 1))
    return found[-1] if found else None
