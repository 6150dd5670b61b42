"""The history before the first request of a fresh data folder: played once, whole or not at all.

The database takes it as one transaction. Seals are written outside of it: what a killed process left there is
cleared away before it is played again.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from pathlib import Path

from django.conf import settings

from qyzmet import clock
from qyzmet.cases.acts.seal import folder as seals
from qyzmet.cases.refusals import ActRefused
from qyzmet.demo.history.playing import Played, is_empty, play
from qyzmet.demo.rehearsal.script import CannotRehearse

__all__ = ["begin"]

EVERY = 4.0
"""Seconds between two lines of progress."""


def begin(now: datetime, cases: int = 300) -> Played:
    """Play the history into a house where nothing has happened; later starts find it there.

    One that cannot be played is told on the error stream, and the house stays as empty as it was.
    """
    mark = Path(settings.QYZMET_DATA) / "history.playing"
    if not is_empty():
        mark.unlink(missing_ok=True)
        return Played(0, 0)
    if mark.exists():
        _clear(json.loads(mark.read_text(encoding="utf-8")))
    before = _files()
    mark.write_text(json.dumps(before), encoding="utf-8")
    sys.stderr.write("qyzmet: playing two months of the demo's history; this takes a minute or two, once\n")
    try:
        done = play(now, cases, said=_Progress())
    except (CannotRehearse, ActRefused) as problem:
        # Nothing of it was kept; a demo with people and bodies is better than none.
        sys.stderr.write(f"qyzmet: the history could not be played, the demo starts bare: {problem}\n")
        _clear(before)
        done = Played(0, 0)
    mark.unlink(missing_ok=True)
    sys.stderr.write(f"qyzmet: {done.cases} cases stand\n")
    return done


class _Progress:
    """A line every few seconds."""

    def __init__(self) -> None:
        self.last = time.monotonic()

    def __call__(self, at: datetime, deeds: int) -> None:
        if time.monotonic() - self.last < EVERY:
            return
        self.last = time.monotonic()
        sys.stderr.write(f"qyzmet: {clock.local(at):%d.%m.%Y}, acts done so far: {deeds}\n")
        sys.stderr.flush()


def _files() -> list[str]:
    where = seals()
    return sorted(str(path.relative_to(where)) for path in where.rglob("*") if path.is_file())


def _clear(before: list[str]) -> None:
    """Seals of a history that never came to be; those that were there before stay."""
    for name in set(_files()) - set(before):
        (seals() / name).unlink()
