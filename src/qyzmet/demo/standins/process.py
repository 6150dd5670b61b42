"""The servers of the stand-in, in threads of one process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from websockets.sync.server import Server, serve

from qyzmet.demo.authority import DemoAuthority
from qyzmet.demo.standins import layer
from qyzmet.demo.standins.smtp import MailServer
from qyzmet.demo.standins.table import Table
from qyzmet.demo.standins.web import WebServer
from qyzmet.demo.standins.wishes import Finder, from_world

__all__ = ["HOST", "Addresses", "StandIns"]

HOST = "127.0.0.1"
"""Keys everybody may use are offered to this machine only."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """`page` of NCALayer's stand-in, `phone` of eGov Mobile's, `ncalayer` its socket; `mail` of
    the mail server, as QYZMET_SMTP takes it (both empty: not started)."""

    page: str
    ncalayer: str = ""
    mail: str = ""

    @property
    def phone(self) -> str:
        """The page of the phone."""
        return f"{self.page}phone"

    @property
    def gateway(self) -> str:
        """The e-government gateway, with the state databases behind it."""
        return f"{self.page}shep"

    @property
    def ocsp(self) -> str:
        """The status service."""
        return f"{self.page}ocsp"

    @property
    def crl(self) -> tuple[str, ...]:
        """The lists of both branches."""
        return f"{self.page}crl/gost.crl", f"{self.page}crl/rsa.crl"

    @property
    def tsa(self) -> str:
        """The time-stamp authority."""
        return f"{self.page}tsp"


class StandIns:
    """Listens from `__enter__` on. Ports: 0 takes a free one; `socket_port` None starts no NCALayer,
    `mail_port` None no mail server.

    `product`: the addresses of the product the phone may talk to, besides this machine's own.
    """

    def __init__(
        self,
        keys: DemoAuthority,
        clock: Callable[[], datetime],
        *,
        find: Finder | None = None,
        page_port: int = 0,
        socket_port: int | None = 0,
        mail_port: int | None = None,
        product: tuple[str, ...] = (),
    ) -> None:
        self.table = Table(keys, clock, find or from_world(keys))
        self.desk, self.services = self.table.desk, self.table.services
        self._talk = layer.Conversations(self.table)
        self._web = WebServer((HOST, page_port), self.table, product)
        self._socket: Server | None = None
        if socket_port is not None:
            try:
                self._socket = serve(self._talk.held, HOST, socket_port, max_size=layer.LARGEST)
            except OSError:
                self._web.server_close()
                raise
        self._mail = self._mail_server(mail_port)
        self._threads: list[threading.Thread] = []

    def _mail_server(self, port: int | None) -> MailServer | None:
        if port is None:
            return None
        try:
            return MailServer((HOST, port), self.table.mailbox.keep)
        except OSError:
            self._web.server_close()
            if self._socket is not None:
                self._socket.shutdown()
            raise

    @property
    def addresses(self) -> Addresses:
        """Where everything answers."""
        page = f"http://{HOST}:{self._web.server_address[1]}/"
        layer_at = f"ws://{HOST}:{self._socket.socket.getsockname()[1]}" if self._socket else ""
        mail = f"smtp+plain://{HOST}:{self._mail.port}" if self._mail else ""
        return Addresses(page, layer_at, mail)

    def __enter__(self) -> Self:
        self._run(lambda: self._web.serve_forever(0.1))
        if self._socket is not None:
            self._run(self._socket.serve_forever)
        if (mail := self._mail) is not None:
            self._run(lambda: mail.serve_forever(0.1))
        return self

    def __exit__(self, *_: object) -> None:
        self._talk.stop()
        if self._socket is not None:
            self._socket.shutdown()
        if self._mail is not None:
            self._mail.shutdown()
            self._mail.server_close()
        self._web.shutdown()
        self._web.server_close()
        for thread in self._threads:
            thread.join()

    def _run(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        self._threads.append(thread)
