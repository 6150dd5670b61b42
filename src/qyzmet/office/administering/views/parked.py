"""Deliveries that were given up: where to, what, why, and taking them up again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from qyzmet.cases.acts.unpark import unpark
from qyzmet.cases.models import Breaker, Entry, Outbox
from qyzmet.config import clock
from qyzmet.office.administering.changing import Change, Given, carry_out
from qyzmet.office.administering.gate import administrator
from qyzmet.office.administering.history import events, said
from qyzmet.office.administering.listing import Listing, draw_list, listing, tag
from qyzmet.pages.words import say, table

__all__ = ["again", "parked"]

PAGE = "admin-parked"
HOME = "/office/admin/parked/"
MOST = 1000
LONGEST = 120


@administrator
def parked(request: HttpRequest) -> HttpResponse:
    """Every parked delivery, the oldest first, and how the destinations fare."""
    rows = Outbox.objects.filter(state="parked").order_by("id")[:MOST]
    cells = (
        (
            f"{HOME}{row.pk}",
            (
                _kind(row.kind),
                _where(row.destination),
                row.stream,
                str(row.attempts),
                row.last_error[:LONGEST],
            ),
        )
        for row in rows
    )
    found = listing(PAGE, ("kind", "destination", "stream", "attempts", "why"), cells)
    return draw_list(
        request, PAGE, found, beside=[_destinations()], events=events("system", {"delivery.unparked"})
    )


@administrator
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: what is known of it, and another try."""
    row = Outbox.objects.filter(pk=pk).first()
    if row is None or (row.state != "parked" and request.method != "POST"):
        raise Http404
    entry = Entry.objects.filter(stream=row.stream, seq=row.seq).first()
    facts = [
        (say(f"{PAGE}.kind"), _kind(row.kind)), (say(f"{PAGE}.destination"), _where(row.destination)),
        (say(f"{PAGE}.stream"), f"{row.stream} № {row.seq}"), (say(f"{PAGE}.attempts"), str(row.attempts)),
        (say(f"{PAGE}.happened"), said(entry.recorded_at.isoformat()) if entry else ""),
        (say(f"{PAGE}.why"), row.last_error[:2000]),
    ]  # fmt: skip

    def do(given: Given) -> None:
        unpark(given.actor, pk, reason=given.reason, now=given.now, key=given.key)

    return carry_out(request, Change(PAGE, "again", HOME, {}, do, facts=facts))


def _kind(kind: str) -> str:
    return say(f"happened.{kind}") if f"happened.{kind}" in table() else kind


def _where(destination: str) -> str:
    key = f"{PAGE}.to-{destination}"
    return say(key) if key in table() else destination


def _destinations() -> Listing:
    now = clock.now()
    rows = (
        (
            "",
            (
                _where(b.destination),
                str(b.failures),
                b.last_error[:LONGEST],
                tag(say(f"{PAGE}.rests"), "held")
                if b.open_until and b.open_until > now
                else tag(say(f"{PAGE}.tried"), "open"),
            ),
        )
        for b in Breaker.objects.filter(failures__gt=0).order_by("destination")
    )
    heads = ("destination", "failures", "why", "state")
    return listing(PAGE, heads, rows, title=say(f"{PAGE}.destinations"), empty=say(f"{PAGE}.all-well"))
