"""Suspension: an interval during which a term does not run, with its ground.

For a term in days: each working day after the day of suspension, up to and including the day of resumption,
moves the due day by one. For a term in minutes: what was left runs on from the resumption.
Overlapping intervals unite, so a day is never taken twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from qyzmet.clock.errors import ClockError, SuspensionReversed
from qyzmet.clock.zone import at, local


@dataclass(frozen=True, slots=True)
class Suspension:
    """From the signed notice (`start`) to the resumption (`end`; None while it lasts), aware moments."""

    start: datetime
    end: datetime | None = None
    ground: str = ""

    def __post_init__(self) -> None:
        if local(self.start) and self.end is not None and local(self.end) < self.start:
            raise SuspensionReversed(
                f"a suspension cannot end ({local(self.end):%Y-%m-%d %H:%M}) before it starts "
                f"({local(self.start):%Y-%m-%d %H:%M}); give the earlier moment first"
            )

    @classmethod
    def of_days(cls, first: date, last: date | None, ground: str = "") -> Suspension:
        """Whole days: from the start of `first` to the last instant of `last`, the day of resumption."""
        return cls(at(first, time.min), at(last, time.max) if last else None, ground)

    @property
    def first_day(self) -> date:
        """The day of suspension, in Almaty."""
        return local(self.start).date()

    @property
    def last_day(self) -> date:
        """The day of resumption, in Almaty; an open suspension has none yet."""
        if self.end is None:
            raise ClockError("the suspension has not ended; give the moment to judge it by")
        return local(self.end).date()


def united(suspensions: Iterable[Suspension], now: datetime | None = None) -> tuple[Suspension, ...]:
    """The suspensions in order with overlapping and touching ones made one; an open one is closed at `now`.

    Raises ClockError when one is open and no `now` is given. An open one that starts after `now` has not
    begun: it is left out.
    """
    result: list[Suspension] = []
    for item in sorted(
        (_closed(each, now) for each in suspensions if _begun(each, now)), key=lambda each: each.start
    ):
        last = result[-1] if result else None
        if last is None or last.end is None or item.end is None or item.start > last.end:
            result.append(item)
        else:
            grounds = dict.fromkeys(part for part in (last.ground, item.ground) if part)
            result[-1] = replace(last, end=max(last.end, item.end), ground="; ".join(grounds))
    return tuple(result)


def _begun(suspension: Suspension, now: datetime | None) -> bool:
    return suspension.end is not None or now is None or suspension.start <= now


def _closed(suspension: Suspension, now: datetime | None) -> Suspension:
    if suspension.end is not None:
        return suspension
    if now is None:
        raise ClockError("a suspension is still open; give the moment at which to suppose it resumed")
    return replace(suspension, end=now)
