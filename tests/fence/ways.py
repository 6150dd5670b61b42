"""The ways of asking for cases: lists, counts, searches, exports, a page and a download by id; and what a page
that is none of one's own must not say."""

from __future__ import annotations

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse
from lxml import html

from qyzmet.cases.models import Case, RefusedFiling, Token
from qyzmet.cases.watching import administers
from qyzmet.evidence.models import SigningRequest
from qyzmet.portal.models import Draft
from tests.fence.answers import ask, same_shape, text_of
from tests.fence.crowd import Seat
from tests.fence.known import Door, Thing

__all__ = ["hidden", "lists_of", "marks", "others", "pages", "reads", "tasks_of", "ways_of"]

ONWARD = ("before", "after")
WITHOUT_TASKS = ("supervisor", "auditor", "contact-centre")


def ways_of(seat: Seat, asked: list[Case]) -> Iterator[tuple[str, set[str]]]:
    """Each way of asking for a single case, with those of the cases it gave."""
    yield from (_ways_of_officials if seat.official else _ways_of_parties)(seat, asked)


def tasks_of(seat: Seat) -> None:
    """My tasks, counted, listed and taken away, are the open steps of the post."""
    if not seat.official or seat.actor is None or seat.actor.post in WITHOUT_TASKS:
        return
    open_ = Token.objects.filter(closed_at=None, organisation=seat.actor.organisation, post=seat.actor.post)
    browser = seat.client()
    desk = browser.get("/office/")
    if administers(seat.actor):
        assert desk["Location"] == reverse("admin"), seat
        return
    assert desk.context["counters"][0]["number"] == open_.count(), seat
    said = "\n".join(pages(browser, "/office/"))
    shown = {ref for ref in Case.objects.values_list("ref", flat=True) if f"/office/cases/{ref}" in said}
    assert shown == set(open_.values_list("case__ref", flat=True)), seat
    named = {number or ref for ref, number in Case.objects.values_list("ref", "number")}
    for kind in ("csv", "xlsx"):
        taken = text_of(browser.get(reverse("office-tasks-export", kwargs={"kind": kind})))
        numbers = {number or ref for ref, number in open_.values_list("case__ref", "case__number")}
        assert {mark for mark in named if mark in taken} == numbers, (seat, kind)


def hidden(browser: Client, method: str, door: Door, seat: Seat, thing: Thing) -> None:
    shapes = []
    for kwargs in (thing.kwargs, thing.missing):
        path, said = reverse(door.name, kwargs=kwargs), kwargs[thing.key]
        ids = (said,) if isinstance(said, str) else (f"/{said}",)
        shapes.append(same_shape(ask(browser, method, path), path, *ids))
    assert shapes[0][0] in (302, 303, 401, 403, 404), (seat, method, thing.kwargs, shapes[0])
    assert shapes[0] == shapes[1], (seat, method, thing.kwargs)


def reads(seat: Seat, name: str) -> bool:
    """Whose list that is."""
    if name == "cabinet":
        return seat.actor is not None and not seat.official and seat.actor.confirmed
    return (
        seat.official
        and seat.actor is not None
        and seat.actor.post == {"audit": "auditor"}.get(name, "supervisor")
    )


def marks() -> dict[str, int]:
    """What gives a case away: its reference and its number."""
    found: dict[str, int] = {}
    for pk, ref, number in Case.objects.values_list("pk", "ref", "number"):
        found |= {mark: pk for mark in (ref, number) if mark}
    return found


def others(seat: Seat) -> Iterator[str]:
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


def pages(browser: Client, path: str) -> Iterator[str]:
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


def lists_of(seat: Seat) -> Iterator[tuple[str, set[str]]]:
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
    seen = "\n".join(pages(browser, reverse(page)))
    listed = {ref for mark, ref in of.items() if mark in seen}
    assert counted == len(listed), page
    yield page, listed
