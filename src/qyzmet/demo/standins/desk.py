"""Requests that wait for a person to choose a key, one after another or several at once."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from qyzmet.demo.standins.wanted import Wanted
from qyzmet.demo.standins.wishes import Wish

__all__ = ["Asked", "Desk"]

LOOK = 0.25
"""Seconds between two looks at whether the asking page is still there."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: `method` as the message names it, what is to be signed, and which keys it admits."""

    method: str
    form: str
    contents: tuple[bytes, ...] = field(repr=False)
    wanted: Wanted
    number: int = 0


class Desk:
    """Where the sockets ask and the page answers. `always` is for tests: the same answer to everything."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._numbers = itertools.count(1)
        self._waiting: dict[int, Asked] = {}
        self._answers: dict[int, Wish] = {}
        self._always: Wish | None = None

    def always(self, wish: Wish | None) -> None:
        """Answer every request with this wish, those that wait too; None asks a person again."""
        with self._changed:
            self._always = wish
            self._changed.notify_all()

    @property
    def automatic(self) -> Wish | None:
        """The wish that answers everything, if there is one."""
        return self._always

    def waiting(self) -> list[Asked]:
        """What waits, the oldest first."""
        with self._changed:
            return [each for number, each in self._waiting.items() if number not in self._answers]

    def ask(self, asked: Asked, gone: Callable[[], bool]) -> Wish | None:
        """Wait for the answer; None when whoever asked went away."""
        number = next(self._numbers)
        with self._changed:
            self._waiting[number] = Asked(asked.method, asked.form, asked.contents, asked.wanted, number)
            try:
                while True:
                    wish = self._answers.get(number) or self._always
                    if wish is not None:
                        return wish
                    if gone():
                        return None
                    self._changed.wait(LOOK)
            finally:
                self._waiting.pop(number, None)
                self._answers.pop(number, None)

    def answer(self, number: int, wish: Wish) -> Asked | None:
        """Answer one request; None when it no longer waits."""
        with self._changed:
            asked = self._waiting.get(number)
            if asked is not None and number not in self._answers:
                self._answers[number] = wish
                self._changed.notify_all()
                return asked
            return None
