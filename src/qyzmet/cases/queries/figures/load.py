"""Who has how much work: open steps by body, post and person, and how they stand against their dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from qyzmet import clock
from qyzmet.cases.dates.standing import warned_until
from qyzmet.cases.models import Token
from qyzmet.cases.queries.figures.reach import Reach
from qyzmet.cases.signed.deciding import BY_HAND

__all__ = ["Load", "Share", "load", "open_steps", "total"]


class Share(NamedTuple):
    """Open steps. `today`: due later today; `soon`: due after today, by the end of the next working day;
    `held`: standing still with their case."""

    open: int = 0
    taken: int = 0
    today: int = 0
    soon: int = 0
    late: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Load:
    """The share of one post in one body, or of one person in it. `person`: the account; None for what
    nobody has taken."""

    organisation: int
    post: str
    person: int | None
    share: Share


def load(reach: Reach, now: datetime) -> list[Load]:
    """The open steps of the cases one watches, a row for each body, post and person, by one grouped query."""
    tonight = clock.at(clock.local(now).date() + timedelta(days=1), time.min)
    running, soon = Q(suspended=False), warned_until(now)
    found = (
        open_steps(reach)
        .values_list("organisation_id", "post", "assignee_id")
        .annotate(
            open=Count("id"),
            taken=Count("assignee_id"),
            today=Count("id", filter=running & Q(queue_at__gte=now, queue_at__lt=tonight)),
            soon=Count("id", filter=running & Q(queue_at__gte=tonight, queue_at__lte=soon)),
            late=Count("id", filter=running & Q(queue_at__lt=now)),
            held=Count("id", filter=Q(suspended=True)),
        )
        .order_by("organisation_id", "post", "assignee_id")
    )
    return [Load(where, post, person, Share(*counts)) for where, post, person, *counts in found]


def open_steps(reach: Reach) -> QuerySet[Token]:
    """Open steps done by people, of the cases one watches."""
    return reach.steps().filter(kind__in=BY_HAND)


def total(rows: Iterable[Load]) -> Share:
    """The sum of shares."""
    shares = [row.share for row in rows]
    return Share(*(sum(each) for each in zip(*shares, strict=True))) if shares else Share()
