"""A process that works in rounds until asked to stop, and outlives a database that is away for a while."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable

import structlog

__all__ = ["until_stopped"]

LONGEST_PAUSE = 30.0
log = structlog.get_logger("qyzmet.rounds")


def until_stopped(work: Callable[[], int], *, pause: float, at_once: bool) -> int:
    """Call `work` until SIGTERM or SIGINT; exit code 0.

    `at_once`: a round that did something is followed by the next without a pause. A round already begun is
    finished first.
    """
    from django.db import InterfaceError, OperationalError, connection

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    failures = 0
    while not stop.is_set():
        try:
            done = work()
            failures = 0
        except (OperationalError, InterfaceError) as problem:
            failures += 1
            done = 0
            log.warning("database.away", error=str(problem).strip(), failures=failures)
            connection.close()
        if not (done and at_once):
            stop.wait(min(pause * 2**failures, LONGEST_PAUSE) if failures else pause)
    return 0
