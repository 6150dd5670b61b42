"""A breaker per destination: one that keeps failing is left alone for a while, for every worker."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from qyzmet.cases.delivery.pauses import patience
from qyzmet.cases.lock import writing
from qyzmet.cases.models import Breaker

__all__ = ["closed_for", "failed", "succeeded"]

LONGEST_ERROR = 2_000


def closed_for(names: Iterable[str], now: datetime) -> list[str]:
    """Those of the destinations that may be tried now."""
    open_ones = set(Breaker.objects.filter(open_until__gt=now).values_list("destination", flat=True))
    return [name for name in names if name not in open_ones]


def failed(name: str, now: datetime, error: str) -> set[str]:
    """Count a failure; the destination's name, in a set, once its breaker is open."""
    with writing(), transaction.atomic():
        row, _ = Breaker.objects.select_for_update().get_or_create(destination=name)
        row.failures += 1
        pause = patience().broken_for(row.failures)
        row.open_until = now + pause if pause else None
        row.last_error = error[:LONGEST_ERROR]
        row.save()
    return {name} if pause else set()


def succeeded(name: str) -> None:
    """The destination works: forget its failures."""
    if Breaker.objects.filter(destination=name, failures__gt=0).exists():
        with writing(), transaction.atomic():
            Breaker.objects.filter(destination=name).update(failures=0, open_until=None, last_error="")
