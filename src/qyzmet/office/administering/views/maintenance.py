"""Maintenance: announced on every page, in three languages, from a moment to a moment."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse

from qyzmet.cases.acts import administering as acts
from qyzmet.cases.models import Maintenance
from qyzmet.config import clock
from qyzmet.office.administering.changing import Change, Given, carry_out
from qyzmet.office.administering.fields import field, in_three, names
from qyzmet.office.administering.gate import administrator
from qyzmet.office.administering.history import events, said
from qyzmet.office.administering.listing import Cell, draw_list, listing, tag
from qyzmet.pages.words import current_language, say

__all__ = ["cancel", "maintenance", "new"]

PAGE = "admin-maintenance"
HOME = "/office/admin/maintenance/"
CODES = {"maintenance.announced", "maintenance.cancelled"}


@administrator
def maintenance(request: HttpRequest) -> HttpResponse:
    """What was announced, the latest first."""
    now, language = clock.now(), current_language()
    rows = (
        (
            f"{HOME}{m.pk}/cancel" if m.cancelled_at is None and m.until > now else "",
            (
                said(m.since.isoformat()),
                said(m.until.isoformat()),
                getattr(m, f"text_{language}"),
                _state(m, now),
            ),
        )
        for m in Maintenance.objects.order_by("-since")
    )
    found = listing(PAGE, ("since", "until", "text", "state"), rows)
    actions = [(say(f"{PAGE}.new"), f"{HOME}new")]
    return draw_list(request, PAGE, found, actions=actions, events=events("system", CODES))


@administrator
def new(request: HttpRequest) -> HttpResponse:
    """Announce it."""

    def do(given: Given) -> None:
        since, until = (datetime.fromisoformat(given.clean[name]) for name in ("since", "until"))
        acts.announce_maintenance(given.actor, in_three(given.clean, "text"), since=since, until=until,
                                  reason=given.reason, now=given.now, key=given.key)  # fmt: skip

    fields = {
        "since": field(PAGE, "since", "moment"),
        "until": field(PAGE, "until", "moment"),
        **names(PAGE, "text"),
    }
    return carry_out(request, Change(PAGE, "new", HOME, fields, do))


@administrator
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it down."""
    row = Maintenance.objects.filter(pk=pk).first()
    if row is None:
        raise Http404

    def do(given: Given) -> None:
        acts.cancel_maintenance(given.actor, pk, reason=given.reason, now=given.now, key=given.key)

    facts = [
        (say("admin.f-since"), said(row.since.isoformat())),
        (say("admin.f-until"), said(row.until.isoformat())),
        (say(f"{PAGE}.text"), getattr(row, f"text_{current_language()}")),
    ]
    return carry_out(request, Change(PAGE, "cancel", HOME, {}, do, facts=facts, final=True))


def _state(row: Maintenance, now: datetime) -> Cell:
    if row.cancelled_at is not None:
        return tag(say(f"{PAGE}.cancelled"), "refused")
    if row.until <= now:
        return tag(say("admin.over"), "past")
    return tag(say(f"{PAGE}.running"), "held") if row.since <= now else tag(say(f"{PAGE}.ahead"), "soon")
