"""The head of a company lets a person act for it."""

from __future__ import annotations

from datetime import datetime

from qyzmet.cases import accounts
from qyzmet.cases.deployment import administering
from qyzmet.cases.refusals import refused
from qyzmet.cases.transaction import act
from qyzmet.people.actor import Actor
from qyzmet.people.in_force import not_over
from qyzmet.people.models import Account, AccountKind, Authority

__all__ = ["give_authority", "heads"]

POWER = "power-of-attorney"


def heads(actor: Actor) -> bool:
    """Whether the actor speaks for a company as its head, or is the company's own account."""
    if not actor.confirmed or actor.is_official:
        return False
    if actor.on_behalf_of is None:
        return actor.kind == AccountKind.LEGAL_ENTITY
    return actor.on_behalf_of.basis == "head" and actor.on_behalf_of.kind == AccountKind.LEGAL_ENTITY


def give_authority(
    actor: Actor, number: str, *, document: str, until: datetime | None, now: datetime
) -> Authority:
    """Let the person with this IIN act for the actor's company by the document named, from now on.

    Nothing is said of whether the person has an account; one is kept ready, and works once it is confirmed.
    Raises ActRefused `authority-not-head`, `account-number`, `authority-own`, `authority-there`,
    `dates-past`, and what `administering.words` raises. Cites: A120 §10.
    """
    if not heads(actor):
        raise refused("authority-not-head")
    clean = accounts.number_of(number, AccountKind.INDIVIDUAL)
    if clean == actor.person:
        raise refused("authority-own", hint={"field": "number"})
    paper = administering.words(document, "document")
    administering.forward(now, until, now)
    with act("give-authority", actor, now=now) as this:
        mine = accounts.own(this)
        person = Account.objects.filter(number=clean).first()
        if person is None:
            person = Account(number=clean, created_at=now)
            person.set_unusable_password()
            person.save()
        this.ledger.lock([accounts.stream(person)])
        if _held(person, actor.party, now):
            raise refused("authority-there", hint={"field": "number"})
        made = Authority.objects.create(
            account=person, principal=actor.party, principal_kind=AccountKind.LEGAL_ENTITY,
            principal_name=actor.party_name[:300], basis=POWER, document=paper, since=now, until=until,
        )  # fmt: skip
        said = {
            "authority": made.pk,
            "principal": actor.party,
            "person": clean,
            "document": paper,
            "until": until,
        }
        this.record(accounts.stream(person), "authority.given", said)
        this.record(accounts.stream(mine), "authority.given", said)
    return made


def _held(person: Account, principal: str, now: datetime) -> bool:
    return Authority.objects.filter(not_over(now), account=person, principal=principal).exists()
