"""The hearing room: the list of hearings, and one of them to be moved or offered other times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from qyzmet.cases import acts
from qyzmet.cases.hearings import LAW
from qyzmet.cases.hearings.appointments import Hearing
from qyzmet.cases.laws import law_of
from qyzmet.cases.refusals import ActRefused
from qyzmet.cases.words.lookup import by_ref
from qyzmet.config import clock
from qyzmet.office import asking
from qyzmet.office.administering.fields import field
from qyzmet.office.desk import actor_of, official, page
from qyzmet.office.hearing_room import Listed, mine
from qyzmet.office.hearing_room import hearings as listed
from qyzmet.office.views.case import open_case
from qyzmet.office.views.tasks import place_of, written_place
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import current_language, say
from qyzmet.portal import keeping
from qyzmet.regulation.model import Field

__all__ = ["call_off", "hearing", "hearings"]

PAGE = "hearings"
WAY = "way"


@official
def hearings(request: HttpRequest) -> HttpResponse:
    """The hearings in this post's hands: to be appointed, set, and waiting for minutes; `?after=…`."""
    actor, now = actor_of(request), clock.now()
    after = place_of(request.GET.get("after", ""))
    found, more = listed(actor, now, after)
    context = {
        "ahead": [each for each in found if each.hearing and not each.past],
        "past": [each for each in found if each.past],
        "unset": [each for each in found if each.hearing is None],
        "next": urlencode({"after": written_place(more)}) if more else "",
        "later": after is not None,
        "law": LAW,
        "now": now,
    }
    return page(request, "hearings.html", context, at="tasks")


@posted_to("/office/hearings/{ref}")
@official
def call_off(request: HttpRequest, ref: str) -> HttpResponse:
    """Call it off, with a reason, until another time is set."""
    actor, now = actor_of(request), clock.now()
    found = mine(actor, ref, now)
    if found is None:
        raise Http404
    try:
        acts.call_off_hearing(actor, ref, found.no, reason=request.POST.get("why", ""), now=now)
        messages.success(request, say("hearings.called-off"))
    except ActRefused as problem:
        messages.error(request, problem.text[current_language()])
    return redirect(f"/office/hearings/{ref}")


@official
@keeping.keeps
def hearing(request: HttpRequest, ref: str) -> HttpResponse:
    """One hearing: when, who comes, what was said; posted, it is set for another time with a reason."""
    actor, now = actor_of(request), clock.now()
    open_case(actor, ref, now)
    found = mine(actor, ref, now)
    if found is None or found.hearing is None:
        raise Http404
    set_for = found.hearing
    fields = _fields(ref)

    def do(clean: Mapping[str, Any]) -> None:
        acts.move_hearing(
            actor, ref, found.no, at=_moment(clean["at"]), way=clean[WAY], place=clean.get("place", ""),
            reason=clean["reason"], offered=_offered(clean), now=now,
        )  # fmt: skip

    back = keeping.given_here(request)
    if back is not None:
        return _draw(request, found, asking.again(fields, back.data))
    if request.method != "POST":
        return _draw(request, found, asking.opened(fields, _first(set_for)))
    small = asking.sent(fields, request.POST, do)
    if small.done:
        messages.success(request, say("hearings.moved"))
        return redirect(f"/office/hearings/{ref}")
    return _draw(request, found, small, status=422 if small.errors else 200)


def _draw(request: HttpRequest, found: Listed, small: asking.Small, status: int = 200) -> HttpResponse:
    set_for = found.hearing
    ways = _fields(found.ref)[WAY].choices or {}
    way = ways[set_for.way].in_language(current_language()) if set_for and set_for.way in ways else ""
    context = {
        "each": found,
        "h": set_for,
        "way": way,
        "small": small,
        "errors": small.errors,
        "law": LAW,
    }
    return page(request, "hearing.html", context, at="tasks", status=status)


def _fields(ref: str) -> dict[str, Field]:
    """As the notice asks for them in general law, with other times to offer and the reason."""
    case = by_ref(ref)
    if case is None:
        raise Http404
    output = law_of(case.edition_id).step("hearing:notice").output
    offered = {"at": field(PAGE, "offered-at", "moment")}
    return {
        "at": field(PAGE, "at", "moment"),
        WAY: output[WAY],
        "place": field(PAGE, "place", required=False),
        "offered": field(PAGE, "offered", "rows", required=False, of=offered),
        "reason": field(PAGE, "reason", "long-text", most=2000),
    }


def _first(set_for: Hearing) -> dict[str, Any]:
    return {
        "at": set_for.at.isoformat(),
        WAY: set_for.way,
        "place": set_for.place,
        "offered": [{"at": each.isoformat()} for each in set_for.offered],
    }


def _offered(clean: Mapping[str, Any]) -> list[datetime]:
    return [_moment(row["at"]) for row in clean.get("offered") or ()]


def _moment(words: str) -> datetime:
    return datetime.fromisoformat(words)
