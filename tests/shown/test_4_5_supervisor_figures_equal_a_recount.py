"""What the supervisor's pages count is what the journal, read alone, comes to; and where a row was changed behind
its back, the recount says which figure no longer holds.

On the demo's world it is counted a third time, in this file: from the entries' own JSON, with nothing of the
figures' code.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from qyzmet.cases.models import Case, Entry, Payload
from qyzmet.cases.queries import figures
from qyzmet.cases.queries.figures import Period, Reach
from qyzmet.people.actor import actor_for
from qyzmet.people.models import Organisation, PostHolding
from tests.cases.bustle import END, bustle, supervisor, tick, turned_away
from tests.cases.conftest import emptying, parameters, samruk, stalls
from tests.cases.town import Town
from tests.world import World, small_world, world

__all__ = ["emptying", "parameters", "samruk", "small_world", "stalls", "world"]

pytestmark = pytest.mark.django_db

SEPTEMBER = Period(date(2024, 9, 1), date(2024, 9, 30))


def test_the_figures_of_a_made_world_equal_a_recount_of_its_journal(samruk: Town) -> None:
    bustle(samruk)
    turned_away(samruk)
    tick(END)
    reach = Reach(supervisor(samruk))
    counted = figures.summary(reach, SEPTEMBER, END)
    recounted = figures.recount(reach, SEPTEMBER, END)
    assert figures.differing(counted, recounted) == []
    # The world has something of everything, so that equal is not the equality of nothing.
    for figure in ("standing", "taken", "times", "breaches", "refusals", "window"):
        assert getattr(counted, figure), figure
    # Five applications, and the trial flight of one of them, a case of its own.
    assert sum(each.count for each in counted.times.values()) == 6


def test_a_row_changed_behind_the_journal_is_a_difference(samruk: Town) -> None:
    cases = bustle(samruk)
    reach = Reach(supervisor(samruk))
    Case.objects.filter(pk=cases["resumed"].pk).update(ended_at=cases["resumed"].due)
    found = figures.differing(figures.summary(reach, SEPTEMBER, END), figures.recount(reach, SEPTEMBER, END))
    assert {each.figure for each in found} == {"times"}
    (difference,) = found
    assert difference.counted.late + 1 == difference.recounted.late


def test_the_figures_of_a_small_demo_world_equal_two_recounts_of_its_journal(small_world: World) -> None:
    agree(small_world)


@pytest.mark.full
def test_the_figures_of_the_demo_world_equal_two_recounts_of_its_journal(world: World) -> None:
    agree(world)
    supervises = PostHolding.objects.filter(post="supervisor").earliest("pk")
    post, where = supervises.post, supervises.organisation_id
    reach = Reach(actor_for(supervises.account, world.now, post=post, organisation=where))
    period = Period((world.now - timedelta(days=120)).date(), world.now.date())
    counted = figures.summary(reach, period, world.now)
    for figure in ("standing", "taken", "times", "refusals"):
        assert getattr(counted, figure), figure


def agree(world: World) -> None:
    """For every body that has somebody who supervises it: both recounts come to what the pages show."""
    told = journal(world)
    for reach, period in reaches(world):
        counted = figures.summary(reach, period, world.now)
        assert figures.differing(counted, figures.recount(reach, period, world.now)) == []
        below = {b.pk for b in Organisation.objects.all() if reach.actor.organisation in (b.pk, b.parent_id)}
        mine = [case for case in told if case["provider"] in below and case["number"]]
        assert {g: s.open for g, s in counted.standing.items()} == tally(c for c in mine if not c["ended"])
        assert {g: t.count for g, t in counted.times.items()} == tally(c for c in mine if c["ended"])
        late = [c for c in mine if not c["ended"] and not c["stops"] and c["due"] and c["due"] < world.now]
        assert {g: s.late for g, s in counted.standing.items() if s.late} == tally(late)
        still = [c for c in mine if not c["ended"] and c["stops"]]
        assert {g: s.suspended for g, s in counted.standing.items() if s.suspended} == tally(still)


def reaches(world: World) -> list[tuple[Reach, Period]]:
    """The demo's supervisor, and for this test one in every other body that provides or stands above one."""
    held = PostHolding.objects.get(post="supervisor", account__number="761012478682")
    period = Period((world.now - timedelta(days=120)).date(), world.now.date())
    others = Organisation.objects.filter(
        code__in=("almaty-leb", "zhumabayev-akimat", "karaganda-agriculture")
    )
    for body in others:
        PostHolding.objects.create(
            account=held.account, organisation=body, post="supervisor", since=held.since
        )
    where = [held.organisation_id, *others.values_list("pk", flat=True)]
    return [
        (Reach(actor_for(held.account, world.now, post="supervisor", organisation=each)), period)
        for each in where
    ]


def tally(cases: object) -> dict[tuple[int, str], int]:
    return dict(Counter((case["provider"], case["service"]) for case in cases))  # type: ignore[attr-defined]


def journal(world: World) -> list[dict[str, object]]:
    """Every case as the bytes of its entries and their payloads tell it."""
    said = {(p.stream, p.seq): json.loads(p.data) for p in Payload.objects.all() if p.data}
    prefixes = {b.settings.get("prefix"): b.pk for b in Organisation.objects.all()}
    cases: dict[str, dict[str, object]] = {}
    for entry in Entry.objects.filter(stream__startswith="case:").order_by("stream", "seq"):
        body, data = json.loads(bytes(entry.body)), said.get((entry.stream, entry.seq), {})
        case = cases.setdefault(entry.stream, dict(BLANK, stops=set()))
        case["service"] = case["service"] or str(body["edition"]).split("/")[0]
        read(case, entry.act, data, prefixes)
    return list(cases.values())


BLANK: dict[str, object] = {"service": "", "number": "", "provider": 0, "due": None, "ended": False}


def read(case: dict[str, object], act: str, data: dict[str, object], prefixes: dict[str, int]) -> None:
    """One entry more."""
    if act == "case.registered":
        case["number"] = data["number"]
        case["provider"] = prefixes[str(data["number"]).rsplit("-", 2)[0]]
        case["due"] = datetime.fromisoformat(str(data["due"])) if data.get("due") else None
    elif act == "case.ended":
        case["ended"] = True
    elif act == "case.suspended":
        case["stops"].add(data["ground"])  # type: ignore[attr-defined]
    elif act == "case.resumed":
        case["stops"].discard(data["ground"])  # type: ignore[attr-defined]
    elif act == "deadline.moved" and data["duty"] == "term" and data.get("new"):
        case["due"] = datetime.fromisoformat(str(data["new"]))
