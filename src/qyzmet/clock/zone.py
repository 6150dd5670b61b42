"""Legal time is judged in Asia/Almaty; its offset is the tz database's, never a constant.

Kazakhstan went from UTC+6 to UTC+5 on 1 March 2024: an offset written here would be wrong for half the cases.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from qyzmet.clock.errors import CalendarMissing, TimeWithoutZone

ALMATY = ZoneInfo("Asia/Almaty")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def local(moment: datetime) -> datetime:
    """The same instant on an Almaty clock face; refuses a moment without a zone."""
    if moment.tzinfo is None:
        raise TimeWithoutZone
    try:
        return moment.astimezone(ALMATY)
    except OverflowError as beyond:
        raise CalendarMissing(moment.year) from beyond


def at(day: date, clock_face: time) -> datetime:
    """The moment of that day when Almaty clocks show `clock_face`."""
    return datetime.combine(day, clock_face, ALMATY)


def microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970 UTC: exact, unlike `timestamp()`."""
    if moment.tzinfo is None:
        raise TimeWithoutZone
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
