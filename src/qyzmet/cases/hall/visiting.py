"""What the acts of home visits share: where an act provides for one, who may go, and the visit itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from qyzmet import clock
from qyzmet.cases.dates import clocks
from qyzmet.cases.hall import queueing
from qyzmet.cases.laws import Law
from qyzmet.cases.models import HomeVisit
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import Act
from qyzmet.cases.watching import CONTACT_CENTRE
from qyzmet.people.actor import Actor
from qyzmet.people.directory import body, known
from qyzmet.people.in_force import in_force
from qyzmet.people.models import Account, PostHolding

__all__ = ["home_visits", "inspectors", "may_ask", "stream", "takes", "visit"]


def stream(organisation: int) -> str:
    """Where what happens to the visits of a body is written."""
    return f"visits:{organisation}"


def home_visits(organisation: int, now: datetime) -> dict[str, Law]:
    """The services whose act sends this body to the recipient's home. Cites: O109 an.2 row 10 ¶1."""
    found = queueing.served(organisation, now)
    return {s: law for s, law in found.items() if law.package.channels[_way(law, organisation)].visit}


def inspectors(organisation: int, now: datetime) -> list[Account]:
    """Who of the body may be sent."""
    posts = {
        law.package.channels[_way(law, organisation)].by for law in home_visits(organisation, now).values()
    }
    held = PostHolding.objects.filter(in_force(now), organisation_id=organisation, post__in=posts)
    return list(
        Account.objects.filter(pk__in=held.values("account"), is_active=True).order_by("surname", "pk")
    )


def takes(at: datetime) -> timedelta:
    """How long a visit made then takes, by the parameter of that day."""
    return timedelta(minutes=int(clocks.parameters().value("home-visit-takes", clock.local(at).date())))


def may_ask(actor: Actor, organisation: int) -> None:
    """An official of the body, or the contact centre that was called. Raises `not-your-act`."""
    if actor.post == CONTACT_CENTRE and actor.organisation is not None and known(organisation):
        if not body(organisation).closed:
            return
        raise refused("organisation-closed")
    if queueing.may_serve(actor) != organisation:
        raise refused("not-your-act")


def visit(this: Act, pk: int) -> HomeVisit:
    """A visit of the actor's body, with the journal of its visits locked. Raises `visit-unknown`."""
    where = queueing.may_serve(this.actor)
    this.ledger.lock([stream(where)])
    found = HomeVisit.objects.filter(pk=pk, organisation_id=where).first()
    if found is None:
        raise refused("visit-unknown")
    return found


def _way(law: Law, organisation: int) -> str:
    return queueing.door(law, organisation)
