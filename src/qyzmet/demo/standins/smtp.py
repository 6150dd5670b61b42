"""A mail server for the demo: it takes every letter over SMTP and passes none on.

What it knows of RFC 5321: EHLO, HELO, MAIL, RCPT, DATA, RSET, NOOP, QUIT; lines of at most 1,000 bytes, at
most 100 recipients, letters up to `LARGEST` bytes, dots at the beginning of a line taken off.
"""

from __future__ import annotations

import re
import socketserver
from collections.abc import Callable
from typing import cast

__all__ = ["LARGEST", "MailServer"]

LARGEST = 10 << 20
LONGEST_LINE = 1000
MOST_RECIPIENTS = 100
PATIENCE = 30.0
FROM = re.compile(rb"^FROM:\s*<([^<>\r\n]*)>(?:\s+SIZE=(\d+)|\s+\S+)*\s*$", re.IGNORECASE)
TO = re.compile(rb"^TO:\s*<([^<>\r\n]+)>(?:\s+\S+)*\s*$", re.IGNORECASE)

Keep = Callable[[tuple[str, ...], bytes], None]


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on this machine only; `keep` gets the recipients and the bytes of every letter."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address: tuple[str, int], keep: Keep) -> None:
        self.keep = keep
        super().__init__(address, _Session)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])


class _Closed(ConnectionError):
    """The other side is gone, or says what nobody can read."""


class _Session(socketserver.StreamRequestHandler):
    timeout = PATIENCE

    sender: bytes | None
    recipients: list[str]

    def setup(self) -> None:
        """Begin with nothing said."""
        super().setup()
        self._forget()

    def handle(self) -> None:
        try:
            self._say("220 qyzmet stand-in ready")
            while self._answer(self._line()):
                pass
        except (OSError, _Closed):
            return

    def _answer(self, line: bytes) -> bool:
        verb, _, rest = line.strip().partition(b" ")
        known: dict[bytes, Callable[[bytes], None]] = {
            b"EHLO": lambda _: self._hello(f"250-qyzmet\r\n250-SIZE {LARGEST}\r\n250 8BITMIME"),
            b"HELO": lambda _: self._hello("250 qyzmet"),
            b"MAIL": self._mail,
            b"RCPT": self._recipient,
            b"DATA": self._data,
            b"RSET": lambda _: self._hello("250 forgotten"),
            b"NOOP": lambda _: self._say("250 ok"),
        }
        if verb.upper() == b"QUIT":
            self._say("221 bye")
            return False
        obeyed = known.get(verb.upper())
        if obeyed is None:
            self._say("500 this command is not known here")
        else:
            obeyed(rest)
        return True

    def _hello(self, words: str) -> None:
        self._forget()
        self._say(words)

    def _mail(self, rest: bytes) -> None:
        found = FROM.match(rest)
        if self.sender is not None:
            self._say("503 one sender a letter")
        elif found is None:
            self._say("501 write MAIL FROM:<address>")
        elif int(found[2] or 0) > LARGEST:
            self._say(f"552 a letter has at most {LARGEST} bytes")
        else:
            self.sender = found[1]
            self._say("250 ok")

    def _recipient(self, rest: bytes) -> None:
        found = TO.match(rest)
        if self.sender is None:
            self._say("503 first MAIL FROM")
        elif found is None:
            self._say("501 write RCPT TO:<address>")
        elif len(self.recipients) >= MOST_RECIPIENTS:
            self._say("452 too many recipients")
        else:
            self.recipients.append(found[1].decode("utf-8", "replace"))
            self._say("250 kept here, and sent to nobody")

    def _data(self, _: bytes) -> None:
        if not self.recipients:
            self._say("503 first RCPT TO")
            return
        self._say("354 end with a dot on a line of its own")
        letter = self._letter()
        if letter is None:
            self._say(f"552 a letter has at most {LARGEST} bytes")
        else:
            cast(MailServer, self.server).keep(tuple(self.recipients), letter)
            self._say("250 kept")
        self._forget()

    def _letter(self) -> bytes | None:
        """The letter with its dots taken off; None when it is too large, read to its end all the same."""
        lines, size = [], 0
        while (line := self._line()).rstrip(b"\r\n") != b".":
            size += len(line)
            if size <= LARGEST:
                lines.append(line.removeprefix(b"."))
        return b"".join(lines) if size <= LARGEST else None

    def _line(self) -> bytes:
        line = self.rfile.readline(LONGEST_LINE + 1)
        if not line.endswith(b"\n"):
            if len(line) > LONGEST_LINE:
                self._say("500 the line is too long")
            raise _Closed
        return line

    def _forget(self) -> None:
        self.sender = None
        self.recipients = []

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
