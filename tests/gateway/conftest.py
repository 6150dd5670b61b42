"""The town of Samruk, and a mail server that is real but small."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from pytest_django import Settings

from tests.cases.conftest import housing, parameters, samruk, stalls

__all__ = ["housing", "parameters", "samruk", "stalls"]


class MailServer(socketserver.ThreadingTCPServer):
    """Takes letters over SMTP; `busy` makes it answer 421 to everything, `drips` never come to an end."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.letters: list[EmailMessage] = []
        self.busy = False
        self.drips = False

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        while self.server.drips:
            try:
                self._say("220-and")
            except ConnectionError:
                return  # it was hung up on
            time.sleep(0.02)
        self._say("421 busy" if self.server.busy else "220 ready")
        while not self.server.busy and (line := self.rfile.readline()):
            verb = line.split()[0].upper() if line.strip() else b""
            if verb == b"QUIT":
                self._say("221 bye")
                return
            if verb == b"DATA":
                self._say("354 go on")
                self._take()
            self._say("250 ok")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()).rstrip(b"\r\n") != b".":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        parsed: Any = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.letters.append(parsed)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    """A running server, and the settings that send to it."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "qyzmet.gateway.mail.sending.BoundedBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server
        server.shutdown()
