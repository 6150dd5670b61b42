"""What every part of the stand-in works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from qyzmet.demo.authority import DemoAuthority
from qyzmet.demo.standins.desk import Desk
from qyzmet.demo.standins.egov import Idp
from qyzmet.demo.standins.gateway import Gateway
from qyzmet.demo.standins.mailbox import Mailbox
from qyzmet.demo.standins.services import Services
from qyzmet.demo.standins.wanted import Wanted
from qyzmet.demo.standins.wishes import Finder, Wish
from qyzmet.signatures import SigningKey

__all__ = ["Table"]


@dataclass(frozen=True)
class Table:
    """The keys and how one finds them, the legal moment, the waiting requests, the services, the gateway to
    state databases, the mail, eGov's sign-in; `slow` is how many seconds a slow answer takes.
    """

    keys: DemoAuthority
    clock: Callable[[], datetime]
    find: Finder
    slow: float = 20.0
    desk: Desk = field(default_factory=Desk)
    services: Services = field(init=False)
    gateway: Gateway = field(init=False)
    mailbox: Mailbox = field(init=False)
    idp: Idp = field(default_factory=Idp)

    def __post_init__(self) -> None:
        object.__setattr__(self, "services", Services(self.keys))
        object.__setattr__(self, "gateway", Gateway(self.keys))
        object.__setattr__(self, "mailbox", Mailbox(self.clock))

    def key(self, wish: Wish) -> SigningKey:
        """The key of a wish, now."""
        return self.find(wish, self.clock())

    def refuses(self, wanted: Wanted, wish: Wish) -> str:
        """Why the program would not offer this key for the request; empty when it would."""
        certificate = self.key(wish).certificate
        return wanted.refuses(certificate, self.keys.trust(), self.clock(), revoked=wish.state == "revoked")
