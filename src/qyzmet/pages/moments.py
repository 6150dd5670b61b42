"""A day or a moment as a browser sends it, or as a person types it."""

from __future__ import annotations

from datetime import date, datetime

from qyzmet.clock import ALMATY

__all__ = ["read_day", "read_moment"]

DAYS = ("%Y-%m-%d", "%d.%m.%Y")
TIMES = ("%H:%M", "%H:%M:%S")
LONGEST = 30


def read_day(words: str) -> date | None:
    """`2024-05-03` or `03.05.2024`; None for anything else."""
    found = _read(words, DAYS)
    return found.date() if found else None


def read_moment(words: str) -> datetime | None:
    """`2024-05-03T10:00`, also with a blank or seconds, on Almaty clocks; None for anything else."""
    found = _read(words.replace("T", " "), tuple(f"{day} {time}" for day in DAYS for time in TIMES))
    return found.replace(tzinfo=ALMATY) if found else None


def _read(words: str, forms: tuple[str, ...]) -> datetime | None:
    for form in forms:
        try:
            return datetime.strptime(words.strip()[:LONGEST], form)  # noqa: DTZ007 - the zone is the caller's
        except ValueError:
            continue
    return None
