"""The queue as a window sees it: who is in hand, who waits, and the buttons that move it on."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from qyzmet import clock as law_clock
from qyzmet.cases.acts import queue
from qyzmet.cases.acts.queue.call_ticket import waiting_for
from qyzmet.cases.hall import queueing
from qyzmet.cases.models import Ticket, Window
from qyzmet.cases.refusals import ActRefused
from qyzmet.config import clock
from qyzmet.office.desk import actor_of
from qyzmet.office.queue.gate import counter, draw, fault, number
from qyzmet.office.queue.rows import rows
from qyzmet.office.refusing import refused, status_of
from qyzmet.pages.posting import posted_to
from qyzmet.pages.words import current_language, say
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body

__all__ = ["hall", "move"]


@counter
def hall(request: HttpRequest) -> HttpResponse:
    """The window one sits at, who is in hand, and who waits."""
    return _hall(request)


@posted_to("/office/queue/")
@counter
def move(request: HttpRequest, verb: str) -> HttpResponseBase:
    """Do what a button of the page says, or say on the page why not."""
    if verb not in MOVES:
        raise Http404
    try:
        said, onward = MOVES[verb](request, actor_of(request), clock.now())
    except ActRefused as problem:
        field = str(problem.hint.get("field", ""))
        if field:
            return _hall(request, errors=[fault(problem, field)], status=422)
        return _hall(request, problem=refused(problem), status=status_of(problem))
    if said:
        messages.success(request, said)
    return redirect(onward)


def _hall(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    where = actor.organisation or 0
    laws, mine = queueing.served(where, now), queueing.window_of(actor)
    held = mine.tickets.filter(state__in=("called", "serving")).first() if mine else None
    others = Window.objects.filter(organisation_id=where, closed_at__isnull=True).order_by("number")
    names = {service: law.package.name.in_language(current_language()) for service, law in laws.items()}
    return draw(
        request, "hall.html", "hall", status,
        mine=mine,
        held=next(iter(rows([held], laws, now)), None) if held else None,
        waiting=rows(waiting_for(mine, now) if mine else _waiting(where, now), laws, now),
        windows=[_window(each, names) for each in others.select_related("account")],
        others=[each.number for each in others if mine and each.pk != mine.pk],
        services=sorted(names.items(), key=lambda each: each[1]),
        chosen=request.POST,
        picked=request.POST.getlist("services"),
        free=_free([each.number for each in others]),
        code=body(where).code,
        key=secrets.token_urlsafe(16),
        **more,
    )  # fmt: skip


def _window(window: Window, names: dict[str, str]) -> tuple[int, str, str]:
    served = "; ".join(names.get(each, each) for each in window.services) or say("queue.every-service")
    return window.number, window.account.full_name, served


def _free(taken: list[int]) -> int:
    return next(each for each in range(1, len(taken) + 2) if each not in taken)


def _waiting(where: int, now: datetime) -> list[Ticket]:
    today = Ticket.objects.filter(organisation_id=where, day=law_clock.local(now).date(), state="waiting")
    return list(today.order_by("queued_at", "no"))


Moved = tuple[str, str]
HALL = "/office/queue/"


def _open(request: HttpRequest, actor: Actor, now: datetime) -> Moved:
    made = queue.open_window(
        actor, number(request.POST.get("number", ""), 2), request.POST.getlist("services"), now=now,
        key=_key(request),
    )  # fmt: skip
    return say("queue.opened", number=made.number), HALL


def _close(request: HttpRequest, actor: Actor, now: datetime) -> Moved:
    closed = queue.close_window(actor, now=now, key=_key(request))
    return say("queue.closed", number=closed.number), HALL


def _issue(request: HttpRequest, actor: Actor, now: datetime) -> Moved:
    made = queue.issue_ticket(
        actor, actor.organisation or 0, request.POST.get("service", ""), request.POST.get("purpose", ""),
        now=now, key=_key(request),
    )  # fmt: skip
    return "", f"/office/queue/slips/{made.pk}"


def _call(request: HttpRequest, actor: Actor, now: datetime) -> Moved:
    named = number(request.POST.get("ticket", "")) or None
    found = queue.call_ticket(actor, named, now=now, key=_key(request))
    return say("queue.called", number=found.number), HALL


def _begin(request: HttpRequest, actor: Actor, now: datetime) -> Moved:
    queue.begin_serving(actor, number(request.POST.get("ticket", "")), now=now, key=_key(request))
    return "", HALL


def _end(request: HttpRequest, actor: Actor, now: datetime) -> Moved:
    found = queue.end_serving(
        actor, number(request.POST.get("ticket", "")), request.POST.get("case", ""), now=now,
        key=_key(request),
    )  # fmt: skip
    return say("queue.ended", number=found.number), HALL


def _no_show(request: HttpRequest, actor: Actor, now: datetime) -> Moved:
    found = queue.mark_no_show(actor, number(request.POST.get("ticket", "")), now=now, key=_key(request))
    return say("queue.not-come", number=found.number), HALL


def _transfer(request: HttpRequest, actor: Actor, now: datetime) -> Moved:
    data = request.POST
    made = queue.transfer_ticket(
        actor, number(data.get("ticket", "")), window=number(data.get("window", ""), 2) or None,
        service=data.get("service", ""), reason=data.get("reason", ""), now=now, key=_key(request),
    )  # fmt: skip
    return say("queue.sent-on", number=made.number), HALL


def _key(request: HttpRequest) -> str | None:
    return request.POST.get("key") or None


MOVES: dict[str, Callable[[HttpRequest, Actor, datetime], Moved]] = {
    "open": _open,
    "close": _close,
    "issue": _issue,
    "call": _call,
    "begin": _begin,
    "end": _end,
    "no-show": _no_show,
    "transfer": _transfer,
}
"""What the buttons of the page are called."""
