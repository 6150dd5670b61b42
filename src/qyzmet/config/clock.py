"""The running legal time: real time, or in a demo a moved clock that everybody on one data folder shares.

`QYZMET_CLOCK=2019-06-03T10:00` sets the clock to that moment of Asia/Almaty and lets it run. The clock then
belongs to the data folder (`clock.json`): web, worker, ticker and every command on that folder read the same
moment, with or without the variable, also after a restart. It only moves forward, because what has been
recorded cannot come after what follows it. `QYZMET_CLOCK=real` returns to real time if that is forward.
Interfaces pass `now()` down; sessions and TLS use real time. Production has no moved clock (see `mode`).
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from qyzmet.clock import ALMATY
from qyzmet.config import clock_refusals as refusals
from qyzmet.config.clock_refusals import ClockRefused

__all__ = ["ClockRefused", "ClockState", "hold", "is_moved", "move_to", "now", "start", "state"]

REAL = "real"
SAME = timedelta(seconds=1)
"""Two readings of the real clock are a breath apart; nobody moves it by so little."""
_held: list[datetime] = []
_read: dict[Path, tuple[tuple[int, int], ClockState]] = {}
_obeyed: set[tuple[Path, str]] = set()


@dataclass(frozen=True, slots=True)
class ClockState:
    """At the real moment `real` the clock stood at `legal` (ISO, UTC); `asked` is the variable it obeyed."""

    asked: str
    real: str
    legal: str

    @property
    def lead(self) -> timedelta:
        """How far legal time is ahead of real time; negative when the clock stands in the past."""
        return datetime.fromisoformat(self.legal) - datetime.fromisoformat(self.real)


def now() -> datetime:
    """The legal moment, aware, UTC."""
    if _held:
        return _held[-1]
    lead = state().lead
    return _real_now() + lead


def is_moved() -> bool:
    """Whether somebody has moved the clock away from real time; pages of a demo then say so."""
    return bool(_held) or abs(state().lead) >= SAME


def state() -> ClockState:
    """The data folder's clock; a process obeys its `QYZMET_CLOCK` once, at first use."""
    if settings.PRODUCTION:
        return ClockState(REAL, *_pair(_real_now()))
    wish = (_path(), settings.QYZMET_CLOCK)
    if settings.QYZMET_CLOCK and wish not in _obeyed:
        obeyed = _obey(settings.QYZMET_CLOCK)
        _obeyed.add(wish)
        return obeyed
    return _stored() or ClockState(REAL, *_pair(_real_now()))


def start() -> ClockState:
    """Fix the data folder's clock when the system starts, so that no later start lies before this one."""
    if settings.PRODUCTION or settings.QYZMET_CLOCK or _stored() is not None:
        return state()
    return _obey(REAL)


def move_to(moment: datetime) -> ClockState:
    """Move the shared clock forward to an aware moment. Raises `ClockRefused` (the past, production)."""
    if settings.PRODUCTION:
        raise refusals.in_production()
    state()
    with _locked():
        stored = _stored()
        return _set(stored.asked if stored else REAL, moment, stored.lead if stored else timedelta())


@contextlib.contextmanager
def hold(moment: datetime) -> Iterator[datetime]:
    """Stand still at an aware moment in this process: for tests and examples."""
    if settings.PRODUCTION:
        raise refusals.in_production()
    _held.append(moment.astimezone(UTC))
    try:
        yield _held[-1]
    finally:
        _held.pop()


def _obey(asked: str) -> ClockState:
    moment = _real_now() if asked == REAL else _parse(asked)
    with _locked():
        stored = _stored()
        if stored and stored.asked == asked:
            return stored
        return _set(asked, moment, stored.lead if stored else None)


def _set(asked: str, moment: datetime, lead: timedelta | None) -> ClockState:
    real = _real_now()
    if lead is not None and moment < real + lead:
        raise refusals.backwards(real + lead, moment)
    new = ClockState(asked, real.isoformat(), moment.astimezone(UTC).isoformat())
    path = _path()
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(asdict(new)), encoding="utf-8")
    draft.replace(path)
    return new


def _stored() -> ClockState | None:
    path = _path()
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    stamp = (found.st_mtime_ns, found.st_ino)
    if path not in _read or _read[path][0] != stamp:
        _read[path] = (stamp, ClockState(**json.loads(path.read_text(encoding="utf-8"))))
    return _read[path][1]


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    _path().parent.mkdir(parents=True, exist_ok=True)
    with _path().with_suffix(".lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _path() -> Path:
    return Path(settings.QYZMET_DATA) / "clock.json"


def _real_now() -> datetime:
    return datetime.now(UTC)


def _pair(moment: datetime) -> tuple[str, str]:
    return moment.isoformat(), moment.isoformat()


def _parse(asked: str) -> datetime:
    try:
        moment = datetime.fromisoformat(asked)
    except ValueError:
        raise refusals.unreadable(asked) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ALMATY)
