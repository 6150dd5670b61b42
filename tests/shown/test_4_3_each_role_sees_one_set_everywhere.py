"""Whoever asks, whichever way: list, count, search, export, page by id and download by id give one set of cases, and
none of another's. Somebody else's thing and a thing that is not there are answered the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from lxml import html
from pytest_django import DjangoDbBlocker

from qyzmet.cases import laws
from qyzmet.cases.dates import calendars
from qyzmet.cases.models import Case, RefusedFiling, Token
from qyzmet.config import clock
from qyzmet.evidence.models import SigningRequest
from qyzmet.people import directory
from qyzmet.portal.models import Draft
from tests.cases.conftest import emptying, parameters
from tests.fence.answers import ask, same_shape, text_of
from tests.fence.crowd import Crowd, Seat, gather
from tests.fence.known import Door, Thing, doors, plain, unknown
from tests.office.keys import answering

__all__ = ["emptying", "parameters"]

pytestmark = pytest.mark.django_db

FEW = ("visitor", "stranger", "east vet", "east supervisor", "administrator")
"""Who comes in the quick run; in the long one everybody does, with everybody else's ids."""
SHARE = 6
WITHOUT_TASKS = ("supervisor", "auditor", "contact-centre")
WHOLE = [False, pytest.param(True, marks=pytest.mark.full)]
LISTS = {"cabinet", "supervision-cases", "audit"}
ONWARD = ("before", "after")
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
                _hidden(browser, method, door, seat, thing)


