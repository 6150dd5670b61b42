"""How long the files of one request may be looked at, all together.

    patience = Patience()
    with patience.counting():
        ...                       # in this thread
    patience.spend(seconds)       # in another process

Counted in seconds of the processor, so that a computer with much to do refuses nobody. An ordinary file takes
a small part of a second; each crafted one takes what is left.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["WHOLE_REQUEST", "Patience"]

WHOLE_REQUEST = 20.0


class Patience:
    """`left`: seconds of the processor."""

    def __init__(self, left: float = WHOLE_REQUEST) -> None:
        self.left = left

    @property
    def ended(self) -> bool:
        """Whether nothing more is looked at."""
        return self.left <= 0

    def spend(self, seconds: float) -> None:
        """A file has taken so long."""
        self.left -= seconds

    @contextmanager
    def counting(self) -> Iterator[None]:
        """What this thread does in the block is spent."""
        began = time.thread_time()
        try:
            yield
        finally:
            self.spend(time.thread_time() - began)
