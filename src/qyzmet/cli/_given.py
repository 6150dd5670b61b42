"""What people write on the command line: moments, days, numbers. Each is a `type` of argparse."""

from __future__ import annotations

import argparse
import re
from datetime import date, datetime, timedelta

from qyzmet.clock import ALMATY

__all__ = ["count", "day", "minutes", "moment", "seconds"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def moment(text: str) -> datetime:
    """A moment, of Almaty unless it has an offset."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise _unusable(text, "a moment; write it like 2019-06-03T10:00") from None
    return found if found.tzinfo else found.replace(tzinfo=ALMATY)


def day(text: str) -> date:
    """A day."""
    try:
        found = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise _unusable(text, "a day; write it like 2019-06-03")
    return found


def minutes(text: str) -> timedelta:
    """A whole number of minutes."""
    try:
        return timedelta(minutes=int(text))
    except (ValueError, OverflowError):
        raise _unusable(text, "a number of minutes; write it like 90") from None


def seconds(text: str) -> float:
    """More than 0 and at most a day of seconds."""
    found = float(text) if re.fullmatch(r"\d{1,5}(\.\d{1,3})?", text, re.ASCII) else 0.0
    if not 0 < found <= 86_400:
        raise _unusable(text, "a number of seconds above 0; write it like 5")
    return found


def count(text: str) -> int:
    """A number from 1 to 1000."""
    found = int(text) if re.fullmatch(r"\d{1,4}", text, re.ASCII) else 0
    if not 1 <= found <= 1000:
        raise _unusable(text, "a number from 1 to 1000")
    return found


def _unusable(text: str, wanted: str) -> argparse.ArgumentTypeError:
    shown = text if len(text) <= 60 else text[:57] + "..."
    return argparse.ArgumentTypeError(f"{shown!r} is not {wanted}")
