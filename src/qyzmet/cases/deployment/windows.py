"""Maintenance that people are told of now: under way, or to begin within some days.

Asked on every page, so kept for some seconds in the process. It only tells: filings are received as ever and
no deadline knows of it.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError

from qyzmet.cases.models import Maintenance

__all__ = ["NEAR", "forget", "near"]

NEAR = timedelta(days=3)
KEPT = 5.0
_kept: list[tuple[float, list[Maintenance]]] = []


def near(now: datetime) -> list[Maintenance]:
    """Works under way, or beginning within `NEAR`; the soonest first."""
    # Monotonic time only ages what is kept; it is no legal time.
    if not _kept or time.monotonic() - _kept[0][0] > KEPT:
        _kept[:] = [(time.monotonic(), _announced())]
    return [each for each in _kept[0][1] if each.since - NEAR <= now < each.until]


def forget() -> None:
    """Ask anew at the next page: after an announcement, and between tests."""
    _kept.clear()


def _announced() -> list[Maintenance]:
    try:
        return list(Maintenance.objects.filter(cancelled_at__isnull=True).order_by("-since")[:20])[::-1]
    except (OperationalError, InterfaceError):
        # The page that says the database is away is made with this banner too.
        return []
