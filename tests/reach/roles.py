"""Everybody who comes to the house: one person of the demo for each role.

ROLES["specialist"].actor(now)      # None for a visitor
ROLES["specialist"].client("kk")    # a signed-in browser of Django's, in that role
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.test import Client

from qyzmet.config import clock
from qyzmet.pages import acting
from qyzmet.people.actor import Actor, actors_for
from qyzmet.people.models import Account, PostHolding

__all__ = ["APPLICANTS", "OFFICIALS", "ROLES", "WATCHERS", "Role"]

BACKEND = "qyzmet.people.backend.AccountBackend"


@dataclass(frozen=True)
class Role:
    """`number`: IIN or BIN; empty for a visitor. `post`: in which post, for an official."""

    name: str
    number: str = ""
    post: str = ""

    @property
    def account(self) -> Account | None:
        """The account, or None for a visitor and for a role the demo has nobody in."""
        return Account.objects.filter(number=self.number).first() if self.number else None

    @property
    def filled(self) -> bool:
        """Whether the demo has somebody in this role."""
        if not self.number:
            return not self.post
        held = (
            not self.post or PostHolding.objects.filter(account__number=self.number, post=self.post).exists()
        )
        return held and self.account is not None

    def actor(self, now: datetime | None = None) -> Actor | None:
        """In what capacity they act."""
        account = self.account
        if account is None:
            return None
        found = actors_for(account, now or clock.now())
        return next(each for each in found if (each.post or "") == self.post)

    def client(self, language: str = "kk") -> Client:
        """Signed in, the role chosen, without the sign-in page."""
        made = Client(HTTP_ACCEPT_LANGUAGE=language)
        made.cookies["django_language"] = language
        actor, account = self.actor(), self.account
        if actor is not None and account is not None:
            made.force_login(account, backend=BACKEND)
            session = made.session
            session[acting.KEPT] = acting.key_of(actor)
            session.save()
        return made


ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        Role("visitor"),
        Role("citizen", "900205417747"),
        Role("company", "121140459293"),
        Role("co-signer", "180440036703"),
        Role("specialist", "780318420299", "responsible-specialist"),
        Role("head", "640619310500", "head"),
        Role("commission-chair", "751010387048", "commission"),
        Role("commission-member", "890508430453", "commission"),
        Role("counter", "850206474591", "counter"),
        Role("centre-inspector", "960523464203", "centre-inspector"),
        Role("accumulation-inspector", "781208366196", "accumulation-inspector"),
        Role("clerk", "850327471535", "clerk"),
        Role("management", "630118322816", "management"),
        Role("officer", "840303329872", "responsible-officer"),
        Role("subsidy-specialist", "690912493785", "responsible-specialist"),
        Role("subsidy-head", "641013325339", "head"),
        Role("equity-specialist", "900107412039", "responsible-specialist"),
        Role("operator", "930417360262", "operator"),
        Role("complaint-official", "690910315919", "complaint-official"),
        Role("supervisor", "761012478682", "supervisor"),
        Role("auditor", "720512400008", "auditor"),
        Role("administrator", "850415320007", "administrator"),
        Role("contact-centre", "941102433611", "contact-centre"),
    )
}
APPLICANTS = ("citizen", "company", "co-signer")
WATCHERS = ("supervisor", "auditor")
OFFICIALS = tuple(name for name, role in ROLES.items() if role.post)
