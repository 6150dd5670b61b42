"""Officials are told of their deadlines once a working day, in one letter."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from qyzmet import clock
from qyzmet.cases import allow
from qyzmet.cases.dates.standing import TOLD_ABOVE, first_told, standing
from qyzmet.cases.models import IdempotencyKey, Token
from qyzmet.cases.transaction import act
from qyzmet.people.actor import SYSTEM, Actor

__all__ = ["tell_deadlines", "telling_is_due"]

KEY = "deadlines:"
"""With the day: the working day is told of once, whoever ticks and however often."""


def telling_is_due(now: datetime) -> bool:
    """Whether this working day has begun and its letters are not ordered yet."""
    first = first_told(now)
    return first is not None and now >= first and not _told().filter(key=_key(now)).exists()


def tell_deadlines(actor: Actor, *, now: datetime) -> int:
    """Order the day's letter for each body where a deadline came near or passed since the last; how many.

    What stands in it is read when it is written. A body is told of the cases its officials have in hand, and
    of the overall terms and the passed deadlines of the bodies below it.
    """
    allow.system(actor)
    with act("tell-deadlines", actor, now=now, key=_key(now)) as this:
        if this.repeated:
            return 0
        before = _told().exclude(key=_key(now)).order_by("-key").first()
        since = before.made_at if before else None
        bodies = _bodies(now, since)
        this.ledger.lock([f"organisation:{each}" for each in bodies])
        for each in bodies:
            seq = this.record(f"organisation:{each}", "deadlines.told", {"since": since})
            this.send("mail", "deadlines.told", f"organisation:{each}", seq)
        return len(bodies)


def _bodies(now: datetime, since: datetime | None) -> list[int]:
    fresh = standing(now)
    if since is not None:
        fresh = fresh.filter(Q(warned_at__gt=since) | Q(marked_at__gt=since))
    working = Token.objects.filter(closed_at=None, cancelled=False, case__in=fresh.values("case")).exclude(
        post=""
    )
    holding = working.values_list("organisation", flat=True).distinct()
    above = fresh.filter(TOLD_ABOVE).values_list("case__provider__parent", flat=True).distinct()
    return sorted(each for each in {*holding, *above} if each is not None)


def _told() -> QuerySet[IdempotencyKey]:
    return IdempotencyKey.objects.filter(caller=SYSTEM.person, key__startswith=KEY)


def _key(now: datetime) -> str:
    return f"{KEY}{clock.local(now).date()}"
