"""Somebody who cannot come asks for a visit."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases.deployment import administering
from qyzmet.cases.filing import shapes
from qyzmet.cases.filing.editions import edition_for
from qyzmet.cases.hall import queueing, visiting
from qyzmet.cases.models import HomeVisit
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor, Principal

__all__ = ["WAYS", "ask_home_visit"]

WAYS = ("call", "letter")
SHORTEST_PHONE, LONGEST_PHONE = 5, 20


def ask_home_visit(
    actor: Actor,
    organisation: int,
    service: str,
    recipient: Principal,
    *,
    phone: str,
    address: str,
    why: str,
    way: str = "call",
    consent: bool,
    now: datetime,
    key: str | None = None,
) -> HomeVisit:
    """Write down who asks an official of the body to come, where, and what keeps them from coming.

    Only where the service's act provides for a visit, and only with the person's consent to their address and
    telephone being kept for it. An official of the body takes the request, or the contact centre that was
    called. Raises ActRefused `not-your-act`, `visit-not-provided`, `visit-consent`, `form-faulty`,
    `own-case`, `text-needed`. Cites: O109 an.2 row 10 ¶1; O109 an.4 row 10 ¶1; Law on personal data art. 8.
    """
    visiting.may_ask(actor, organisation)
    law = edition_for(service, now).law
    door = queueing.door(law, organisation)
    if not door or not law.package.channels[door].visit:
        raise refused("visit-not-provided", hint={"field": "service"})
    if faults := shapes.recipient_faults(recipient):
        raise refused("form-faulty", hint=faults)
    if recipient.number == actor.person:
        raise refused("own-case")
    where, ground = administering.words(address, "address"), administering.words(why, "why")
    called = _said(phone, way, consent=consent)
    body = [organisation, service, recipient, called, where, ground, way]
    with act("ask-home-visit", actor, now=now, key=key, body=body) as this:
        stream = visiting.stream(organisation)
        this.ledger.lock([stream])
        if this.repeated:
            return HomeVisit.objects.get(pk=this.answer["visit"])
        cite = law.package.channels[door].cite
        made = HomeVisit.objects.create(
            organisation_id=organisation, service=service, applicant=recipient.number,
            applicant_name=recipient.name.strip(), phone=called, address=where, why=ground, way=way,
            cite=cite, consented_at=this.now, asked_at=this.now, person=actor.person,
        )  # fmt: skip
        said = {"visit": made.pk, "service": service, "way": way, "consent": True, "cite": cite}
        this.record(stream, "visit.asked", said, edition=law.name)
        this.answer = {"visit": made.pk}
    return made


def _said(phone: str, way: str, *, consent: bool) -> str:
    """The telephone as it is kept, once all the person has to say is said."""
    called = administering.words(phone, "phone", LONGEST_PHONE)
    if len(called) < SHORTEST_PHONE or not any(each.isdecimal() for each in called):
        raise refused("visit-phone", hint={"field": "phone"})
    if way not in WAYS:
        raise refused("visit-way", hint={"field": "way"})
    if not consent:
        raise refused("visit-consent", "Law on personal data art. 8", hint={"field": "consent"})
    return called