def _spread(things: list[Any], most: int) -> list[Any]:
    """So many of them, from the last to the first."""
    return things[:: -max(1, len(things) // most)][:most]


def _one(things: list[Any], number: int) -> list[Any]:
    """One of them, if there are any: another for each seat."""
    return [things[-1 - number % len(things)]] if things else []


def _hidden(browser: Client, method: str, door: Door, seat: Seat, thing: Thing) -> None:
    shapes = []
    for kwargs in (thing.kwargs, thing.missing):
        path, said = reverse(door.name, kwargs=kwargs), kwargs[thing.key]
        ids = (said,) if isinstance(said, str) else (f"/{said}",)
        shapes.append(same_shape(ask(browser, method, path), path, *ids))
    assert shapes[0][0] in (302, 303, 401, 403, 404), (seat, method, thing.kwargs, shapes[0])
    assert shapes[0] == shapes[1], (seat, method, thing.kwargs)


@pytest.mark.parametrize("whole", WHOLE)
@pytest.mark.parametrize("door", plain(), ids=lambda door: door.name)
def test_no_page_names_what_is_not_yours(crowd: Crowd, door: Door, whole: bool) -> None:
    marks = _marks()
    for seat in seats(crowd, whole, door):
        browser, seen = seat.client(), {case.pk for case in seat.cases()}
        said = "\n".join(_pages(browser, reverse(door.name)))
        shown = {pk for mark, pk in marks.items() if mark in said}
        assert shown <= seen, (seat, door.name, shown - seen)
        if door.name in LISTS and _reads(seat, door.name):
            assert shown == seen, (seat, door.name, seen - shown)
        for mark in _others(seat):
            assert mark not in said, (seat, door.name, mark)


def _reads(seat: Seat, name: str) -> bool:
    """Whose list that is."""
    if name == "cabinet":
        return seat.actor is not None and not seat.official and seat.actor.confirmed
    return (
        seat.official
        and seat.actor is not None
        and seat.actor.post == {"audit": "auditor"}.get(name, "supervisor")
    )


def _marks() -> dict[str, int]:
    """What gives a case away: its reference and its number."""
    found: dict[str, int] = {}
    for pk, ref, number in Case.objects.values_list("pk", "ref", "number"):
        found |= {mark: pk for mark in (ref, number) if mark}
    return found


def _others(seat: Seat) -> Iterator[str]:
    """Marks of drafts, requests to sign and refusals that are somebody else's."""
    actor = seat.actor
    account, party = (actor.account, actor.party) if actor else (None, "")
    for draft in Draft.objects.all():
        if (draft.owner_id, draft.party) != (account, party):
            yield draft.ref
    yield from (row.token for row in SigningRequest.objects.all() if row.account_id != account)
    for row in RefusedFiling.objects.all():
        if not seat.official or actor is None or actor.organisation != row.organisation_id:
            yield row.number


def _pages(browser: Client, path: str) -> Iterator[str]:
    """The page and those that follow it."""
    waiting, done = [path], set()
    while waiting:
        here = waiting.pop()
        done.add(here)
        answer = browser.get(here)
        assert answer.status_code < 500, here
        said = text_of(answer)
        yield said
        if not answer.headers.get("Content-Type", "").startswith("text/html") or not said.strip():
            continue
        for href in html.fromstring(said).xpath("//main//a/@href"):
            there = path + href if href.startswith("?") else href
            onward = there.partition("?")[0] == path and any(f"{each}=" in there for each in ONWARD)
            if onward and there not in done:
                waiting.append(there)


@pytest.mark.parametrize("whole", WHOLE)
def test_every_way_of_asking_gives_one_set(crowd: Crowd, whole: bool) -> None:
    everything = list(Case.objects.select_related("filing").order_by("id"))
    for seat in seats(crowd, whole):
        if seat.actor is None or not seat.actor.confirmed:
            continue
        ways = _ways_of_officials if seat.official else _ways_of_parties
        own, foreign = [c for c in everything if seat.sees(c)], [c for c in everything if not seat.sees(c)]
        asked = everything if whole else [*_spread(own, 3), *_spread(foreign, 3)]
        seen = {case.ref for case in asked} & {case.ref for case in own}
        for way, found in ways(seat, asked):
            assert found == seen, (seat, way, found ^ seen)
        for way, found in _lists_of(seat):
            assert found == {case.ref for case in own}, (seat, way, found)


def _ways_of_parties(seat: Seat, everything: list[Case]) -> Iterator[tuple[str, set[str]]]:
    browser = seat.client()
    for name in ("cabinet-case", "cabinet-filed", "cabinet-data", "cabinet-case-file", "cabinet-decisions"):
        yield name, _opened(browser, name, everything)


def _ways_of_officials(seat: Seat, everything: list[Case]) -> Iterator[tuple[str, set[str]]]:
    browser = seat.client()
    for name in ("office-case", "office-case-file", "office-decisions"):
        yield name, _opened(browser, name, everything)
    yield (
        "search by number",
        {case.ref for case in everything if _hits(browser, case.number or case.ref, case)},
    )
    yield "search by reference", {case.ref for case in everything if _hits(browser, case.ref, case)}
    for kind in ("csv", "xlsx"):
        found = {case.ref for case in everything if _exported(browser, kind, case)}
        yield f"search taken away as {kind}", found


def _lists_of(seat: Seat) -> Iterator[tuple[str, set[str]]]:
    """The lists of those who watch, counted and taken away."""
    browser, post = seat.client(), seat.actor.post if seat.actor else ""
    if post == "auditor":
        yield from _listed(browser, "audit", {"kind": "csv"}, "audit-export")
        yield from _listed(browser, "audit", {"kind": "xlsx"}, "audit-export")
    elif post == "supervisor":
        for kind in ("csv", "xlsx"):
            yield from _listed(
                browser, "supervision-cases", {"name": "cases", "kind": kind}, "supervision-export"
            )


def _opened(browser: Client, name: str, everything: list[Case]) -> set[str]:
    return {
        case.ref
        for case in everything
        if browser.get(reverse(name, kwargs={"ref": case.ref})).status_code == 200
    }


def _hits(browser: Client, words: str, case: Case) -> bool:
    """Whether a search leads to the case, or lists it."""
    answer = browser.get(reverse("office-search"), {"q": words})
    address = reverse("office-case", kwargs={"ref": case.ref})
    return address in answer.headers.get("Location", "") or address in text_of(answer)


def _exported(browser: Client, kind: str, case: Case) -> bool:
    words = case.number or case.ref
    said = text_of(browser.get(reverse("office-search-export", kwargs={"kind": kind}), {"q": words}))
    return words in said


def _listed(browser: Client, page: str, args: dict[str, str], export: str) -> Iterator[tuple[str, set[str]]]:
    """The export, and the count above the list."""
    of = {number or ref: ref for ref, number in Case.objects.values_list("ref", "number")}
    said = text_of(browser.get(reverse(export, kwargs=args)))
    yield f"{export} {args['kind']}", {ref for mark, ref in of.items() if mark in said}
    counted = browser.get(reverse(page)).context["count"]
    seen = "\n".join(_pages(browser, reverse(page)))
    listed = {ref for mark, ref in of.items() if mark in seen}
    assert counted == len(listed), page
    yield page, listed


@pytest.mark.parametrize("whole", WHOLE)
def test_my_tasks_are_the_open_steps_of_the_post(crowd: Crowd, whole: bool) -> None:
    for seat in seats(crowd, whole):
        if not seat.official or seat.actor is None or seat.actor.post in WITHOUT_TASKS:
            continue
        open_ = Token.objects.filter(
            closed_at=None, organisation=seat.actor.organisation, post=seat.actor.post
        )
        browser = seat.client()
        desk = browser.get("/office/")
        if seat.actor.post == "administrator" and not open_.exists():
            assert desk["Location"] == reverse("admin"), seat  # begins there until there is a task
            continue
        assert desk.context["counters"][0]["number"] == open_.count(), seat
        said = "\n".join(_pages(browser, "/office/"))
        shown = {ref for ref in Case.objects.values_list("ref", flat=True) if f"/office/cases/{ref}" in said}
        assert shown == set(open_.values_list("case__ref", flat=True)), seat
        for kind in ("csv", "xlsx"):
            taken = text_of(browser.get(reverse("office-tasks-export", kwargs={"kind": kind})))
            numbers = {number or ref for ref, number in open_.values_list("case__ref", "case__number")}
            marks = {number or ref for ref, number in Case.objects.values_list("ref", "number")}
            assert {mark for mark in marks if mark in taken} == numbers, (seat, kind)


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
