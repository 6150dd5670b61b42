"""Somebody at a browser: in one role, with one's own key."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from qyzmet.demo.standins import StandIns
from qyzmet.pages import acting
from qyzmet.people.actor import Actor
from qyzmet.people.models import Account
from tests.browser import Browser
from tests.ncalayer import sign

__all__ = ["Person", "came_in"]

BACKEND = "qyzmet.people.backend.AccountBackend"


def came_in(page: Browser, actor: Actor) -> None:
    """From now on the browser is this person's, in this role, as after signing in and choosing it."""
    account = Account.objects.get(number=actor.person)
    session = SessionStore()
    session["_auth_user_id"] = str(account.pk)
    session["_auth_user_backend"] = BACKEND
    session["_auth_user_hash"] = account.get_session_auth_hash()
    session["role"] = acting.key_of(actor)
    session.create()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": page.root}
    page.driver.execute_cdp_cmd("Network.setCookie", cookie)


class Person:
    """A browser with NCALayer beside it. `actor` is whose browser it is now."""

    def __init__(self, page: Browser, layer: StandIns) -> None:
        self.page, self.layer = page, layer
        self.actor: Actor | None = None

    def is_now(self, actor: Actor) -> Person:
        """Let somebody else sit down at the browser."""
        if actor != self.actor:
            came_in(self.page, actor)
            self.actor = actor
        return self

    @property
    def key(self) -> str:
        """The number whose key is taken: the company's for its head, else one's own."""
        assert self.actor is not None
        company = self.actor.on_behalf_of
        return company.number if company and company.kind == "legal-entity" else self.actor.person

    def sign_if_asked(self) -> bool:
        """Sign what the page shows, where a signature is asked for; whether one was."""
        if not self.page.path.startswith("/sign/"):
            return False
        sign(self.page, self.layer, self.key)
        return True
