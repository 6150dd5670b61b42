"""What holds at a moment: posts, substitutions and authorities run from `since` until just before `until`.

PostHolding.objects.filter(in_force(now), organisation=where)
Substitution.objects.filter(in_force(now), in_force(now, "holding__"))
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

__all__ = ["in_force", "not_over"]


def in_force(now: datetime, of: str = "") -> Q:
    """Rows that hold at `now`. `of`: the way to the row that has the two moments, as `holding__`."""
    return Q(**{f"{of}since__lte": now}) & not_over(now, of)


def not_over(now: datetime, of: str = "") -> Q:
    """Rows that hold at `now` or later."""
    return Q(**{f"{of}until__isnull": True}) | Q(**{f"{of}until__gt": now})
