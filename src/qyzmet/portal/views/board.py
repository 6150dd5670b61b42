"""What hangs in the hall: the board of numbers called, and the sign over each window. No word of who waits.

Cites: M262 private §15 ¶1.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from qyzmet import clock as law_clock
from qyzmet.cases.hall import queueing
from qyzmet.cases.models import Ticket, Window
from qyzmet.config import clock
from qyzmet.pages.words import current_language, say
from qyzmet.people.directory import Body, bodies

__all__ = ["board", "window"]

EVERY = 10
"""Seconds between two looks of a screen nobody touches."""


@never_cache
def board(request: HttpRequest, code: str) -> HttpResponse:
    """Numbers called and served now with their windows, those next, and which windows are open for what."""
    at, now = _body(code), clock.now()
    today = Ticket.objects.filter(organisation_id=at.id, day=law_clock.local(now).date())
    held = today.filter(state__in=("called", "serving"), window__isnull=False).select_related("window")
    waiting = today.filter(state="waiting").order_by("queued_at", "no")
    open_ = Window.objects.filter(organisation_id=at.id, closed_at__isnull=True).order_by("number")
    return _shown(request, "portal/board.html", {
        "where": at.names[current_language()],
        "code": code,
        "called": sorted(held, key=lambda t: (t.state != "called", -(t.called_at or now).timestamp())),
        "next": list(waiting[:12]),
        "count": waiting.count(),
        "windows": [_sign(each, at) for each in open_.select_related("account")],
        "now": now,
    })  # fmt: skip


@never_cache
def window(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The sign over one window: its number, what it serves, who serves, and the number now there."""
    at = _body(code)
    found = Window.objects.filter(organisation_id=at.id, number=number, closed_at__isnull=True)
    here = found.select_related("account").first()
    held = here.tickets.filter(state__in=("called", "serving")).first() if here else None
    return _shown(request, "portal/window.html", {
        "where": at.names[current_language()],
        "number": number,
        "here": _sign(here, at) if here else None,
        "ticket": held,
    })  # fmt: skip


def _shown(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page that reads itself again by a header, unless one stopped it."""
    still = request.GET.get("still") == "1"
    answer = render(request, template, {**context, "still": still, "every": EVERY})
    if not still:
        answer["Refresh"] = str(EVERY)
    return answer


def _sign(each: Window, at: Body) -> dict[str, Any]:
    laws, language = queueing.served(at.id, clock.now()), current_language()
    names = {service: law.package.name.in_language(language) for service, law in laws.items()}
    served = [names[service] for service in each.services if service in names] or list(names.values())
    return {
        "number": each.number,
        "who": each.account.full_name,
        "services": served if each.services or len(served) < 4 else [say("board.every-service")],
    }


def _body(code: str) -> Body:
    found = next((b for b in bodies() if b.code == code and not b.closed), None)
    if found is None or not queueing.served(found.id, clock.now()):
        raise Http404
    return found
