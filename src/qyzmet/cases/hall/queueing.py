"""What the acts of the queue share: who sits at a window, what is served there, and the limits of the law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from qyzmet import clock
from qyzmet.cases.accounts import intake_post
from qyzmet.cases.filing.editions import edition_for
from qyzmet.cases.laws import Law, holds
from qyzmet.cases.models import Edition, Purpose, Ticket, Window
from qyzmet.cases.refusals import ActRefused, refused
from qyzmet.cases.transaction import Act
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body
from qyzmet.regulation.model import Limit, Step

__all__ = [
    "Limits",
    "at_window",
    "called",
    "door",
    "limits",
    "may_serve",
    "served",
    "stream",
    "ticket",
    "window_of",
    "write",
]


class Limits(NamedTuple):
    """How many minutes one may wait and be served, each with its clause; None where no act sets a limit."""

    wait: int | None
    wait_cite: str
    serve: int | None
    serve_cite: str


def stream(organisation: int) -> str:
    """Where what happens in the queue of a body is written."""
    return f"queue:{organisation}"


def may_serve(actor: Actor) -> int:
    """The body of an official whose post takes applications in. Raises `not-your-act`."""
    if not intake_post(actor) or actor.organisation is None:
        raise refused("not-your-act")
    return actor.organisation


def door(law: Law, organisation: int) -> str:
    """The channel by which this body takes the service in at a window; empty where it does not."""
    at, package = body(organisation), law.package
    if package.abstract or at.closed or (at.serves and package.service not in at.serves):
        return ""
    for key, channel in package.channels.items():
        post = package.posts.get(channel.by or "")
        if post is not None and package.organisations[post.org].kind == at.kind:
            return key
    return ""


def served(organisation: int, now: datetime) -> dict[str, Law]:
    """The services somebody can come to this body's windows for today."""
    found: dict[str, Law] = {}
    names = Edition.objects.filter(general=False).order_by("service").values_list("service", flat=True)
    for service in names.distinct():
        try:
            law = edition_for(service, now).law
        except ActRefused:
            continue  # no edition of it is open today, which its own page tells
        if door(law, organisation):
            found[service] = law
    return found


def limits(law: Law, channel: str, purpose: str) -> Limits:
    """The limits of a window. Where the law names none for being served, the counter's own step has it.

    Cites: M262 private §10(1); M262 private §10(2); A120 §9(1) intake; A120 §5(6).
    """
    way = law.package.channels[channel]
    wait = _minutes(way.waiting)
    serve, cite = _minutes(way.serving), way.serving.cite or way.cite if way.serving else ""
    if serve is None:
        serve, cite = _of_steps(law, channel, purpose)
    return Limits(wait, (way.waiting.cite or way.cite) if way.waiting else "", serve, cite)


def _of_steps(law: Law, channel: str, purpose: str) -> tuple[int | None, str]:
    mine = list(_steps(law, channel))
    if not mine or (purpose == Purpose.COLLECT and len(mine) == 1):
        return None, ""
    step = mine[-1] if purpose == Purpose.COLLECT else mine[0]
    for limit in step.within:
        found = _minutes(limit) if holds(limit.only, {"channel": channel}) else None
        if found is not None:
            return found, limit.cite or step.cite
    return None, ""


def _steps(law: Law, channel: str) -> Iterator[Step]:
    by = law.package.channels[channel].by
    for step in law.package.steps.values():
        if step.by == by and holds(step.only, {"channel": channel}):
            yield step


def _minutes(limit: Limit | None) -> int | None:
    return (clock.parse_term(limit.term).minutes or None) if limit and limit.term else None


def window_of(actor: Actor) -> Window | None:
    """The window the official sits at now."""
    return Window.objects.filter(
        account_id=actor.account or 0, organisation_id=actor.organisation or 0, closed_at__isnull=True
    ).first()


def at_window(this: Act) -> Window:
    """The actor's window, with the queue of its body locked. Raises `not-your-act`, `window-none`."""
    this.ledger.lock([stream(may_serve(this.actor))])
    found = window_of(this.actor)
    if found is None:
        raise refused("window-none")
    return found


def ticket(window: Window, pk: int) -> Ticket:
    """A ticket of the window's body. Raises `ticket-unknown`."""
    found = Ticket.objects.filter(pk=pk, organisation_id=window.organisation_id).first()
    if found is None:
        raise refused("ticket-unknown")
    return found


def called(window: Window, found: Ticket) -> None:
    """Raise `ticket-state` unless the ticket is called to this window."""
    if found.state != "called" or found.window_id != window.pk:
        raise refused("ticket-state", number=found.number)


def write(this: Act, window: Window, found: Ticket, what: str) -> None:
    """The entry of what became of a ticket at a window, and the act's answer."""
    said = {"day": found.day, "no": found.no, "turn": found.turn, "window": window.number}
    this.record(stream(window.organisation_id), what, said)
    this.answer = {"ticket": found.pk}
