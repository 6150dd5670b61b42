"""The next moment at which something falls due, for a demo that jumps there."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min, QuerySet

from qyzmet.cases.models import Case, Deadline, Token

__all__ = ["next_due"]


def next_due(now: datetime) -> datetime | None:
    """The earliest moment after `now` when a filing registers, a step opens or a deadline falls."""
    steps = Token.objects.filter(closed_at=None)
    moments = [
        _earliest(Deadline.objects.filter(state="open"), "due", now),
        _earliest(steps.filter(suspended=False), "due", now),
        _earliest(steps, "opened_at", now),
        _earliest(Case.objects.filter(state="received"), "registered_at", now),
    ]
    return min((moment for moment in moments if moment), default=None)


def _earliest(
    rows: QuerySet[Deadline] | QuerySet[Token] | QuerySet[Case], field: str, now: datetime
) -> datetime | None:
    found: datetime | None = rows.filter(**{f"{field}__gt": now}).aggregate(moment=Min(field))["moment"]
    return found
