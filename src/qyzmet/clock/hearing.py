"""The window of the hearing before a refusal (APPC art. 73): when its notice and itself are still in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qyzmet.clock.schedule import Schedule
from qyzmet.clock.zone import local

NOTICE_DAYS = 3  # O109 r352 §7 ¶4 s1, r417 §15 ¶4 s1
HEARING_DAYS = 2  # O109 r352 §7 ¶4 s2, r417 §15 ¶4 s2


@dataclass(frozen=True, slots=True)
class HearingWindow:
    """When notice and hearing are in time.

    latest_notice: closing of the working day three before the due day. latest_hearing: closing of the second
    working day after the notice (given, or the latest one). breached: the notice is, or can only be, late.
    A breach moves nothing: the hearing stays obligatory and the due moment stays.
    """

    latest_notice: datetime
    latest_hearing: datetime
    breached: bool


def latest_hearing(door: Schedule, notified: datetime) -> datetime:
    """The last lawful moment of a hearing whose notice went out at `notified`: closing of the second working
    day after it (O109 r352 §7 ¶4 s2, r417 §15 ¶4 s2). `door`: the hours of the body that hears."""
    return door.days_after(notified, HEARING_DAYS)


def hearing_window(
    door: Schedule, due: datetime, now: datetime, notified: datetime | None = None
) -> HearingWindow:
    """The window for a case due at `due`. `notified` is when the notice went out; until then `now` is judged.

    Without a notice, and past the last lawful moment, the hearing is reckoned from a notice given now.
    """
    # For a due day that is itself off, the last working day before it takes its place.
    number = door.first_after(local(due)) - 1
    latest_notice = door.closing(number - NOTICE_DAYS)
    judged = notified if notified is not None else now
    breached = judged > latest_notice
    counted_from = judged if breached or notified is not None else latest_notice
    return HearingWindow(latest_notice, latest_hearing(door, counted_from), breached)
