"""Deadlines that are near or late, as they stand at a moment."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from qyzmet import clock
from qyzmet.cases.dates import clocks
from qyzmet.cases.models import Deadline, DeadlineState

__all__ = ["TOLD_ABOVE", "first_told", "standing", "warned_until"]

TOLD_ABOVE = Q(duty="term") | Q(marked_at__isnull=False)
"""What the body above the provider hears of: the overall term, and whatever has passed."""


def warned_until(now: datetime) -> datetime:
    """What is due by the end of the next working day is warned of."""
    door = clock.schedule("system", clocks.calendar())
    return door.closing(door.first_after(clock.local(now)))


def first_told(now: datetime) -> datetime | None:
    """When officials are told of their deadlines on the day of `now`: its opening; None on a day off."""
    door, day = clock.schedule("system", clocks.calendar()), clock.local(now).date()
    return door.opening(door.first_from(day)) if door.is_working(day) else None


def standing(now: datetime) -> QuerySet[Deadline]:
    """Open deadlines that were warned of and are still near, or passed unmet; none that is suspended."""
    near = Q(warned_at__isnull=False, due__lte=warned_until(now))
    return Deadline.objects.filter(
        near | Q(marked_at__isnull=False, due__isnull=False), state=DeadlineState.OPEN
    )
