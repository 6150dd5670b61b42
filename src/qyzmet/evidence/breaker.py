"""Leaving a source alone that keeps failing, so that it does not slow every filing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

__all__ = ["Breaker"]

FAILURES = 2
PAUSES = (30.0, 60.0, 120.0, 300.0, 600.0)


class Breaker:
    """Counts failures in a row by name. After `FAILURES` the name rests for a growing pause, in seconds of
    real time; then one caller tries, and the others go on resting until it has."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: dict[str, int] = {}
        self._until: dict[str, float] = {}

    def rests(self, name: str) -> bool:
        """Whether it must be left alone now."""
        with self._lock:
            until = self._until.get(name)
            if until is None:
                return False
            if self._clock() < until:
                return True
            self._until[name] = self._clock() + PAUSES[0]
            return False

    def failed(self, name: str) -> None:
        """It failed once more."""
        with self._lock:
            count = self._failures[name] = self._failures.get(name, 0) + 1
            if count >= FAILURES:
                pause = PAUSES[min(count - FAILURES, len(PAUSES) - 1)]
                self._until[name] = self._clock() + pause

    def succeeded(self, name: str) -> None:
        """It works: forget its failures."""
        with self._lock:
            self._failures.pop(name, None)
            self._until.pop(name, None)

    def forget(self) -> None:
        """Start anew."""
        with self._lock:
            self._failures.clear()
            self._until.clear()
