"""The letters the demo's mail server took, newest first, for whoever wants to read them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy

__all__ = ["Mail", "Mailbox"]

MOST = 500
"""Letters kept; the oldest go first, and all of them with the process."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter as it arrived; `text` is its plain text."""

    number: int
    at: datetime
    to: tuple[str, ...]
    subject: str
    language: str
    text: str
    size: int


class Mailbox:
    """Every recipient's letters together."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: deque[Mail] = deque(maxlen=MOST)
        self._number = 0

    def keep(self, to: tuple[str, ...], letter: bytes) -> None:
        """Put a letter in; one that is no e-mail is kept as the text it is."""
        parsed = message_from_bytes(letter, policy=policy.default)
        body = parsed.get_body(("plain",))
        text = letter.decode("utf-8", "replace") if body is None else str(body.get_content())
        with self._lock:
            self._number += 1
            self._kept.appendleft(
                Mail(
                    self._number, self._clock(), to, str(parsed.get("Subject", "")),
                    str(parsed.get("Content-Language", "")), text, len(letter),
                )
            )  # fmt: skip

    def letters(self, to: str = "") -> list[Mail]:
        """All of them, or those to one address."""
        with self._lock:
            return [each for each in self._kept if not to or to in each.to]

    def letter(self, number: str) -> Mail | None:
        """One of them."""
        return next((each for each in self.letters() if str(each.number) == number), None)
